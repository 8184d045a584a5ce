//! The export form: what is chosen, how it will look, how far it has come.

use egui::{ComboBox, Context, DragValue, RichText, TextEdit, TextureHandle, TextureOptions, Ui, Vec2, vec2};

use crate::export::{Format, LEAST_PAGE, Look, MAX_SIDE, NotesContent, POINTS_PER_MM, PageSize, Room, TextAs};
use crate::layout::Heading;
use crate::paint::Theme;

use super::dialog::focus_once;
use super::dialog::{Dialog, scrolling};
use super::export_settings::{ExportSettings, PageChoice};
use super::fonts::bold;
use super::message::Message;
use super::overlays::{path_field, progress_bar};
use super::state::State;
use super::ui_command::UiCommand;

/// Scales that are offered for a screen.
const SCALES: [f32; 4] = [1.0, 2.0, 3.0, 4.0];
/// Dots per inch that are offered for paper.
const DPI: [u32; 4] = [96, 150, 300, 600];
/// Formats, what people call them, and what they are good for.
const FORMATS: [(Format, &str, &str); 3] = [
    (Format::Png, "PNG", "Pixels: for slides, documents and the web"),
    (Format::Svg, "SVG", "Marks and text: for the web and for drawing programs"),
    (Format::Pdf, "PDF", "Marks and text: for print and reading, with links to the sources"),
];
/// Width of the choices beside the preview, in points: the longest of them fits.
const CHOICES: f32 = 370.0;
/// Room for the preview, in points.
const PREVIEW: Vec2 = vec2(380.0, 300.0);

/// The preview is drawn for screens of two pixels a point; on others it is shown at half its size.
const SMALLER: TextureOptions = TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));

/// The preview as the graphics card has it, and its number.
#[derive(Default)]
pub struct PreviewTexture(Option<(u64, TextureHandle)>);

/// Shows the form.
pub fn show(ctx: &Context, state: &State, theme: &Theme, texture: &mut PreviewTexture, messages: &mut Vec<Message>) {
    let window = ctx.content_rect().size();
    let has_room = window.x > CHOICES + PREVIEW.x + 90.0 && window.y > PREVIEW.y + 180.0;
    let width = if has_room { CHOICES + PREVIEW.x + 24.0 } else { 420.0 };
    let dialog = Dialog { name: "Export Picture", width, close: Message::Ui(UiCommand::CancelExport), at_foot: false };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(if has_room { CHOICES } else { ui.available_width() });
                scrolling(ui, room, |ui| choices(ui, state, theme, messages));
            });
            if has_room {
                ui.add_space(16.0);
                preview(ui, state, theme, texture, messages);
            }
        });
        if let Some(file) = &state.export.replaces {
            // The field shows the whole path.
            let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
            let words = RichText::new(format!("{name} is there already.")).color(theme.error);
            ui.add(egui::Label::new(words).truncate());
        }
    };
    dialog.show(ctx, messages, body, |ui, messages| buttons(ui, state, theme, messages));
}

fn choices(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let mut next = state.export.settings.clone();
    format(ui, &mut next);
    ui.add_space(8.0);
    settings(ui, state, &mut next);
    ui.add_space(4.0);
    size(ui, state, theme);
    left_out(ui, state);
    if let Some(path) = &state.export.path {
        ui.add_space(8.0);
        ui.label("This desktop has no save dialog. Where should the picture go?");
        if path_field(ui, path, "Save as", UiCommand::SetExportPath, messages) && !state.is_exporting() {
            messages.push(UiCommand::Save.into());
        }
    }
    if next != state.export.settings {
        messages.push(UiCommand::SetExport(Box::new(next)).into());
    }
}

/// The kinds of file, and what the chosen one is good for.
fn format(ui: &mut Ui, next: &mut ExportSettings) {
    ui.horizontal(|ui| {
        for (format, name, use_of_it) in FORMATS {
            if ui.selectable_label(next.format == format, name).on_hover_text(use_of_it).clicked() {
                next.format = format;
            }
        }
    });
    if let Some((.., use_of_it)) = FORMATS.iter().find(|(format, ..)| *format == next.format) {
        ui.weak(*use_of_it);
    }
}

