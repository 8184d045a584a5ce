//! Laid out text against its elements.

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat};
use egui::{FontFamily, FontId, Stroke};

use super::*;

fn format(size: f32, family: &str, color: Color32) -> TextFormat {
    let family = match family {
        "" => FontFamily::Proportional,
        name => FontFamily::Name(name.into()),
    };
    TextFormat::simple(FontId::new(size, family), color)
}

/// The text elements of a job laid out at (20, 30).
fn text_of(job: &LayoutJob, adapt: impl Fn(TextShape) -> TextShape) -> String {
    let shapes = pass(1.0, |ui| {
        let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job.clone()));
        let shape = TextShape::new(pos2(20.0, 30.0), galley, RED);
        ui.painter().add(adapt(shape));
    });
    content(&shapes)
}

/// The content of each text element, tags removed.
fn words(content: &str) -> Vec<String> {
    content
        .lines()
        .filter(|line| line.starts_with("<text"))
        .map(|line| line.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect())
        .collect()
}

/// The value of an attribute at its first use.
fn value<'t>(content: &'t str, name: &str) -> &'t str {
    let (_, rest) = content.split_once(&format!(" {name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

#[test]
fn sections_are_told_apart() {
    let mut job = LayoutJob::default();
    job.append("Trade ", 0.0, format(14.0, "", RED));
    job.append("1965", 0.0, format(14.0, "bold", Color32::PLACEHOLDER));
    job.append(" grew", 0.0, format(20.0, "", BLUE));
    let text = text_of(&job, |shape| shape);
    assert_eq!(words(&text), ["Trade", "1965", "grew"]);
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].contains("font-size=\"14\" fill=\"#f00\""), "{text}");
    assert!(lines[1].contains("font-weight=\"700\" fill=\"#f00\""), "{text}");
    assert!(lines[2].contains("font-size=\"20\" fill=\"#00f\""), "{text}");
    assert_eq!(value(lines[0], "x").split(' ').count(), 5);
    assert!(value(lines[0], "x").starts_with("20 "));
}

#[test]
fn characters_are_escaped_trimmed_and_kept_in_place() {
    let job = |text: &str| LayoutJob::simple(text.into(), FontId::proportional(14.0), RED, 500.0);
    let text = text_of(&job("  a<b & c>\u{7}d  "), |shape| shape);
    assert_eq!(words(&text), ["a&lt;b &amp; c&gt;d"]);
    assert_eq!(value(&text, "x").split(' ').count(), 9);
    assert!(!text.contains("xml:space"));
    assert!(text_of(&job("a  b"), |shape| shape).contains(" xml:space=\"preserve\">a  b<"));
    assert_eq!(words(&text_of(&job("   "), |shape| shape)), [""; 0]);
}

#[test]
fn rows_newlines_and_ellipses_are_followed() {
    let mut job = LayoutJob::default();
    job.append("red red\n\nred ", 0.0, format(14.0, "", RED));
    job.append("blue blue", 0.0, format(14.0, "", BLUE));
    job.wrap.max_width = 62.0;
    let text = text_of(&job, |shape| shape);
    assert_eq!(words(&text), ["red red", "red", "blue", "blue"], "{text}");
    let blue = text.lines().filter(|line| line.contains("#00f")).count();
    assert_eq!(blue, 2);
    job.wrap.max_rows = 3;
    let text = text_of(&job, |shape| shape);
    assert!(words(&text).last().unwrap().ends_with('…'), "{text}");
    assert!(text.lines().last().unwrap().contains("#00f"), "{text}");
}

#[test]
fn marks_stay_with_their_letters() {
    let job = LayoutJob::simple("xe\u{301}q\u{323}\u{307}y".into(), FontId::proportional(14.0), RED, 500.0);
    let text = text_of(&job, |shape| shape);
    assert_eq!(words(&text), ["xe\u{301}q\u{323}\u{307}y"]);
    let places = text.matches(" x=\"").count();
    assert_eq!(places, 3, "{text}");
}

