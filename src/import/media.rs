//! Pictures and links of a file, as a document has them.

use super::builder::Builder;
use super::html::blocks;
use super::report::{Kind, Place};
use crate::document::{Event, Link, Media};
use crate::prose::{Block, Html, write};
use crate::timeline::{is_web_or_mail, is_within};

/// Returns something to see: a file if the address is that of one beside the document, else an address.
#[must_use]
pub fn medium(address: &str, alt: Option<String>) -> Media {
    let address = whole(address);
    let is_local = !address.contains(':') && is_within(&address);
    let (file, url) = if is_local { (Some(address), None) } else { (None, Some(address)) };
    Media { file, url, alt: alt.filter(|alt| !alt.trim().is_empty()), ..Media::default() }
}

/// Returns an address with its scheme, which a page may leave out.
fn whole(address: &str) -> String {
    let address = address.trim();
    if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() }
}

/// Adds a link to an event, once. An address that no program opens is counted as dropped.
pub fn link(builder: &mut Builder, place: Place, event: &mut Event, address: &str, title: Option<&str>) {
    let url = whole(address);
    if url.is_empty() || event.links.iter().any(|link| link.url == url) {
        return;
    }
    if is_web_or_mail(&url) {
        event.links.push(Link { url, title: title.map(str::to_owned).filter(|title| !title.trim().is_empty()) });
    } else {
        builder.report.add(Kind::Dropped("a link to a page beside the file".into()), place, &url);
    }
}

/// Returns HTML as `CommonMark`. Its pictures become media of the event; what is dropped is counted.
pub fn text_of(builder: &mut Builder, place: Place, event: &mut Event, source: &str) -> String {
    write(&blocks_of(builder, place, event, source))
}

/// Returns HTML as blocks, as [`text_of`] does.
pub fn blocks_of(builder: &mut Builder, place: Place, event: &mut Event, source: &str) -> Vec<Block> {
    let Html { blocks, media, dropped } = blocks(source);
    for [url, alt] in media {
        event.media.push(medium(&url, Some(alt)));
    }
    for what in dropped {
        builder.report.add(Kind::Dropped(what.into()), place, "");
    }
    blocks
}

/// Adds a text to the description of an event, as a paragraph of its own.
pub fn describe(event: &mut Event, text: &str) {
    let text = text.trim();
    if text.is_empty() || event.description.as_deref().is_some_and(|before| before.contains(text)) {
        return;
    }
    event.description = Some(match event.description.take() {
        Some(before) => format!("{before}\n\n{text}"),
        None => text.to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_beside_the_document_is_a_file() {
        let check = |address: &str, file: Option<&str>, url: Option<&str>| {
            let media = medium(address, None);
            assert_eq!((media.file.as_deref(), media.url.as_deref()), (file, url), "{address}");
        };
        check(" monet.png", Some("monet.png"), None);
        check("https://e.org/a.jpg", None, Some("https://e.org/a.jpg"));
        check("//e.org/a.jpg", None, Some("https://e.org/a.jpg"));
        check("../a.jpg", None, Some("../a.jpg"));
        check("data:image/png;base64,AA", None, Some("data:image/png;base64,AA"));
    }
}