/// What is shown on which page, and how.
fn settings(ui: &mut Ui, state: &State, next: &mut ExportSettings) {
    let now = &state.export.settings;
    // In a narrow window each choice is under its name.
    let columns = if ui.available_width() < 300.0 { 1 } else { 2 };
    let name = |ui: &mut Ui, words: &str| {
        ui.label(words);
        if columns == 1 {
            ui.end_row();
        }
    };
    egui::Grid::new("export choices").num_columns(columns).spacing([14.0, 8.0]).show(ui, |ui| {
        name(ui, "Show");
        ui.horizontal(|ui| {
            for (whole, name, use_of_it) in [
                (false, "What is in view", "The picture shows the time that the window shows"),
                (true, "Whole timeline", "The picture shows all that is dated"),
            ] {
                if ui.selectable_label(now.whole == whole, name).on_hover_text(use_of_it).clicked() {
                    next.whole = whole;
                }
            }
        });
        ui.end_row();
        name(ui, "Page");
        page(ui, now, next);
        ui.end_row();
        own_size(ui, now, next, &name);
        name(ui, if now.format == Format::Pdf { "Pages" } else { "How tall" });
        room(ui, now, next);
        ui.end_row();
        name(ui, "Margin");
        margin(ui, state, next);
        ui.end_row();
        if now.format == Format::Png {
            name(ui, if now.is_paper() { "Dots per inch" } else { "Scale" });
            ui.horizontal(|ui| resolution(ui, now, next));
            ui.end_row();
        }
        if now.format == Format::Svg {
            ui.label("Text");
            text(ui, now, next);
            ui.end_row();
        }
        name(ui, "Colours");
        look(ui, now, next);
        ui.end_row();
        name(ui, "Notes");
        notes(ui, now, next);
        ui.end_row();
        extras(ui, state, next, &name);
        let own = Heading::of(state.timeline());
        heading(ui, "Headline", own.title, &mut next.title, &name);
        heading(ui, "Line below it", own.subtitle, &mut next.subtitle, &name);
    });
}

/// What is shown besides, where there is any.
fn extras(ui: &mut Ui, state: &State, next: &mut ExportSettings, name: &dyn Fn(&mut Ui, &str)) {
    if state.filter.is_active() {
        name(ui, "Events");
        let words = format!("Only those of the filter: {}", state.filter_count_words());
        ui.checkbox(&mut next.filtered, words).on_hover_text("Which these are is said in the picture");
        ui.end_row();
    }
    if !state.document.thumbnails.sizes().is_empty() {
        name(ui, "Pictures");
        ui.checkbox(&mut next.pictures, "Of events, where there is room")
            .on_hover_text("Show pictures of events where rows and titles leave room");
        ui.end_row();
    }
    if !state.sitting.measuring.pinned.is_empty() {
        name(ui, "Measures");
        ui.checkbox(&mut next.measures, "Those that are pinned")
            .on_hover_text("Show the distances that are pinned in the chart (M)");
        ui.end_row();
    }
}

/// What becomes of the content that the page has no room for.
fn room(ui: &mut Ui, now: &ExportSettings, next: &mut ExportSettings) {
    let choices = if now.format == Format::Pdf {
        [
            (
                true,
                "As many as needed",
                "The chart goes on to further pages until every event, lane and series is there",
            ),
            (false, "One", "What has no room is left out and said"),
        ]
    } else {
        [
            (false, "Of the page", "What has no room is left out and said"),
            (true, "As tall as needed", "So tall that every event, lane and series is there"),
        ]
    };
    let (chosen, chooses) = if now.format == Format::Pdf {
        (now.further_pages, &mut next.further_pages)
    } else {
        (now.tall, &mut next.tall)
    };
    ui.horizontal(|ui| {
        for (choice, name, use_of_it) in choices {
            if ui.selectable_label(chosen == choice, name).on_hover_text(use_of_it).clicked() {
                *chooses = choice;
            }
        }
    });
}

