//! The glyphs that the instructions of a page show (ISO 32000-2, 9.4).

use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::Font;
use super::to_unicode::utf16;
use super::{parts, streams};

/// Maximum number of forms within forms.
const MOST_DEPTH: usize = 12;
/// Maximum number of instructions of a page, with its forms.
const MOST_INSTRUCTIONS: usize = 4_000_000;
/// Maximum number of instructions of all pages.
const MOST_OF_ALL: usize = 100_000_000;
/// Maximum number of glyphs of a page.
const MOST_GLYPHS: usize = 400_000;
/// Maximum number of states that are saved at once.
const MOST_SAVED: usize = 512;

/// A glyph on a page, in points from its lower left corner.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub text: String,
    /// Where its baseline begins.
    pub start: [f32; 2],
    /// Where its baseline ends.
    pub end: [f32; 2],
    /// Its size.
    pub size: f32,
}

/// A map of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Matrix {
    /// What one step to the right becomes.
    right: [f32; 2],
    /// What one step up becomes.
    up: [f32; 2],
    /// What the origin becomes.
    origin: [f32; 2],
}

impl Default for Matrix {
    fn default() -> Self {
        Self { right: [1.0, 0.0], up: [0.0, 1.0], origin: [0.0, 0.0] }
    }
}

impl Matrix {
    /// Returns the map of six numbers, as PDF has them. Returns `None` if there are not six.
    fn read(numbers: &[f32]) -> Option<Self> {
        let [right_x, right_y, up_x, up_y, x, y] = *numbers else { return None };
        Some(Self { right: [right_x, right_y], up: [up_x, up_y], origin: [x, y] })
    }

    fn shift(x: f32, y: f32) -> Self {
        Self { origin: [x, y], ..Self::default() }
    }

    /// Returns the map that does this, then another.
    fn then(self, other: Self) -> Self {
        Self { right: other.turned(self.right), up: other.turned(self.up), origin: other.mapped(self.origin) }
    }

    fn turned(self, [x, y]: [f32; 2]) -> [f32; 2] {
        let ([right_x, right_y], [up_x, up_y]) = (self.right, self.up);
        [x * right_x + y * up_x, x * right_y + y * up_y]
    }

    fn mapped(self, point: [f32; 2]) -> [f32; 2] {
        let ([x, y], [left, bottom]) = (self.turned(point), self.origin);
        [x + left, y + bottom]
    }
}

#[derive(Clone)]
struct TextState {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    character_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            matrix: Matrix::default(),
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Carries out the instructions of pages. Fonts are read once.
#[derive(Default)]
pub(super) struct Interpreter {
    fonts: Vec<((u32, i32), Rc<Font>)>,
    page: Run,
    /// Number of glyphs whose text is not known.
    pub unknown: usize,
    /// Number of instructions of all pages.
    instructions: usize,
}

/// What is known while a page is read.
#[derive(Default)]
struct Run {
    glyphs: Vec<Glyph>,
    instructions: usize,
    state: TextState,
    saved: Vec<TextState>,
    line: Matrix,
    text: Matrix,
    /// For each part that is marked, whether it has a text of its own, and whether that was shown.
    marked: Vec<Option<String>>,
}

impl Interpreter {
    /// Returns the glyphs of a page, in the order in which they are drawn.
    pub(super) fn glyphs(&mut self, page: &Page<'_>) -> Vec<Glyph> {
        self.page = Run::default();
        if let Some(content) = page.page_stream() {
            self.run(content, page.resources(), 0);
        }
        self.instructions += self.page.instructions;
        std::mem::take(&mut self.page.glyphs)
    }

    /// Returns whether more would take too long.
    pub(super) fn is_exhausted(&self) -> bool {
        self.instructions > MOST_OF_ALL
    }

    fn run(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.page.instructions += 1;
            if self.page.instructions > MOST_INSTRUCTIONS || self.page.glyphs.len() > MOST_GLYPHS {
                return;
            }
            let operands: Vec<Object<'_>> = instruction.operands().cloned().collect();
            self.carry_out(instruction.operator, &operands, resources, depth);
        }
    }

