//! What the pages of a file are called (ISO 32000-2, 12.4.2).

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Object};

use super::content::text_string;
use super::parts;

/// Maximum number of levels of the tree of labels.
const MOST_DEPTH: usize = 16;

/// Labels of the pages from one on.
struct Labels {
    from: usize,
    style: Vec<u8>,
    prefix: String,
    first: usize,
}

/// Returns the labels of so many pages: their numbers, unless the file says otherwise.
pub(super) fn labels(pdf: &Pdf, count: usize) -> Vec<String> {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let tree = root.and_then(|root| parts::dict(&root, "PageLabels"));
    let mut found = Vec::new();
    if let Some(tree) = tree {
        gather(&tree, 0, &mut found);
    }
    let label = |page: usize| {
        let labels = found.iter().filter(|labels| labels.from <= page).max_by_key(|labels| labels.from);
        let label = labels.map(|labels| labels.label(page));
        label.filter(|label| !label.is_empty()).unwrap_or_else(|| (page + 1).to_string())
    };
    (0..count).map(label).collect()
}

fn gather(tree: &Dict<'_>, depth: usize, found: &mut Vec<Labels>) {
    let mut from = None;
    for part in parts::array(tree, "Nums").iter().flat_map(parts::items) {
        match part {
            Object::Number(number) => from = usize::try_from(number.as_i64()).ok(),
            Object::Dict(dict) => {
                let Some(from) = from.take() else { continue };
                let prefix = parts::text(&dict, "P").map(|text| text_string(&text));
                found.push(Labels {
                    from,
                    style: parts::name(&dict, "S").map(|name| name.as_ref().to_vec()).unwrap_or_default(),
                    prefix: prefix.unwrap_or_default(),
                    first: parts::number(&dict, "St")
                        .and_then(|first| usize::try_from(first.as_i64()).ok())
                        .unwrap_or(1),
                });
            }
            _ => {}
        }
    }
    if depth < MOST_DEPTH && found.len() < 10_000 {
        for kid in parts::array(tree, "Kids").iter().flat_map(parts::items).filter_map(Object::into_dict) {
            gather(&kid, depth + 1, found);
        }
    }
}

impl Labels {
    fn label(&self, page: usize) -> String {
        let number = (page - self.from).saturating_add(self.first);
        let words = match &*self.style {
            b"D" => number.to_string(),
            b"r" => roman(number),
            b"R" => roman(number).to_uppercase(),
            b"a" => letters(number),
            b"A" => letters(number).to_uppercase(),
            _ => String::new(),
        };
        format!("{}{words}", self.prefix)
    }
}

fn roman(number: usize) -> String {
    const VALUES: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = number.min(9999);
    let mut words = String::new();
    for (value, sign) in VALUES {
        words.push_str(&sign.repeat(rest / value));
        rest %= value;
    }
    words
}

/// Returns a number as letters: a to z, then aa to zz.
fn letters(number: usize) -> String {
    let Some(from) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'a' + (from % 26) as u8);
    std::iter::repeat_n(letter, (from / 26 + 1).min(100)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_roman_or_letters() {
        let all = [1, 4, 9, 14, 1999].map(roman);
        assert_eq!(all, ["i", "iv", "ix", "xiv", "mcmxcix"].map(str::to_owned));
        assert_eq!([0, 1, 26, 27].map(letters), ["", "a", "z", "aa"].map(str::to_owned));
    }
}