/// What people call a page.
fn page_words(page: PageChoice) -> &'static str {
    match page {
        PageChoice::Window => "As in the window",
        PageChoice::Named(PageSize::A4) => "A4",
        PageChoice::Named(PageSize::A4Portrait) => "A4, upright",
        PageChoice::Named(PageSize::A3) => "A3",
        PageChoice::Named(PageSize::A3Portrait) => "A3, upright",
        PageChoice::Named(PageSize::Letter) => "Letter",
        PageChoice::Named(PageSize::LetterPortrait) => "Letter, upright",
        PageChoice::Named(PageSize::Slide) => "Slide, 16:9",
        PageChoice::Named(PageSize::Square) => "Square",
        PageChoice::Paper | PageChoice::Named(PageSize::Paper(_)) => "Paper of any size",
        PageChoice::Screen | PageChoice::Named(PageSize::Custom(_)) => "Screen of any size",
    }
}

fn page(ui: &mut Ui, now: &ExportSettings, next: &mut ExportSettings) {
    let list = ComboBox::from_id_salt("page")
        .width(170.0)
        .height((ui.ctx().content_rect().height() - 60.0).clamp(20.0, 400.0))
        .selected_text(page_words(now.page));
    let mut chosen = false;
    let shown = list.show_ui(ui, |ui| {
        for page in PageChoice::all() {
            if ui.selectable_label(now.page == page, page_words(page)).clicked() {
                next.page = page;
                ui.close();
                chosen = true;
            }
        }
    });
    // A screen reader on Linux is not told the value of a list, so its name says it.
    let list = shown.response.accessible_name(format!("Page: {}", page_words(now.page)));
    if chosen {
        list.request_focus();
    }
}

/// Width and height of a page of any size.
fn own_size(ui: &mut Ui, now: &ExportSettings, next: &mut ExportSettings, name: &dyn Fn(&mut Ui, &str)) {
    /// The longest side that is offered, in millimetres: a banner of four metres.
    const LONGEST: f32 = 4000.0;
    let (sides, least, most, unit) = match now.page {
        PageChoice::Paper => (&mut next.paper, LEAST_PAGE / POINTS_PER_MM, LONGEST, " mm"),
        PageChoice::Screen => (&mut next.screen, LEAST_PAGE, MAX_SIDE as f32, " pt"),
        _ => return,
    };
    name(ui, "Width, height");
    ui.horizontal(|ui| {
        for ((side, least), name) in sides.iter_mut().zip([least.x, least.y]).zip(["Width", "Height"]) {
            let field = DragValue::new(side).range(least.ceil()..=most).max_decimals(1).suffix(unit);
            ui.add(field).accessible_name(name);
        }
    });
    ui.end_row();
}

/// Free space around the chart: what suits the page, unless it is set.
fn margin(ui: &mut Ui, state: &State, next: &mut ExportSettings) {
    let page = state.picture().setup.page;
    // What the page has no room for is not taken from the chart.
    let most = (page.most_margin() / POINTS_PER_MM).min(50.0);
    let mut margin = next.margin.unwrap_or(page.usual_margin() / POINTS_PER_MM).min(most);
    ui.horizontal(|ui| {
        let field = ui.add(DragValue::new(&mut margin).range(0.0..=most).speed(0.2).max_decimals(1).suffix(" mm"));
        field.clone().accessible_name("Margin");
        if field.changed() {
            next.margin = Some(margin);
        }
        if next.margin.is_some()
            && ui.small_button("As usual").on_hover_text("The margin that suits the page").clicked()
        {
            next.margin = None;
        }
    });
}

/// A line of words above the chart: the document's own, unless it is changed.
fn heading(ui: &mut Ui, name: &str, own: &str, chosen: &mut Option<String>, say: &dyn Fn(&mut Ui, &str)) {
    say(ui, name);
    let mut words = chosen.as_deref().unwrap_or(own).to_owned();
    let field = TextEdit::singleline(&mut words).desired_width(f32::INFINITY).hint_text("None");
    if ui.add(field).accessible_name(name).changed() {
        *chosen = (words != own).then_some(words);
    }
    ui.end_row();
}

fn resolution(ui: &mut Ui, now: &ExportSettings, next: &mut ExportSettings) {
    if now.is_paper() {
        for dpi in DPI {
            let label = ui.selectable_label(now.dpi == dpi, dpi.to_string());
            if label.on_hover_text(format!("{dpi} pixels to an inch of paper")).clicked() {
                next.dpi = dpi;
            }
        }
    } else {
        for scale in SCALES {
            let label = ui.selectable_label((now.scale - scale).abs() < f32::EPSILON, format!("{scale} ×"));
            if label.on_hover_text(format!("{scale} pixels for each point, on both sides")).clicked() {
                next.scale = scale;
            }
        }
    }
}