    fn carry_out(&mut self, operator: &[u8], operands: &[Object<'_>], resources: &Resources<'_>, depth: usize) {
        let numbers: Vec<f32> = operands.iter().filter_map(|operand| operand.clone().into_f32()).map(finite).collect();
        let number = numbers.first().copied().unwrap_or_default();
        let page = &mut self.page;
        match operator {
            b"q" if page.saved.len() < MOST_SAVED => page.saved.push(page.state.clone()),
            b"Q" => page.state = page.saved.pop().unwrap_or_default(),
            b"cm" => {
                if let Some(matrix) = Matrix::read(&numbers) {
                    page.state.matrix = matrix.then(page.state.matrix);
                }
            }
            b"BT" => (page.line, page.text) = (Matrix::default(), Matrix::default()),
            b"Tc" => page.state.character_space = number,
            b"Tw" => page.state.word_space = number,
            b"Tz" => page.state.stretch = number / 100.0,
            b"TL" => page.state.leading = number,
            b"Ts" => page.state.rise = number,
            b"Td" | b"TD" => {
                if let [x, y] = numbers[..] {
                    page.next_line(x, y);
                    if operator == b"TD" {
                        page.state.leading = -y;
                    }
                }
            }
            b"Tm" => {
                if let Some(matrix) = Matrix::read(&numbers) {
                    (page.line, page.text) = (matrix, matrix);
                }
            }
            b"T*" => page.next_line(0.0, -page.state.leading),
            b"Tf" => {
                page.state.size = number;
                if let Some(Object::Name(name)) = operands.first() {
                    self.page.state.font = self.font(name, resources);
                }
            }
            b"Tj" | b"'" | b"\"" | b"TJ" => self.show(operator, operands, &numbers),
            b"BDC" | b"BMC" => {
                let own = operands.get(1).and_then(|properties| actual_text(properties, resources));
                // What is within such a part belongs to it.
                if page.marked.len() < MOST_SAVED {
                    page.marked.push(own);
                }
            }
            b"EMC" => drop(page.marked.pop()),
            b"Do" if depth < MOST_DEPTH => {
                let form = match operands.first() {
                    Some(Object::Name(name)) => resources.get_x_object(name),
                    _ => None,
                };
                if let Some(form) = form {
                    self.form(&form, resources, depth);
                }
            }
            _ => {}
        }
    }

    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, depth: usize) {
        let dict = form.dict();
        if parts::name(dict, "Subtype").is_none_or(|name| name.as_ref() != b"Form") {
            return;
        }
        let Some(content) = streams::decoded(form) else { return };
        // To read it takes as long as to carry it out.
        self.page.instructions += content.len() / 8;
        let own = parts::dict(dict, "Resources").map(Resources::new);
        let before = (self.page.state.clone(), std::mem::take(&mut self.page.saved), self.page.line, self.page.text);
        let matrix: Vec<f32> = parts::array(dict, "Matrix")
            .map(|all| parts::numbers(&all).into_iter().map(finite).collect())
            .unwrap_or_default();
        if let Some(matrix) = Matrix::read(&matrix) {
            self.page.state.matrix = matrix.then(self.page.state.matrix);
        }
        self.run(&content, own.as_ref().unwrap_or(resources), depth + 1);
        (self.page.state, self.page.saved, self.page.line, self.page.text) = before;
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        let id = resources.fonts.get_ref(name).map(|font| (font.obj_number, font.gen_number));
        if let Some((_, font)) = self.fonts.iter().find(|(known, _)| Some(*known) == id) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::read(&dict));
        if let Some(id) = id {
            self.fonts.push((id, Rc::clone(&font)));
        }
        Some(font)
    }

    fn show(&mut self, operator: &[u8], operands: &[Object<'_>], numbers: &[f32]) {
        if matches!(operator, b"'" | b"\"") {
            if let [words, characters] = *numbers {
                (self.page.state.word_space, self.page.state.character_space) = (words, characters);
            }
            self.page.next_line(0.0, -self.page.state.leading);
        }
        match operands.last() {
            Some(Object::String(text)) => self.string(text),
            Some(Object::Array(all)) => {
                for part in parts::items(all) {
                    match part {
                        Object::String(text) => self.string(&text),
                        Object::Number(number) => {
                            let state = &self.page.state;
                            let by = -finite(number.as_f32()) / 1000.0 * state.size * state.stretch;
                            self.page.text = Matrix::shift(by, 0.0).then(self.page.text);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn string(&mut self, bytes: &[u8]) {
        let Some(font) = self.page.state.font.clone() else { return };
        for shown in font.shown(bytes) {
            let page = &mut self.page;
            let state = &page.state;
            let word_space = if shown.is_space { state.word_space } else { 0.0 };
            let width = shown.width * state.size * state.stretch;
            let by = width + (state.character_space + word_space) * state.stretch;
            let to_page = page.text.then(state.matrix);
            let [start, end, top] =
                [[0.0, state.rise], [width, state.rise], [0.0, state.rise + state.size]].map(|at| to_page.mapped(at));
            let size = (top[0] - start[0]).hypot(top[1] - start[1]);
            page.text = Matrix::shift(by, 0.0).then(page.text);
            // A part with a text of its own says it once.
            let text = match page.marked.iter_mut().rev().find_map(Option::as_mut) {
                Some(own) => std::mem::take(own),
                None if shown.text.is_empty() => {
                    self.unknown += 1;
                    char::REPLACEMENT_CHARACTER.to_string()
                }
                None => shown.text,
            };
            let is_placed = start.iter().chain(&end).all(|at| at.is_finite() && at.abs() < 1e6) && size.is_finite();
            if !text.is_empty() && is_placed && page.glyphs.len() <= MOST_GLYPHS {
                page.glyphs.push(Glyph { text, start, end, size });
            }
        }
    }
}

impl Run {
    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }
}

fn finite(number: f32) -> f32 {
    if number.is_finite() { number } else { 0.0 }
}

/// Returns the text that a marked part says, whatever its glyphs are.
fn actual_text(properties: &Object<'_>, resources: &Resources<'_>) -> Option<String> {
    let dict = match properties {
        Object::Dict(dict) => dict.clone(),
        Object::Name(name) => parts::dict(&resources.properties, name.as_str())?,
        _ => return None,
    };
    let text = parts::text(&dict, "ActualText")?;
    Some(text_string(&text))
}

/// Returns the text of a string outside of pages (ISO 32000-2, 7.9.2.2), with the characters that PDF has in common with
/// Windows-1252 if it is not in Unicode.
pub(super) fn text_string(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}
