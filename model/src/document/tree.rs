//! Values of a document as they are written, without their types.

use std::ops::Range;

use super::options::options;
use super::parts::{bare, fields, items};
use super::path::{DocPath, PathSegment};
use super::text::Text;

/// A value of a document as it is written: what a form shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// A string, or the spelling of a number or of the name of a choice.
    Text(String),
    /// An item: its fields that have a value.
    Item(Vec<(String, Self)>),
    /// A list.
    List(Vec<Self>),
}

impl Default for Tree {
    fn default() -> Self {
        Self::Item(Vec::new())
    }
}

impl Tree {
    /// Reads the value at a range of a document's text. Returns `None` if there is none, or if it cannot be read.
    ///
    /// ```
    /// use longview_model::document::{DocPath, Tree};
    ///
    /// let text = r##"(id: "a", /* b */ tags: [r#"c"#], place: Some((latitude: 1.50)), date: None)"##;
    /// let tree = Tree::read(text, 0..text.len()).unwrap();
    /// let root = DocPath::root;
    /// assert_eq!(tree.text(&root().field("tags").index(0)), "c");
    /// assert_eq!(tree.text(&root().field("place").field("latitude")), "1.50");
    /// assert_eq!(tree.at(&root().field("date")), None);
    /// ```
    #[must_use]
    pub fn read(text: &str, value: Range<usize>) -> Option<Self> {
        let value = bare(text, value);
        let written = text.get(value.clone())?;
        if let Some(list) = items(text, value.start) {
            return list
                .parts
                .into_iter()
                .map(|part| Self::read(text, part.value))
                .collect::<Option<_>>()
                .map(Self::List);
        }
        if written.starts_with('"') || written.starts_with("r\"") || written.starts_with("r#") {
            return options().from_str::<Text<'_>>(written).ok().map(|text| Self::Text(text.to_owned()));
        }
        if let Some(item) = fields(text, value.start) {
            let present = item.parts.into_iter().filter(|part| text.get(part.value.clone()) != Some("None"));
            let read = present.map(|part| Some((part.name.to_owned(), Self::read(text, part.value)?)));
            return read.collect::<Option<_>>().map(Self::Item);
        }
        Some(Self::Text(written.to_owned()))
    }

    /// Returns the value at a path within this one. Returns `None` if it is absent.
    #[must_use]
    pub fn at(&self, path: &DocPath) -> Option<&Self> {
        path.segments().iter().try_fold(self, |tree, segment| match (tree, segment) {
            (Self::Item(fields), PathSegment::Field(name)) => {
                fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
            }
            (Self::List(list), PathSegment::Index(index)) => list.get(*index),
            _ => None,
        })
    }

    /// Returns the text at a path within this value; empty if there is none.
    #[must_use]
    pub fn text(&self, path: &DocPath) -> &str {
        match self.at(path) {
            Some(Self::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns the items of the list at a path within this value; none if there is no list.
    #[must_use]
    pub fn items(&self, path: &DocPath) -> &[Self] {
        match self.at(path) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }

    /// Returns the texts of the list at a path within this value.
    #[must_use]
    pub fn texts(&self, path: &DocPath) -> Vec<&str> {
        self.items(path).iter().map(|item| item.text(&DocPath::root())).collect()
    }

    /// Returns how many fields an item has, or how many items a list.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(_) => 0,
            Self::Item(fields) => fields.len(),
            Self::List(items) => items.len(),
        }
    }

    /// Returns whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