fn text(ui: &mut Ui, now: &ExportSettings, next: &mut ExportSettings) {
    ui.horizontal(|ui| {
        for (text, name, use_of_it) in [
            (TextAs::Text, "As text", "With its fonts in the file: it can be searched, copied and changed"),
            (
                TextAs::Outlines,
                "As outlines",
                "For programs that have no fonts: it looks the same everywhere, and is no text any more",
            ),
        ] {
            if ui.selectable_label(now.text == text, name).on_hover_text(use_of_it).clicked() {
                next.text = text;
            }
        }
    });
}

fn look(ui: &mut Ui, now: &ExportSettings, next: &mut ExportSettings) {
    ui.horizontal(|ui| {
        for (look, words) in
            [(None, "As shown"), (Some(Look::Light), "Light"), (Some(Look::Dark), "Dark"), (Some(Look::Print), "Print")]
        {
            let label = ui.selectable_label(now.look == look, words);
            if label.on_hover_text("The colours of the picture; those for print differ in grey, too").clicked() {
                next.look = look;
            }
        }
    });
}

/// What numbered notes say of each event.
fn notes(ui: &mut Ui, now: &ExportSettings, next: &mut ExportSettings) {
    let is = |one: NotesContent| now.notes == one || now.notes == NotesContent::Both;
    let [mut descriptions, mut sources] = [NotesContent::Descriptions, NotesContent::Sources].map(is);
    ui.horizontal(|ui| {
        let place = "below the picture, or on further pages of a PDF";
        let hint = format!("Number the events, and add the description and figures of each {place}");
        ui.checkbox(&mut descriptions, "Descriptions").on_hover_text(hint);
        let hint = format!("Number the events, and list the sources of each, and how it follows from them, {place}");
        ui.checkbox(&mut sources, "Sources").on_hover_text(hint);
    });
    next.notes = match (descriptions, sources) {
        (false, false) => NotesContent::None,
        (true, false) => NotesContent::Descriptions,
        (false, true) => NotesContent::Sources,
        (true, true) => NotesContent::Both,
    };
}

/// How large the file will be.
fn size(ui: &mut Ui, state: &State, theme: &Theme) {
    let settings = &state.export.settings;
    let proof = state.proof();
    match settings.format {
        Format::Png => match pixels(state) {
            Some([width, height]) if fits(state) => {
                ui.weak(format!("{width} × {height} pixels"));
            }
            Some([width, height]) => {
                let words = format!("{width} × {height} pixels: a side can have {MAX_SIDE} at most");
                ui.colored_label(theme.error, words);
            }
            // The notes are still being set.
            None => {
                ui.weak("…");
            }
        },
        Format::Pdf if proof.is_some_and(|proof| proof.pages > 1) => {
            ui.weak(format!("{} pages", proof.map_or(1, |proof| proof.pages)));
        }
        Format::Pdf | Format::Svg => {
            ui.weak("As sharp as any printer or screen");
        }
    }
}

/// What the picture will leave out, as the last preview knows it: while another one is drawn, nothing jumps.
fn left_out(ui: &mut Ui, state: &State) {
    let Some((_, Ok(proof))) = &state.export.preview.shown else { return };
    if proof.left_out.is_empty() {
        return;
    }
    ui.add_space(6.0);
    ui.label(RichText::new("The picture leaves out").font(bold(13.5)));
    for words in &proof.left_out {
        ui.label(RichText::new(format!("• {words}")).weak());
    }
}

/// Width and height as a PNG, in pixels. How tall notes below the chart are, or everything, only the preview knows.
fn pixels(state: &State) -> Option<[u64; 2]> {
    let settings = &state.export.settings;
    if settings.notes != NotesContent::None || settings.room() == Room::TallPage {
        return state.proof().map(|proof| proof.pixels);
    }
    Some(state.picture().pixels().map(u64::from))
}

