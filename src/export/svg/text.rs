//! Text that stays text: one element for each stretch of a row in one format, each character where egui put it.

use std::fmt::Write as _;

use egui::emath::GuiRounding as _;
use egui::epaint::TextShape;
use egui::epaint::text::{Glyph, LayoutSection, PlacedRow};
use egui::{Align, Color32, FontFamily, Galley, Pos2, Rangef, Rect, Stroke};
use unicode_bidi::Level;

use crate::paint::text::{Read, is_right_to_left, is_without_ink, levels, mirrored, reads, seen};

use super::super::fonts::{Face, goes_with_last};
use super::super::setup::TextAs;
use super::{Writer, path, xml};

/// A slant of one in four, which is egui's.
const SLANT: &str = "-0.25";

/// One character of a row, with its glyph and its format.
#[derive(Clone, Copy)]
struct Placed<'a> {
    glyph: &'a Glyph,
    section: &'a LayoutSection,
    character: char,
    /// Where the character begins, in points on the page; `None` if it is part of the one before
    /// (a combining mark, the tail of a ligature), so that both are shaped together.
    x: Option<f32>,
    /// Where the character ends, in points on the page.
    end: f32,
    /// The character that comes here in the order of reading, which is not that of the places where text runs from
    /// right to left; none where there are more glyphs than characters.
    read: Option<char>,
    /// The baseline, in points on the page.
    y: f32,
}

