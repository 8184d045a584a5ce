//! SVG pages to one PDF file: vector marks, live text in subset fonts, links, and a structure for screen readers.
//!
//! The bytes are a pure function of the pages and of [`About`]: no clock is read, and the file's id follows from what
//! is in it.

use egui::Rect;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::geom::Size;
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::usvg::Tree;

use super::{About, ExportError, Fonts, MadeOn, Watch};

/// One page of a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The page as an SVG document; its size is the page's.
    pub svg: &'a str,
    /// PDF points (1/72 inch) for a unit of the SVG; 0.75 makes an SVG pixel 1/96 inch, which is its proper size.
    pub scale: f32,
    /// What the page shows, in words: the page is then one figure to a screen reader, which reads these words.
    /// Without it the page's own text is read, in its order.
    pub alternative: Option<&'a str>,
    /// What can be clicked, in the order in which it is read.
    pub links: &'a [Link],
}

/// A part of a page that leads to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The part of the page, in units of its SVG (y down, origin at the top left).
    pub rect: Rect,
    /// Where it leads.
    pub url: String,
    /// What it leads to, for those who cannot see it.
    pub title: String,
}

/// Writes pages as one PDF file.
///
/// # Errors
/// Where a page is no SVG or has no size, a font cannot be embedded, or `watch` calls it off.
pub fn pdf(pages: &[Page<'_>], about: &About, fonts: &Fonts, watch: &mut dyn Watch) -> Result<Vec<u8>, ExportError> {
    let mut document = Document::new_with(settings()?);
    let mut tags = TagTree::new().with_lang(Some(about.language.clone()));
    let options = fonts.usvg_options();
    for (number, page) in (1..).zip(pages) {
        if watch.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        watch.advanced(number as f32 / pages.len() as f32);
        let tree = Tree::from_str(page.svg, &options)?;
        add_page(&mut document, &mut tags, page, &tree)?;
    }
    document.set_tag_tree(tags);
    document.set_metadata(metadata(about));
    document.finish().map_err(|error| ExportError::Pdf(error.to_string()))
}

/// PDF 1.5 has all that these pages need. In 1.6 and 1.7 krilla writes `/Suspects false` into the mark information, as
/// PDF/UA wants it, which poppler reports as a syntax error: its `Catalog::getMarkInfo` accepts only `true` there.
fn settings() -> Result<SerializeSettings, ExportError> {
    let configuration = ConfigurationBuilder::new().with_version(PdfVersion::Pdf15).finish();
    let configuration = configuration.map_err(|error| ExportError::Pdf(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn add_page(document: &mut Document, tags: &mut TagTree, page: &Page<'_>, tree: &Tree) -> Result<(), ExportError> {
    let scale = page.scale;
    let size = Size::from_wh(tree.size().width() * scale, tree.size().height() * scale);
    let size = size.filter(|_| scale > 0.0).ok_or(ExportError::BadScale { scale })?;
    let mut sheet = document.start_page_with(PageSettings::new(size));

    let mut surface = sheet.surface();
    let content = surface.start_tagged(ContentTag::Other);
    let drawn = surface.draw_svg(tree, size, SvgSettings::default());
    surface.end_tagged();
    surface.finish();
    drawn.ok_or_else(|| ExportError::Pdf("a page cannot be drawn".to_owned()))?;
    let group = match page.alternative {
        Some(words) => TagGroup::with_children(Tag::Figure(Some(words.to_owned())), vec![content.into()]),
        None => TagGroup::with_children(Tag::P, vec![content.into()]),
    };
    tags.push(group);

    for link in page.links {
        let Rect { min, max } = link.rect;
        let rect = krilla::geom::Rect::from_ltrb(min.x * scale, min.y * scale, max.x * scale, max.y * scale);
        let Some(rect) = rect else { continue };
        let target = Target::Action(Action::Link(LinkAction::new(link.url.clone())));
        let annotation = Annotation::new_link(LinkAnnotation::new(rect, target), Some(link.title.clone()));
        let annotation = sheet.add_tagged_annotation(annotation);
        tags.push(TagGroup::with_children(Tag::Link, vec![annotation.into()]));
    }
    Ok(())
}

fn metadata(about: &About) -> Metadata {
    let metadata = Metadata::new()
        .title(about.title.clone())
        .description(about.description.clone())
        .authors(Some(about.author.clone()).filter(|author| !author.is_empty()).into_iter().collect())
        .creator(about.software.clone())
        .producer(about.software.clone());
    let metadata = if about.language.is_empty() { metadata } else { metadata.language(about.language.clone()) };
    match about.date {
        Some(MadeOn { year, month: Some(month), day: Some(day) }) => {
            metadata.creation_date(DateTime::new(year).month(month).day(day))
        }
        // A year alone would be written as its first of January.
        _ => metadata,
    }
}
