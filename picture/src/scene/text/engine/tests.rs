use super::*;

const LABEL: TextStyle = TextStyle { size: 13.5, bold: true };

fn engine() -> TextEngine {
    TextEngine::new(FontSet::carried())
}

#[test]
fn glyphs_follow_each_other_and_know_their_letters() {
    let layout = engine().line("Treaty of 1965", LABEL, f32::INFINITY);
    let [line] = &layout.lines[..] else { panic!("one line: {layout:?}") };
    let [run] = &line.runs[..] else { panic!("one run: {layout:?}") };
    assert!(run.bold && !run.right_to_left && run.range == (0..14));
    let letters: String = run.glyphs.iter().map(|glyph| &layout.text[glyph.range()]).collect();
    assert_eq!(letters, "Treaty of 1965");
    assert!(run.glyphs.windows(2).all(|pair| (pair[0].x + pair[0].advance - pair[1].x).abs() < 0.01));
    assert!(!layout.elided && layout.size.x > 80.0 && layout.ink.width() > layout.size.x);
}

#[test]
fn words_from_right_to_left_are_seen_in_their_order() {
    let layout = engine().line("a שלום b", LABEL, f32::INFINITY);
    let glyphs: Vec<Glyph> = layout.runs().flat_map(|run| run.glyphs.clone()).collect();
    assert!(glyphs.windows(2).all(|pair| pair[0].x <= pair[1].x), "glyphs are given from left to right");
    let seen: String = glyphs.iter().map(|glyph| &layout.text[glyph.range()]).collect();
    assert_eq!(seen, "a םולש b");
}

#[test]
fn what_does_not_fit_ends_with_an_ellipsis() {
    let mut engine = engine();
    for (text, whole) in [("A long title of an event", false), ("Short", true), ("שלום עולם וכל מה שבו", false)]
    {
        let layout = engine.line(text, LABEL, 90.0);
        assert!(layout.size.x <= 90.01, "{text}: {}", layout.size.x);
        assert_eq!((layout.elided, layout.text.ends_with('…')), (!whole, !whole), "{text}");
        let beginning = layout.text.trim_end_matches('…');
        assert!(text.starts_with(beginning) && !beginning.ends_with(' '), "{}", layout.text);
        if !whole {
            // One letter more would be too wide.
            let more: String = text.chars().take(beginning.chars().count() + 2).chain(['…']).collect();
            assert!(engine.line(&more, LABEL, f32::INFINITY).size.x > 90.0, "{}", layout.text);
        }
    }
    let none = engine.line("Word", LABEL, 1.0);
    assert!(none.elided && none.text == "…");
}

#[test]
fn endless_text_is_not_shaped_to_be_cut_off() {
    let endless = "word ".repeat(1 << 18);
    let layout = engine().line(&endless, LABEL, 200.0);
    assert!(layout.elided && layout.size.x <= 200.01 && layout.text.len() < 100);
}

#[test]
fn paragraphs_are_broken_and_cut_after_their_lines() {
    let mut engine = engine();
    let span = |text| Span { text, ..Span::default() };
    let red = Some(Color32::RED);
    let spans = [
        span("Half a century of "),
        Span { text: "normalized", bold: true, color: red, ..Span::default() },
        span(" relations"),
    ];
    let whole = engine.paragraph(&spans, 12.0, 90.0, usize::MAX, None);
    assert!(whole.lines.len() > 1 && !whole.elided && whole.size.x <= 90.01);
    assert!(whole.runs().any(|run| run.bold && run.color == red));
    assert!(whole.lines.windows(2).all(|pair| pair[0].baseline < pair[1].baseline));
    let cut = engine.paragraph(&spans, 12.0, 90.0, 1, None);
    assert!(cut.lines.len() == 1 && cut.elided && cut.text.ends_with('…'), "{cut:?}");
    let low = engine.paragraph(&spans, 12.0, 90.0, usize::MAX, Some(10.0));
    assert!((low.size.y - 10.0 * whole.lines.len() as f32).abs() < 0.01);
}

#[test]
fn measured_widths_are_those_of_the_shaped_lines() {
    let mut engine = engine();
    for text in
        ["Treaty on Basic Relations", "10 December 2015", "Ελληνικά", "Первый спутник", "naïve “café” – ¶1", "日本"]
    {
        for bold in [false, true] {
            let style = TextStyle { size: 11.5, bold };
            let (measured, shaped) = (engine.width(text, style), engine.line(text, style, f32::INFINITY).size.x);
            let spare = measured - shaped;
            assert!((-0.1..0.08 * shaped).contains(&spare), "{text}: measured {measured}, shaped {shaped}");
        }
    }
    let style = TextStyle { size: 11.5, bold: false };
    assert_eq!(engine.width("a\u{300}", style), engine.width("a", style));
    for accent in "`´¨¸ˆˇ˘˙˚˛˜˝΄΅".chars() {
        let spaced = engine.line(&format!("a{accent}b"), style, f32::INFINITY).size.x;
        let closed = engine.line("ab", style, f32::INFINITY).size.x;
        assert!(spaced > closed + 1.0, "{accent} has room of its own");
    }
}

#[test]
fn lines_are_shaped_once_while_they_are_in_use() {
    let mut engine = engine();
    let first = engine.line("Treaty", LABEL, 100.0);
    engine.end_frame();
    let again = engine.line("Treaty", LABEL, 100.0);
    assert!(Arc::ptr_eq(&first, &again));
    for _ in 0..KEPT_FRAMES + 2 {
        engine.end_frame();
    }
    assert!(!Arc::ptr_eq(&first, &engine.line("Treaty", LABEL, 100.0)));
}

#[test]
fn a_part_of_a_line_has_its_place() {
    let layout = engine().line("CFR, Overview", LABEL, f32::INFINITY);
    let part = layout.part(&(5..13)).expect("a place");
    assert!(part.left() > 20.0 && (part.right() - layout.size.x).abs() < 0.5 && part.height() == layout.size.y);
    assert_eq!(layout.part(&(40..50)), None);
}