impl Writer<'_> {
    pub(super) fn text(&mut self, shape: &TextShape) {
        if shape.opacity_factor <= 0.0 {
            return;
        }
        let galley = &shape.galley;
        let origin = shape.pos.round_to_pixels(galley.pixels_per_point);
        let turned = shape.angle != 0.0;
        if turned {
            self.body.push_str("<g");
            xml::rotation(&mut self.body, shape.angle, origin);
            self.body.push_str(">\n");
        }
        let reads = reads(galley);
        let mut rest = &reads[..];
        for row in &galley.rows {
            let (of_row, others) = rest.split_at(row.glyphs.len().min(rest.len()));
            rest = others;
            let placed = place(row, of_row, origin, galley);
            self.row(shape, row, origin, &placed);
        }
        if turned {
            self.body.push_str("</g>\n");
        }
    }

    /// Backgrounds, glyphs, then lines: egui's order.
    fn row(&mut self, shape: &TextShape, row: &PlacedRow, origin: Pos2, placed: &[Placed<'_>]) {
        let grid = shape.galley.pixels_per_point;
        let at = origin + row.pos.to_vec2();
        for run in placed.chunk_by(|a, b| same_background(a, b)) {
            self.background(shape, at, grid, run);
        }
        // Fonts that stand in for one another have the same baseline on paper, whatever they leave above it.
        for run in placed.chunk_by(|a, b| std::ptr::eq(a.section, b.section)) {
            self.run(shape, run, run.len() == placed.len());
        }
        for (stroke_of, height) in LINES {
            for run in placed.chunk_by(|a, b| {
                stroke_of(a.section) == stroke_of(b.section) && height(a.glyph).to_bits() == height(b.glyph).to_bits()
            }) {
                let [first, last] = ends(run);
                let mut stroke = stroke_of(first.section);
                stroke.color = resolve(shape, stroke.color);
                let y = at.y + height(first.glyph);
                let from = Pos2::new(at.x + first.glyph.pos.x, y);
                let to = Pos2::new(at.x + last.glyph.max_x(), y);
                self.line([from, to], stroke);
            }
        }
        let bounds = row.visuals.mesh_bounds;
        if !shape.underline.is_empty() && bounds.is_positive() {
            let bounds = bounds.translate(at.to_vec2());
            self.line([bounds.left_bottom(), bounds.right_bottom()], shape.underline);
        }
    }

    fn background(&mut self, shape: &TextShape, at: Pos2, grid: f32, run: &[Placed<'_>]) {
        let [first, last] = ends(run);
        let color = resolve(shape, first.section.format.background);
        if color == Color32::TRANSPARENT {
            return;
        }
        let top = first.glyph.logical_rect();
        let rect = Rect::from_min_max(top.min, Pos2::new(last.glyph.max_x(), top.max.y))
            .expand(first.section.format.expand_bg)
            .translate(at.to_vec2())
            .round_to_pixels(grid);
        self.body.push_str("<path d=\"");
        path::rect_data(&mut self.body, rect);
        self.body.push('"');
        self.finish_element(color, Stroke::NONE);
    }

    /// Characters of one format on one baseline, as one element; `alone` where nothing else stands in their row.
    fn run(&mut self, shape: &TextShape, run: &[Placed<'_>], alone: bool) {
        // A sign of direction has done its work: what is written here stands for itself.
        let blank = |placed: &Placed<'_>| placed.character.is_whitespace() || placed.character == '\u{200e}';
        let start = run.iter().take_while(|placed| blank(placed)).count();
        let end = run.iter().rev().take_while(|placed| blank(placed)).count();
        let Some(run) = run.get(start..run.len() - end) else {
            return;
        };
        let Some(first) = run.first() else { return };
        let format = &first.section.format;
        let color = match shape.override_text_color {
            Some(color) => faded(shape, color),
            None => resolve(shape, format.color),
        };
        if color == Color32::TRANSPARENT {
            return;
        }
        let (stand_in, mut pieces) = self.parts(run, alone);
        if let ([only], true) = (&mut pieces[..], alone && self.flows()) {
            only.hold(self.anchor, run);
        }
        self.characters.entry(format.font_id.family.clone()).or_default().extend(run.iter().filter_map(|p| p.read));
        let element = self.element(first, color, stand_in.as_ref(), &pieces);
        if self.options.published.is_some_and(|published| published.text == TextAs::Outlines) {
            let words: String = run.iter().filter_map(|placed| placed.read).collect();
            self.outlines(&element, &words);
        } else {
            self.body.push_str(&element);
        }
    }

    /// Whether text flows in the file as its reader would type it.
    fn flows(&self) -> bool {
        self.options.published.is_some_and(|published| published.text == TextAs::Text)
    }

    /// The pieces of a run, which has the format and the baseline of its first character, as one element.
    fn element(&self, first: &Placed<'_>, color: Color32, stand_in: Option<&Face>, pieces: &[Piece]) -> String {
        let format = &first.section.format;
        let mut element = String::from("<text");
        let out = &mut element;
        if let [only] = pieces {
            out.push_str(&only.placement);
        }
        xml::attribute(out, "y", first.y);
        xml::attribute(out, "font-size", format.font_id.size);
        let fonts = self.options.fonts;
        let own = fonts.face(&format.font_id.family);
        let write = if self.flows() { style } else { face };
        match stand_in {
            // Named, it shapes whole words; found letter by letter, it would not join them.
            Some(other) => face(out, other, Some(fonts.default_face())),
            None => write(out, own, Some(fonts.default_face())),
        }
        if format.italics {
            let _ = write!(out, " transform=\"matrix(1 0 {SLANT} 1 ");
            xml::number(out, 0.25 * first.y);
            out.push_str(" 0)\"");
        }
        xml::paint(out, "fill", color);
        // Without this a viewer folds repeated spaces, and every x after them is off by one.
        if pieces.iter().any(|piece| piece.text.contains("  ")) {
            out.push_str(" xml:space=\"preserve\"");
        }
        out.push('>');
        for piece in pieces {
            let several = pieces.len() > 1;
            if several {
                let _ = write!(out, "<tspan{}", piece.placement);
                if let Some(other) = &piece.face {
                    face(out, other, Some(own));
                }
                out.push('>');
            }
            for character in piece.text.chars() {
                xml::escape_char(out, character);
            }
            if several {
                out.push_str("</tspan>");
            }
        }
        out.push_str("</text>\n");
        element
    }

    /// A run as parts that each say where they begin, and the face of the system that sets them all, where that is not
    /// the format's own.
    fn parts(&self, run: &[Placed<'_>], alone: bool) -> (Option<Face>, Vec<Piece>) {
        let Some(first) = run.first() else { return (None, Vec::new()) };
        let (fonts, family) = (self.options.fonts, &first.section.format.font_id.family);
        if run.iter().any(|placed| placed.read.is_some_and(is_right_to_left)) {
            let letters = letters(run);
            let read: String = letters.iter().map(|(c, _)| *c).collect();
            let x = run.iter().filter_map(|placed| placed.x).fold(f32::INFINITY, f32::min);
            // White space and signs of a stand-in are not as wide as those that egui takes, which matters to neighbours.
            let flows = |place: &usize| *place == 0 || alone && self.flows();
            let Some(place) = fonts.sets_all(family, &read).filter(flows) else {
                let mut pieces = self.stretches(family, x, &letters);
                let face = if let [only] = &mut pieces[..] { only.face.take() } else { None };
                return (face, pieces);
            };
            let mut piece = Piece::reordered(x, &read);
            if place > 0 {
                piece.fit(letters.iter().map(|(_, width)| width).sum());
            }
            return (fonts.stand_in(family, place), vec![piece]);
        }
        // One box stands for a letter that no font here has, with its marks; a reader may have the font.
        let is_seen = |placed: &&Placed<'_>| {
            self.flows() || placed.x.is_some() || !is_without_ink(placed.glyph) || fonts.have(family, placed.character)
        };
        let run = &run.iter().filter(is_seen).copied().collect::<Vec<_>>()[..];
        // Scripts whose glyphs come in another order than their characters, or join them.
        let reordered = |placed: &Placed<'_>| Some(placed.character) != placed.read;
        if run.iter().any(reordered) {
            let pieces = if self.flows() {
                let x = run.iter().filter_map(|placed| placed.x).fold(f32::INFINITY, f32::min);
                let read: String = run.iter().filter_map(|placed| placed.read).collect();
                vec![Piece::reordered(x, &read)]
            } else {
                // usvg makes a cluster as wide as its widest glyph, so each is put where it belongs.
                run.chunk_by(|_, b| b.x.is_none() || reordered(b)).map(Piece::cluster).collect()
            };
            let read: String = run.iter().filter_map(|placed| placed.read).collect();
            return (fonts.sets_letters(family, &read).and_then(|place| fonts.stand_in(family, place)), pieces);
        }
        (None, self.straight(run))
    }

    /// A run whose characters stand one after the other.
    fn straight(&self, run: &[Placed<'_>]) -> Vec<Piece> {
        if self.flows() {
            // A viewer that has the font flows it as egui did; a new place is said only after a jump.
            let flows = |a: &Placed<'_>, b: &Placed<'_>| b.x.is_none_or(|x| (x - a.end).abs() < 0.02);
            let mut pieces: Vec<Piece> = run.chunk_by(flows).map(Piece::flowing).collect();
            if let ([only], [first, .., last]) = (&mut pieces[..], run) {
                only.fit(first.x.map_or(0.0, |x| last.end - x));
            }
            return pieces;
        }
        run.chunk_by(|a, b| a.x.is_some() || b.x.is_none()).map(Piece::placed).collect()
    }

    /// Letters that run in several directions and need several fonts, in the order of reading: what has one direction
    /// and one face stands for itself, where it is seen. usvg, given all at once, sets it in one other font or none.
    fn stretches(&self, family: &FontFamily, mut x: f32, letters: &[(char, f32)]) -> Vec<Piece> {
        let text: String = letters.iter().map(|(c, _)| *c).collect();
        let mut stretches: Vec<Stretch> = Vec::new();
        for ((c, width), level) in letters.iter().zip(levels(&text)) {
            let face = self.options.fonts.place_of(family, *c);
            let joins = |last: &Stretch| last.face == face && (face == 0 || last.blank <= 0.0);
            match stretches.last_mut().filter(|last| last.level == level) {
                Some(last) if c.is_whitespace() || goes_with_last(*c) || joins(last) => {
                    last.text.push(*c);
                    last.width += width;
                    last.blank = if c.is_whitespace() { last.blank + width } else { 0.0 };
                }
                _ => {
                    let blank = if c.is_whitespace() { *width } else { 0.0 };
                    stretches.push(Stretch { text: (*c).into(), width: *width, blank, face, level });
                }
            }
        }
        let depths: Vec<Level> = stretches.iter().map(|stretch| stretch.level).collect();
        let mut places = vec![x; stretches.len()];
        for index in seen(&depths) {
            places[index] = x;
            x += stretches[index].width;
        }
        let piece = |(stretch, x): (&Stretch, f32)| {
            let mut placement = String::new();
            let (x, text) = stretch.written(x, self.flows());
            xml::attribute(&mut placement, "x", x);
            Piece { placement, text, face: self.options.fonts.stand_in(family, stretch.face) }
        };
        stretches.iter().zip(places).map(piece).collect()
    }
}

/// Text of one direction in one face.
struct Stretch {
    text: String,
    /// In points.
    width: f32,
    /// What of it is the white space after the last letter, in points.
    blank: f32,
    /// The place of the face in its family.
    face: usize,
    /// How deep it is embedded in text of the other direction.
    level: Level,
}

impl Stretch {
    /// Its characters as they are written where it begins at `x`, and where they begin. In a file for `readers` they
    /// stay in the order of reading.
    fn written(&self, x: f32, readers: bool) -> (f32, String) {
        let (words, blank) = self.text.split_at(self.text.trim_end().len());
        if self.level.is_ltr() || words.is_empty() {
            return (x, self.text.clone());
        }
        let words = if words.chars().all(|c| is_right_to_left(c) && c.is_alphabetic()) {
            // Letters alone need no sign, and who searches a file does not type it.
            words.to_owned()
        } else if readers || words.chars().any(is_right_to_left) {
            embedded(words)
        } else {
            // Programs that read the text of a PDF begin a new line at a sign.
            words.chars().rev().map(mirrored).collect()
        };
        // A viewer moves white space at an end to the right, wherever text runs.
        (x + self.blank, words + blank)
    }
}

/// The characters of a run in the order of reading, with what they add to its width. That of a word is right as a whole
/// only.
fn letters(run: &[Placed<'_>]) -> Vec<(char, f32)> {
    let mut letters: Vec<(char, f32)> = Vec::with_capacity(run.len());
    for placed in run {
        match (placed.read, letters.last_mut()) {
            (Some(c), _) => letters.push((c, placed.glyph.advance_width)),
            (None, Some((_, width))) => *width += placed.glyph.advance_width,
            (None, None) => {}
        }
    }
    letters
}

/// Says that a text runs from right to left, up to the end of it.
fn embedded(text: &str) -> String {
    format!("\u{202b}{text}\u{202c}")
}

/// A part of a run: attributes that say where it is, and its characters.
struct Piece {
    placement: String,
    text: String,
    /// The face of the system that sets it, where that is not the format's own.
    face: Option<Face>,
}

impl Piece {
    /// Each character at its own place.
    fn placed(run: &[Placed<'_>]) -> Self {
        let mut placement = String::new();
        x_list(&mut placement, run);
        Self { placement, text: run.iter().map(|placed| placed.character).collect(), face: None }
    }

    /// Only the first character at a place, the others after it.
    fn flowing(run: &[Placed<'_>]) -> Self {
        let mut placement = String::new();
        if let Some(x) = run.iter().find_map(|placed| placed.x) {
            xml::attribute(&mut placement, "x", x);
        }
        Self { placement, text: run.iter().map(|placed| placed.character).collect(), face: None }
    }

    /// Characters that are shaped together, at the place of the first.
    fn cluster(run: &[Placed<'_>]) -> Self {
        Self { text: run.iter().filter_map(|placed| placed.read).collect(), ..Self::flowing(run) }
    }

    /// Says how long the text is, so that a viewer with another font keeps it off its neighbours.
    fn fit(&mut self, width: f32) {
        if width > 0.0 {
            xml::attribute(&mut self.placement, "textLength", width);
            self.placement.push_str(" lengthAdjust=\"spacingAndGlyphs\"");
        }
    }

    /// Says where the text is held when it is set in another font, which is its left end unless this is called.
    fn hold(&mut self, anchor: Align, run: &[Placed<'_>]) {
        let places = run.iter().filter_map(|placed| Some(Rangef::new(placed.x?, placed.end)));
        let Some(x) = places.reduce(|a, b| Rangef::new(a.min.min(b.min), a.max.max(b.max))) else { return };
        let (x, name) = match anchor {
            Align::Min => return,
            Align::Center => (x.center(), "middle"),
            Align::Max => (x.max, "end"),
        };
        let length = self.placement.find(" textLength").map_or("", |at| &self.placement[at..]);
        let mut placement = String::new();
        xml::attribute(&mut placement, "x", x);
        let _ = write!(placement, " text-anchor=\"{name}\"{length}");
        self.placement = placement;
    }

    /// Text in the order of reading, from its beginning on: egui sets the words of what runs from right to left from
    /// left to right, in the same room; a viewer knows the order in which they are seen.
    fn reordered(x: f32, read: &str) -> Self {
        let mut placement = String::new();
        xml::attribute(&mut placement, "x", x);
        let text = match read.chars().find(|c| c.is_alphabetic()) {
            Some(c) if is_right_to_left(c) => embedded(read.trim()),
            _ => read.trim().to_owned(),
        };
        Self { placement, text, face: None }
    }
}

/// Underline and strikethrough: the stroke of a format, and its height in a row.
type Line = (fn(&LayoutSection) -> Stroke, fn(&Glyph) -> f32);
const LINES: [Line; 2] = [
    (|section| section.format.underline, |glyph| glyph.logical_rect().bottom()),
    (|section| section.format.strikethrough, |glyph| glyph.logical_rect().center().y),
];

fn same_background(a: &Placed<'_>, b: &Placed<'_>) -> bool {
    let (one, two) = (&a.section.format, &b.section.format);
    one.background == two.background
        && one.expand_bg.to_bits() == two.expand_bg.to_bits()
        && a.glyph.logical_rect().y_range() == b.glyph.logical_rect().y_range()
}

/// The colour that a galley means: the placeholder stands for the shape's own.
fn resolve(shape: &TextShape, color: Color32) -> Color32 {
    let color = if color == Color32::PLACEHOLDER { shape.fallback_color } else { color };
    faded(shape, color)
}

fn faded(shape: &TextShape, color: Color32) -> Color32 {
    if shape.opacity_factor < 1.0 { color.gamma_multiply(shape.opacity_factor) } else { color }
}

/// Appends the places of the characters that have one. Those that have none come last in a piece.
fn x_list(out: &mut String, piece: &[Placed<'_>]) {
    let mut lead = " x=\"";
    for x in piece.iter().filter_map(|placed| placed.x) {
        out.push_str(lead);
        xml::number(out, x);
        lead = " ";
    }
    // A mark whose base was left out has no place of its own.
    if lead == " " {
        out.push('"');
    }
}

/// Appends what names a face and is not already said by the one that it `inherits` from.
pub fn face(out: &mut String, face: &Face, inherits: Option<&Face>) {
    if inherits.is_none_or(|known| known.css_family() != face.css_family()) {
        out.push_str(" font-family=\"");
        xml::escape(out, &face.css_family());
        out.push('"');
    }
    style(out, face, inherits);
}

/// Appends weight and slant of a face where they differ from those of the one that it `inherits` from.
pub fn style(out: &mut String, face: &Face, inherits: Option<&Face>) {
    let differs = |get: fn(&Face) -> u16| inherits.is_none_or(|known| get(known) != get(face));
    if differs(|face| face.weight) {
        let _ = write!(out, " font-weight=\"{}\"", face.weight);
    }
    if inherits.map_or(face.italic, |known| known.italic != face.italic) {
        let style = if face.italic { "italic" } else { "normal" };
        let _ = write!(out, " font-style=\"{style}\"");
    }
}

/// Places the characters of a row on the page.
fn place<'a>(row: &'a PlacedRow, reads: &[Read<'a>], origin: Pos2, galley: &Galley) -> Vec<Placed<'a>> {
    let grid = galley.pixels_per_point;
    let at = origin + row.pos.to_vec2();
    let mut placed = Vec::with_capacity(row.glyphs.len());
    let mut expected: Option<f32> = None;
    let mut end = at.x;
    for (glyph, Read { character: read, section, .. }) in row.row.glyphs.iter().zip(reads) {
        let part_of_last = glyph.advance_width <= 0.0 && expected.is_some();
        // Glyphs of one cluster all carry its first character.
        let character = read.filter(|_| part_of_last).unwrap_or(glyph.chr);
        let x = (!part_of_last).then(|| {
            let exact = match expected {
                Some(x) if !galley.job.justify && (x - glyph.pos.x).abs() * grid < 1.1 => x,
                _ => glyph.pos.x,
            };
            expected = Some(exact + glyph.advance_width + section.format.extra_letter_spacing);
            end = at.x + exact + glyph.advance_width;
            at.x + exact
        });
        let y = (at.y + glyph.pos.y).round_to_pixels(grid);
        if let Some(character) = written(character) {
            placed.push(Placed { glyph, section, character, x, end, read: read.and_then(written), y });
        }
    }
    placed
}

/// A character as the file can hold it: white space is a space, and what XML forbids is left out.
fn written(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' => Some(' '),
        c if xml::allowed(c) => Some(c),
        _ => None,
    }
}

/// The first and last of a run; `chunk_by` never gives an empty one.
fn ends<'r, 'a>(run: &'r [Placed<'a>]) -> [&'r Placed<'a>; 2] {
    [&run[0], &run[run.len() - 1]]
}
