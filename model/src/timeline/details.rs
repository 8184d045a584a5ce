//! What only some events have: the author's words for the date, a place, a colour, links and media.
//!
//! A batch stores them apart from its events, so that an event without them costs nothing.

use std::fmt;

use crate::document::{self, DocPath, Problem, Severity};

use super::color::{Color, no_color};
use super::ids::error;
use super::records::{DetailsRecord, Records, Slice};
use super::sources::{is_web, is_web_or_mail};

/// The details of an event, looked up when they are asked for.
#[derive(Clone, Copy, Default)]
pub struct Details<'a> {
    found: Option<(&'a Records, &'a DetailsRecord)>,
    source: &'a str,
}

/// Where an event happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// Degrees north of the equator and east of Greenwich.
    pub coordinates: Option<[f64; 2]>,
}

impl Place<'_> {
    /// Returns its name and its coordinates: "Seoul (37.566° N, 126.978° E)".
    #[must_use]
    pub fn words(self) -> String {
        /// A millionth of a degree is about a tenth of a metre.
        const DECIMALS: f64 = 1e6;
        let degrees = |degrees: f64, [positive, negative]: [&str; 2]| {
            let rounded = (degrees.abs() * DECIMALS).round() / DECIMALS;
            format!("{rounded}° {}", if degrees < 0.0 { negative } else { positive })
        };
        let coordinates = self
            .coordinates
            .map(|[north, east]| format!("{}, {}", degrees(north, ["N", "S"]), degrees(east, ["E", "W"])));
        match (self.name.map(str::trim), coordinates) {
            (Some(name), Some(coordinates)) => format!("{name} ({coordinates})"),
            (name, coordinates) => coordinates.or_else(|| name.map(str::to_owned)).unwrap_or_default(),
        }
    }
}

/// A link that is no source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The address.
    pub url: &'a str,
    /// The words to show, if they are not the address.
    pub title: Option<&'a str>,
}

impl<'a> Link<'a> {
    /// Returns the words to show: its title, or else its address.
    #[must_use]
    pub fn words(self) -> &'a str {
        self.title.filter(|title| !title.trim().is_empty()).unwrap_or(self.url)
    }
}

/// A picture, or something else to see or hear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Media<'a> {
    /// The path of the file, relative to the folder of the document and within it.
    pub file: Option<&'a str>,
    /// The address, if there is no file; it is never fetched.
    pub url: Option<&'a str>,
    /// The alternative text.
    pub alt: Option<&'a str>,
    /// The words under it.
    pub caption: Option<&'a str>,
    /// Who made it.
    pub credit: Option<&'a str>,
    /// The licence that it is under.
    pub license: Option<&'a str>,
}

impl<'a> Media<'a> {
    /// Returns the file if it may be shown: it is in the folder of the document or below.
    #[must_use]
    pub fn shown_file(self) -> Option<&'a str> {
        self.file.map(str::trim).filter(|file| is_within(file))
    }

    /// Returns the address that it leads to, if a link may open it.
    #[must_use]
    pub fn web_address(self) -> Option<&'a str> {
        self.url.map(str::trim).filter(|url| is_web(url))
    }

    /// Returns what stands for it where it is not shown: its alternative text, or else its caption, its file or its
    /// address.
    #[must_use]
    pub fn words(self) -> &'a str {
        self.alt.or(self.caption).or(self.file).or(self.url).unwrap_or_default().trim()
    }

    /// Returns who made it, and the licence that it is under: "A. Painter, CC BY 4.0". Empty if the document specifies
    /// neither.
    #[must_use]
    pub fn credit_words(self) -> String {
        [self.credit, self.license].into_iter().flatten().map(str::trim).collect::<Vec<_>>().join(", ")
    }
}

impl<'a> Details<'a> {
    pub(super) fn new(batch: &'a Records, offset: usize, source: &'a str) -> Self {
        let found = batch.details.binary_search_by_key(&(offset as u32), |record| record.of).ok();
        let record = found.and_then(|at| batch.details.get(at));
        Self { found: record.map(|record| (batch, record)), source }
    }