/// Whether the picture is not too large to be drawn, as far as is known.
fn fits(state: &State) -> bool {
    let is_small = |[width, height]: [u64; 2]| width.max(height) <= u64::from(MAX_SIDE);
    state.export.settings.format != Format::Png || pixels(state).is_none_or(is_small)
}

fn preview(ui: &mut Ui, state: &State, theme: &Theme, texture: &mut PreviewTexture, messages: &mut Vec<Message>) {
    ui.vertical(|ui| {
        ui.allocate_ui(PREVIEW, |ui| {
            ui.set_min_size(PREVIEW);
            ui.centered_and_justified(|ui| match &state.export.preview.shown {
                None => {
                    ui.weak("Drawing…");
                }
                Some((_, Err(error))) => {
                    ui.colored_label(theme.error, error);
                }
                Some((number, Ok(proof))) => page_of_preview(ui, (*number, &proof.image), theme, texture),
            });
        });
        pages(ui, state, messages);
    });
}

fn page_of_preview(
    ui: &mut Ui,
    (number, image): (u64, &egui::ColorImage),
    theme: &Theme,
    texture: &mut PreviewTexture,
) {
    let known = texture.0.take().filter(|(known, _)| *known == number);
    let (_, handle) =
        texture.0.insert(known.unwrap_or_else(|| (number, ui.ctx().load_texture("preview", image.clone(), SMALLER))));
    let size = handle.size_vec2();
    let shown = size * (PREVIEW / size).min_elem().min(1.0);
    let picture = egui::Image::new((handle.id(), shown)).alt_text("Preview of the picture");
    let response = ui.add(picture);
    ui.painter().rect_stroke(
        egui::Rect::from_center_size(response.rect.center(), shown),
        0.0,
        egui::Stroke::new(1.0, theme.line),
        egui::StrokeKind::Outside,
    );
}

/// Which of several pages the preview shows, and the way to the others.
fn pages(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let Some((_, Ok(proof))) = &state.export.preview.shown else { return };
    if proof.pages < 2 {
        return;
    }
    let page = state.export.preview.page;
    ui.horizontal(|ui| {
        let mut turn = |ui: &mut Ui, to: Option<usize>, words: &str, name: &str| {
            let button = ui.add_enabled(to.is_some(), egui::Button::new(words)).accessible_name(name);
            let button = button.on_hover_text(format!("{name} of the preview"));
            if let Some(to) = to.filter(|_| button.clicked()) {
                messages.push(Message::Ui(UiCommand::PreviewPage(to)));
            }
        };
        turn(ui, page.checked_sub(1), "←", "Previous page");
        ui.label(format!("Page {} of {}", page + 1, proof.pages));
        turn(ui, Some(page + 1).filter(|next| *next < proof.pages), "→", "Next page");
    });
}

fn buttons(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let form = &state.export;
    let words = match (&form.path, &form.replaces) {
        (None, _) => "Save As…",
        (Some(_), None) => "Save",
        (Some(_), Some(_)) => "Replace",
    };
    let save = egui::Button::new(RichText::new(words).font(bold(13.5)).color(theme.on_accent)).fill(theme.accent);
    let ready = fits(state) && !state.is_exporting();
    let save = ui.add_enabled(ready, save);
    if form.path.is_none() && ready {
        focus_once(ui, &save, false);
    }
    if save.on_hover_text("Draw the picture, and write it to a file (Enter)").clicked() {
        messages.push(Message::Ui(UiCommand::Save));
    }
    if ui
        .add_enabled(ready, egui::Button::new("Copy Picture"))
        .on_hover_text("Put the picture on the clipboard (Ctrl+Shift+C)")
        .clicked()
    {
        messages.push(Message::Ui(UiCommand::CopyPicture));
    }
    if ui.button("Cancel").on_hover_text("Change nothing, and close (Esc)").clicked() {
        messages.push(Message::Ui(UiCommand::CancelExport));
    }
    if let Some(export) = state.jobs.export() {
        let words = format!("Drawing, {:.0} %", export.share() * 100.0);
        progress_bar(ui, export.share(), &words, 120.0, theme);
    } else if state.jobs.asks_save() {
        ui.spinner();
        ui.weak("Waiting for the dialog…");
    }
}