#[test]
fn lines_backgrounds_and_colours_of_text() {
    let mut job = LayoutJob::default();
    let mut marked = format(14.0, "", RED);
    marked.background = BLUE;
    marked.underline = Stroke::new(1.0, BLUE);
    marked.strikethrough = Stroke::new(2.0, RED);
    marked.italics = true;
    job.append("marked", 0.0, marked);
    let text = text_of(&job, |shape| shape);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(lines[0].starts_with("<path d=\"M19 29H") && lines[0].contains("fill=\"#00f\""));
    assert!(lines[1].contains(" transform=\"matrix(1 0 -0.25 1 "));
    assert!(lines[2].starts_with("<path d=\"M20 ") && lines[2].contains("stroke=\"#00f\""));
    assert!(lines[3].contains("stroke-width=\"2\""));
    let text = text_of(&job, |shape| shape.with_override_text_color(WHITE).with_opacity_factor(0.5));
    assert!(text.contains("fill=\"#fff\" fill-opacity=\"0.502\""), "{text}");
    assert_eq!(text_of(&job, |shape| shape.with_opacity_factor(0.0)), "");
    let turned = text_of(&job, |shape| shape.with_angle(std::f32::consts::FRAC_PI_2));
    assert!(turned.starts_with("<g transform=\"rotate(90 20 30)\">\n"), "{turned}");
}

#[test]
fn letters_are_spaced_finer_than_the_pixels_of_the_pass() {
    let job = LayoutJob::simple("nnnnnnnn".into(), FontId::proportional(13.0), RED, 500.0);
    let text = text_of(&job, |shape| shape);
    let x: Vec<f32> = value(&text, "x").split(' ').map(|x| x.parse().unwrap()).collect();
    let steps: Vec<f32> = x.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(steps.iter().all(|step| (step - steps[0]).abs() < 0.02), "{steps:?}");
}

#[test]
fn blank_turned_text_is_nothing() {
    let job = LayoutJob::simple("  ".into(), FontId::proportional(14.0), RED, 500.0);
    assert_eq!(text_of(&job, |shape| shape.with_angle(0.3)), "");
}

/// No font here has these letters: boxes stand for them, from right to left.
#[test]
fn what_follows_words_from_right_to_left_is_told_from_them() {
    for title in ["סלאם", "שלום עולם", "א", "שלש", "ממ", "סלאם Latin", "Latin סלאם", "שָׁלוֹם ש"]
    {
        let mut job = LayoutJob::default();
        job.append(title, 0.0, format(14.0, "bold", RED));
        job.append("  1900", 0.0, format(14.0, "", BLUE));
        job.append("\nnext", 0.0, format(14.0, "", RED));
        let text = text_of(&job, |shape| shape).replace(['\u{202b}', '\u{202c}'], "");
        assert_eq!(words(&text), [title, "1900", "next"], "{text}");
        assert_eq!(text.lines().filter(|line| line.contains("#00f")).count(), 1, "{text}");
    }
}

#[test]
fn one_box_stands_for_a_letter_with_its_marks() {
    let job = LayoutJob::simple("a हि b".into(), FontId::proportional(14.0), RED, 500.0);
    let text = text_of(&job, |shape| shape);
    assert_eq!(words(&text), ["a ह b"]);
    assert_eq!(value(&text, "x").split(' ').count(), 5);
}

#[test]
fn what_is_ordered_for_the_eye_is_written_as_it_is_read() {
    let mut job = LayoutJob::default();
    job.append("אב גד", 0.0, format(14.0, "bold", RED));
    job.append("  \u{200e}12 May 1965", 0.0, format(14.0, "", BLUE));
    let painted = |plugin: bool| {
        let shapes = pass(1.0, |ui| {
            let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job.clone()));
            if plugin {
                ui.ctx().add_plugin(crate::paint::VisualOrder::default());
            }
            ui.painter().add(TextShape::new(pos2(20.0, 30.0), galley, RED));
        });
        content(&shapes)
    };
    let places = |text: &str| -> Vec<f32> {
        let x = |line: &str| value(line, "x").split(' ').next().unwrap().parse().unwrap();
        text.lines().map(x).collect()
    };
    let (plain, ordered) = (painted(false), painted(true));
    let signs = ['\u{202b}', '\u{202c}'];
    assert_eq!(words(&ordered.replace(signs, "")), ["אב גד", "12 May 1965"], "{ordered}");
    let ([title, date], [seen_title, seen_date]) = (&places(&plain)[..], &places(&ordered)[..]) else {
        panic!("{plain}")
    };
    assert!(title < date && seen_date < seen_title, "{plain}{ordered}");
    assert!((seen_date - 20.0).abs() < 1.0, "{ordered}");
}