    fn text(self, of: impl Fn(&DetailsRecord) -> Slice) -> Option<&'a str> {
        let (batch, record) = self.found?;
        batch.maybe(of(record), self.source).filter(|text| !text.trim().is_empty())
    }

    /// Returns the date in the words of the author, if they differ from what `date` says.
    #[must_use]
    pub fn written(self) -> Option<&'a str> {
        self.text(|record| record.written)
    }

    /// Returns where the event happened.
    #[must_use]
    pub fn place(self) -> Option<Place<'a>> {
        let place = Place { name: self.text(|record| record.place), coordinates: self.found?.1.coordinates };
        (place.name.is_some() || place.coordinates.is_some()).then_some(place)
    }

    /// Returns the colour of the event, if it is not that of its lane.
    #[must_use]
    pub fn color(self) -> Option<Color> {
        self.found?.1.color
    }

    /// Returns the links, in the order of the document.
    #[must_use]
    pub fn links(self) -> impl ExactSizeIterator<Item = Link<'a>> {
        let links = self.found.and_then(|(batch, record)| batch.links.get(record.links[0]..record.links[1]));
        links.unwrap_or_default().iter().map(move |[url, title]| {
            let text = |slice: &Slice| self.found.and_then(|(batch, _)| batch.maybe(*slice, self.source));
            Link { url: text(url).unwrap_or_default(), title: text(title) }
        })
    }

    /// Returns the media, in the order of the document.
    #[must_use]
    pub fn media(self) -> impl ExactSizeIterator<Item = Media<'a>> {
        let media = self.found.and_then(|(batch, record)| batch.media.get(record.media[0]..record.media[1]));
        media.unwrap_or_default().iter().map(move |slices| {
            let [file, url, alt, caption, credit, license] = slices.map(|slice| {
                let text = self.found.and_then(|(batch, _)| batch.maybe(slice, self.source));
                text.filter(|text| !text.trim().is_empty())
            });
            Media { file, url, alt, caption, credit, license }
        })
    }
}

impl<'a> Details<'a> {
    /// Returns the picture that stands for the event: the first medium with a file that may be shown.
    #[must_use]
    pub fn picture(self) -> Option<Media<'a>> {
        self.media().find(|media| media.shown_file().is_some())
    }
}

impl fmt::Debug for Details<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Details")
            .field("written", &self.written())
            .field("place", &self.place())
            .field("color", &self.color())
            .field("links", &self.links().collect::<Vec<_>>())
            .field("media", &self.media().collect::<Vec<_>>())
            .finish()
    }
}

/// Returns whether an event has any details.
pub(super) fn has_details<S>(event: &document::Event<S>) -> bool {
    event.written.is_some()
        || event.place.is_some()
        || event.color.is_some()
        || !event.links.is_empty()
        || !event.media.is_empty()
}

/// Reports what is wrong with the details of an event: none of it hides the event.
pub(super) fn check<S: AsRef<str>>(
    event: &document::Event<S>,
    path: &dyn Fn() -> DocPath,
    problems: &mut Vec<Problem>,
) {
    let mut warn = |path: DocPath, message: String, hint: &str| {
        let problem = error(path, message, Some(hint.to_owned()));
        problems.push(Problem { severity: Severity::Warning, ..problem });
    };
    if let Some(text) = event.color.as_ref().map(AsRef::as_ref)
        && Color::parse(text).is_none()
    {
        let (message, hint) = no_color(text);
        warn(path().field("color"), message, &hint);
    }
    for (name, limit, degrees) in event.place.iter().flat_map(|place| {
        [("latitude", 90.0, place.latitude), ("longitude", 180.0, place.longitude)]
            .map(|(name, limit, degrees)| (name, limit, degrees))
    }) {
        if let Some(degrees) = degrees.filter(|degrees| degrees.abs() > limit) {
            let message = format!("a {name} of {degrees} is not on the earth");
            warn(path().field("place").field(name), message, &format!("write degrees from -{limit} to {limit}"));
        }
    }
    for (number, link) in event.links.iter().enumerate() {
        let url = link.url.as_ref();
        if !is_web_or_mail(url.trim()) {
            let at = path().field("links").index(number).field("url");
            let message = if url.trim().is_empty() {
                "the link has no address".to_owned()
            } else {
                format!("`{url}` is no web or mail address: it is shown as text")
            };
            warn(at, message, "write an address that begins with https:// or mailto:");
        }
    }
    for (number, media) in event.media.iter().enumerate() {
        let at = || path().field("media").index(number);
        let given = |text: &Option<S>| text.as_ref().is_some_and(|text| !text.as_ref().trim().is_empty());
        if !given(&media.file) && !given(&media.url) {
            warn(at(), "the picture has neither a file nor an address".to_owned(), "write `file` or `url`");
        }
        if let Some(file) = media.file.as_ref().map(AsRef::as_ref).filter(|file| !is_within(file)) {
            let message = format!("`{file}` is not in the folder of the document: it is not shown");
            warn(at().field("file"), message, "copy it there, and write its path from there");
        }
        if !given(&media.alt) && given(&media.file) {
            let message = "the picture has no alternative text".to_owned();
            warn(at(), message, "say in `alt` what there is to see, for those who cannot see it");
        }
    }
}

