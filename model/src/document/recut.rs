//! Reads some of a text again after an edit: the events of a part of its list, or all but the events.
//!
//! Nothing here recovers from mistakes: `None` means that the whole text has to be read.

use super::chunks::{Piece, parse, read_rest};
use super::cut::{Cut, cut, cut_part};
use super::position::BOM;
use super::read::check_bytes;
use super::text::Text;
use super::types::{Event, Timeline};

/// Maps the events of a part of a list of events, piece by piece: `part` has the text of the part, where it is in the
/// document, and the number of its first event. It is followed by other events or, if it is the last, by the end of the
/// list. Returns `None` if it cannot be such a part, or if it has a mistake.
pub fn map_part<T>(
    part: Piece<'_>,
    is_last: bool,
    map: &mut dyn FnMut(Piece<'_>, &[Event<Text<'_>>]) -> T,
) -> Option<Vec<T>> {
    let mut mapped = Vec::new();
    let mut events = Vec::new();
    for chunk in cut_part(part.text, is_last)? {
        let text = part.text.get(chunk.bytes.clone())?;
        events.clear();
        parse(text, &mut events).filter(|()| events.len() == chunk.count)?;
        let piece = Piece { first: part.first + chunk.first, at: part.at + chunk.bytes.start, text };
        mapped.push(map(piece, &events));
    }
    Some(mapped)
}

/// Reads a document without its events from the text up to the first of them and the text from the end of their list on.
/// Returns `None` if no list of events can be there, or if there is a mistake.
#[must_use]
pub fn read_without_events(head: &str, tail: &str) -> Option<Timeline> {
    check_bytes(head.as_bytes()).ok()?;
    let rest = [head, tail].concat();
    let body = rest.strip_prefix(BOM).unwrap_or(&rest);
    let list = head.len() - (rest.len() - body.len());
    let Cut { rest, events, chunks } = cut(body, &|| false)?;
    if events != (list..list) || !chunks.is_empty() {
        return None;
    }
    let (timeline, recovery) = read_rest(&rest, list)?;
    (recovery.is_empty() && timeline.events.is_empty()).then_some(timeline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_last: bool, expect: Option<&[&str]>) {
        let part = Piece { first: 3, at: 7, text };
        let found = map_part(part, is_last, &mut |piece, events| {
            assert_eq!((piece.first, piece.at), (3, 7), "one piece is enough");
            events.iter().map(|event| event.id.to_owned()).collect::<Vec<_>>()
        });
        let expect = expect.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        assert_eq!(found.map(|ids| ids.concat()), expect, "{text}");
    }

    #[test]
    fn only_whole_events_are_a_part() {
        let event = |id: &str| format!("(id: \"{id}\", lane: \"l\", title: \"t\")");
        let (a, b) = (event("a"), event("b"));
        for is_last in [false, true] {
            check(&format!(" {a},\n // ),\n{b},"), is_last, Some(&["a", "b"]));
            check("", is_last, Some(&[]));
            for wrong in ["(", "(id: 1),", "[", "],", "),", "/*,", "\"", "#![enable(implicit_some)],", "a"] {
                check(&format!("{a},{wrong}"), is_last, None);
            }
        }
        check(&format!("{a},{b} "), true, Some(&["a", "b"]));
        check(&format!("{a},{b}"), false, None);
        check(&format!("{a}, // "), false, None);
        check(&format!("{a}, // "), true, None);
        check(&format!("{a},] (,"), true, None);
    }

    #[test]
    fn the_rest_is_read_where_the_list_is() {
        let text = "\u{FEFF}(title: \"t\", events: [(id: \"a\"),], eras: [])";
        let (start, end) = (text.find("(id").expect("an event"), text.find("], eras").expect("the end"));
        let read = |text: &str| read_without_events(&text[..start], &text[end..]).map(|timeline| timeline.title);
        assert_eq!(read(text).as_deref(), Some("t"));
        for (from, to) in [("events: [", "events:  "), ("events", "eventz"), ("eras", "erae"), ("title", "titl:")] {
            assert_eq!(read(&text.replacen(from, to, 1)), None, "{from}");
        }
    }
}
