//! What the parts of a record are called in the names of changes.

use crate::document::{DocPath, PathSegment};

use super::state::NEW;

/// Returns what a field is called in the name of a change: "date", "note of citation 2".
pub fn field_words(path: &DocPath) -> String {
    let name = |name: &str| name.replace('_', " ");
    match path.segments() {
        [list @ .., PathSegment::Field(inner), PathSegment::Index(index), PathSegment::Field(field)] => {
            let around = match list {
                [PathSegment::Field(list), PathSegment::Index(index)] => {
                    format!(" of {} {}", singular(list), index + 1)
                }
                _ => String::new(),
            };
            format!("{} of {} {}{around}", name(field), singular(inner), index + 1)
        }
        [PathSegment::Field("points"), PathSegment::Index(NEW)] => "pasted points".to_owned(),
        [PathSegment::Field("also"), PathSegment::Index(NEW)] => "new lane".to_owned(),
        [PathSegment::Field(list), PathSegment::Index(NEW)] => format!("new {}", singular(list)),
        [PathSegment::Field(outer), PathSegment::Field(inner)] if *inner == "name" => name(outer),
        [.., PathSegment::Field(field)] => name(field),
        _ => "field".to_owned(),
    }
}

/// Returns the name of an item of a list.
pub fn singular(list: &str) -> &str {
    match list {
        "media" => "picture",
        "series" => "series",
        list => list.strip_suffix('s').unwrap_or(list),
    }
}

/// Returns what an item of a list is called, with an article.
pub fn list_words(list: &DocPath) -> &'static str {
    match list.segments().last() {
        Some(PathSegment::Field("citations")) => "a citation",
        Some(PathSegment::Field("links")) => "a link",
        Some(PathSegment::Field("media")) => "a picture",
        Some(PathSegment::Field("points")) => "a point",
        _ => "an item",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_names() {
        let root = DocPath::root;
        let check = |path: DocPath, expect: &str| assert_eq!(field_words(&path), expect);
        check(root().field("original_date"), "original date");
        check(root().field("citations").index(1).field("note"), "note of citation 2");
        let of_point = root().field("points").index(2).field("citations").index(0);
        check(of_point.field("note"), "note of citation 1 of point 3");
        check(root().field("media").index(0).field("alt"), "alt of picture 1");
        check(root().field("place").field("name"), "place");
        check(root().field("place").field("latitude"), "latitude");
        check(root().field("tags").index(NEW), "new tag");
        check(root().field("points").index(NEW), "pasted points");
    }
}