/// Returns whether a path is relative, and stays within the folder that it begins in.
#[must_use]
pub fn is_within(path: &str) -> bool {
    let path = path.trim();
    let is_absolute = path.starts_with(['/', '\\']) || path.get(1..2) == Some(":");
    !path.is_empty() && !is_absolute && path.split(['/', '\\']).all(|part| part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_the_folder_is_within_it() {
        for (path, expect) in [
            ("a.png", true),
            ("pictures/a b.png", true),
            ("./a.png", true),
            ("a..b.png", true),
            ("", false),
            ("../a.png", false),
            ("pictures/../../a.png", false),
            ("pictures\\..\\a.png", false),
            ("/etc/passwd", false),
            ("C:\\a.png", false),
            ("\\\\server\\a.png", false),
        ] {
            assert_eq!(is_within(path), expect, "{path}");
        }
    }

    #[test]
    fn a_place_is_said_with_its_coordinates() {
        let check = |name, coordinates, expect: &str| assert_eq!(Place { name, coordinates }.words(), expect);
        check(Some("Seoul"), Some([37.566, 126.978]), "Seoul (37.566° N, 126.978° E)");
        check(Some(" Quito "), None, "Quito");
        check(None, Some([-33.0, -70.65]), "33° S, 70.65° W");
        check(None, Some([0.1 + 0.2, 0.0]), "0.3° N, 0° E");
        check(None, None, "");
    }

    #[test]
    fn media_say_what_stands_for_them() {
        let all = Media {
            file: Some("a.png"),
            url: None,
            alt: Some("A house"),
            caption: Some("Home"),
            credit: Some("C"),
            license: Some("CC0"),
        };
        assert_eq!([all.words(), &all.credit_words()], ["A house", "C, CC0"]);
        let bare = Media { file: Some("../a.png"), url: Some("ftp://a"), ..Media::default() };
        assert_eq!((bare.words(), bare.credit_words().as_str()), ("../a.png", ""));
        assert_eq!((bare.shown_file(), bare.web_address(), all.shown_file()), (None, None, Some("a.png")));
    }

    #[test]
    fn details_are_kept_and_what_is_wrong_with_them_hides_no_event() {
        let text = r##"(title: "T", lanes: [(id: "l", title: "L")], events: [
            (id: "a", lane: "l", title: "A", date: "1900"),
            (id: "b", lane: "l", title: "B", date: "1901", written: "the year after", color: "#102030",
             place: (name: "Seoul", latitude: 37.5, longitude: 127), links: [(url: "https://example.org", title: "More"),
             (url: "mailto:a@example.org")], media: [(file: "p/a.png", alt: "A house", credit: "C"), (url: "https://example.org/v")]),
            (id: "c", lane: "l", title: "C", date: "1902", color: "sky", place: (latitude: 91),
             links: [(url: "file:///etc/passwd")], media: [(file: "../a.png"), (alt: "nothing")])])"##;
        let opened = crate::open(text);
        let timeline = opened.timeline.expect("a timeline");
        let event = |id: &str| timeline.event_by_id(id).and_then(|index| timeline.event(index)).expect("an event");
        let none = event("a").details;
        assert_eq!((none.written(), none.place(), none.color()), (None, None, None));
        assert_eq!((none.links().len(), none.media().len()), (0, 0));
        let all = event("b").details;
        assert_eq!(all.written(), Some("the year after"));
        assert_eq!(all.place(), Some(Place { name: Some("Seoul"), coordinates: Some([37.5, 127.0]) }));
        assert_eq!(all.color(), Some(Color::Rgb([16, 32, 48])));
        assert_eq!(all.links().map(Link::words).collect::<Vec<_>>(), ["More", "mailto:a@example.org"]);
        let house = Media { file: Some("p/a.png"), alt: Some("A house"), credit: Some("C"), ..Media::default() };
        let video = Media { url: Some("https://example.org/v"), ..Media::default() };
        assert_eq!(all.media().collect::<Vec<_>>(), [house, video]);
        assert_eq!((all.picture(), none.picture(), event("c").details.picture()), (Some(house), None, None));
        let pictures: Vec<_> = timeline.events.pictures().collect();
        assert_eq!(pictures, [(timeline.event_by_id("b").expect("an event"), "p/a.png")]);
        let found: Vec<&str> = opened.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            found,
            [
                "there is no colour `sky`",
                "a latitude of 91 is not on the earth",
                "`file:///etc/passwd` is no web or mail address: it is shown as text",
                "the picture has no alternative text",
                "`../a.png` is not in the folder of the document: it is not shown",
                "the picture has neither a file nor an address",
            ]
        );
        assert_eq!(timeline.events.len(), 3);
    }
}
