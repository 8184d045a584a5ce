//! Writes scenes to one PDF file: vector marks, text in subset fonts, images as they were encoded, links, and a
//! structure for screen readers.
//!
//! The file conforms to PDF/UA-1 (ISO 14289-1), as far as that can be checked by a program, unless a text has characters
//! without a font. The bytes are a pure function of the pages and of [`Metadata`]: the current time is not used, and the
//! file's id is derived from its content.

mod draw;
mod fonts;
mod structure;
#[cfg(test)]
mod tests;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Point, Size, Transform};
use krilla::metadata::{DateTime, Metadata as PdfMetadata};
use krilla::page::PageSettings;
use krilla::tagging::{Node, Tag, TagGroup};
use krilla::{Document, SerializeSettings};

use super::error::ExportError;
use super::metadata::{Metadata, PartialDate};
use crate::progress::Progress;
use crate::scene::Scene;
use crate::scene::text::FontSet;
use draw::{Drawing, Owner};
use fonts::Fonts;
use structure::Tree;

/// One page of a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The scene to draw.
    pub scene: &'a Scene,
    /// The alternative text of what has no structure of its own on the page, which makes that a single figure to a
    /// screen reader. If `None`, its text is read, in its order.
    pub alternative: Option<&'a str>,
}

/// Writes pages as one PDF file. `scale` is PDF points (1/72 inch) per point of a scene: 0.75 makes a point 1/96 inch,
/// which is its nominal size.
///
/// # Errors
/// Returns an error if the scale is not positive, a page has no size, a font or an image cannot be embedded, or
/// `progress` is cancelled.
pub fn pdf(
    pages: &[Page<'_>],
    about: &Metadata,
    fonts: &FontSet,
    scale: f32,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    match pdf_as(settings(true)?, pages, about, fonts, scale, progress) {
        // Something that the document contains, such as a character that no font has, does not conform.
        Err(Failed::Nonconforming(_)) => pdf_as(settings(false)?, pages, about, fonts, scale, progress),
        result => result,
    }
    .map_err(|failed| match failed {
        Failed::Nonconforming(why) => ExportError::Pdf(why),
        Failed::Export(error) => error,
    })
}

/// Why no file was written.
#[derive(Debug)]
enum Failed {
    /// It would not conform to PDF/UA-1.
    Nonconforming(String),
    /// Any other reason.
    Export(ExportError),
}

impl From<ExportError> for Failed {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

fn pdf_as(
    settings: SerializeSettings,
    pages: &[Page<'_>],
    about: &Metadata,
    fonts: &FontSet,
    scale: f32,
    progress: &Progress,
) -> Result<Vec<u8>, Failed> {
    let mut document = Document::new_with(settings);
    let mut tree = Tree::default();
    let mut fonts = Fonts::new(fonts);
    for (index, page) in pages.iter().enumerate() {
        if progress.is_cancelled() {
            return Err(ExportError::Cancelled.into());
        }
        if index == 0 {
            tree.add_entry(1, title(about), XyzDestination::new(0, Point::from_xy(0.0, 0.0)));
        }
        add_page(&mut document, &mut tree, (index, page), scale, &mut fonts)?;
        progress.set_share((index + 1) as f32 / (pages.len() + 1) as f32);
    }
    let (tags, outline) = tree.finish(Some(about.language.clone()).filter(|language| !language.is_empty()));
    document.set_tag_tree(tags);
    document.set_outline(outline);
    document.set_metadata(metadata(about));
    let bytes = document.finish().map_err(|error| match error {
        KrillaError::Validation(_) => Failed::Nonconforming(error.to_string()),
        _ => Failed::Export(ExportError::Pdf(error.to_string())),
    })?;
    progress.end_stage("pdf");
    Ok(bytes)
}

/// PDF 1.5 has all features that these pages need. In 1.6 and 1.7 krilla writes `/Suspects false` into the mark
/// information, which PDF/UA allows to be left out and poppler reports as a syntax error: its `Catalog::getMarkInfo`
/// accepts only `true`.
fn settings(is_accessible: bool) -> Result<SerializeSettings, ExportError> {
    let configuration = ConfigurationBuilder::new().with_version(PdfVersion::Pdf15);
    let configuration =
        if is_accessible { configuration.with_accessibility_validator(Accessibility::UA1) } else { configuration };
    let configuration = configuration.finish().map_err(|error| ExportError::Pdf(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn add_page(
    document: &mut Document,
    tree: &mut Tree,
    (index, page): (usize, &Page<'_>),
    scale: f32,
    fonts: &mut Fonts<'_>,
) -> Result<(), ExportError> {
    let size = page.scene.size * scale;
    let size = Size::from_wh(size.x, size.y).filter(|_| scale.is_finite() && scale > 0.0);
    let mut sheet = document.start_page_with(PageSettings::new(size.ok_or(ExportError::BadScale { scale })?));

    let mut surface = sheet.surface();
    surface.push_transform(&Transform::from_scale(scale, scale));
    let destination = |at: egui::Pos2| XyzDestination::new(index, Point::from_xy(at.x * scale, at.y * scale));
    let mut drawing = Drawing {
        surface: &mut surface,
        fonts,
        tree,
        destination: &destination,
        owner: Owner::Page,
        marked: None,
        own: Vec::new(),
        links: Vec::new(),
    };
    let drawn = drawing.page(page.scene);
    let (own, links) = (drawing.own, drawing.links);
    surface.pop();
    surface.finish();
    drawn?;
    if !own.is_empty() {
        let content = own.into_iter().map(Node::from).collect();
        tree.add_group(match page.alternative {
            Some(words) => TagGroup::with_children(Tag::Figure(Some(words.to_owned())), content),
            None => TagGroup::with_children(Tag::P, content),
        });
    }
    for (branch, link) in links {
        let egui::Rect { min, max } = link.rect * scale;
        let Some(rect) = krilla::geom::Rect::from_ltrb(min.x, min.y, max.x, max.y) else { continue };
        let words = if link.title.trim().is_empty() { &link.url } else { &link.title };
        let target = Target::Action(Action::Link(LinkAction::new(link.url.clone())));
        let annotation = Annotation::new_link(LinkAnnotation::new(rect, target), Some(words.clone()));
        let annotation = sheet.add_tagged_annotation(annotation);
        if let Some(branch) = branch {
            tree.add(branch, annotation);
        } else {
            let link = TagGroup::with_children(Tag::Link, vec![annotation.into()]);
            tree.add_group(TagGroup::with_children(Tag::P, vec![link.into()]));
        }
    }
    Ok(())
}

/// Returns the title of a document, which must not be empty.
fn title(about: &Metadata) -> &str {
    if about.title.trim().is_empty() { "Timeline" } else { &about.title }
}

fn metadata(about: &Metadata) -> PdfMetadata {
    let metadata = PdfMetadata::new()
        .title(title(about).to_owned())
        .description(about.description.clone())
        .authors(Some(about.author.clone()).filter(|author| !author.is_empty()).into_iter().collect())
        .creator(about.software.clone())
        .producer(about.software.clone());
    let metadata = if about.language.is_empty() { metadata } else { metadata.language(about.language.clone()) };
    match about.date {
        Some(PartialDate { year, month: Some(month), day: Some(day) }) => {
            metadata.creation_date(DateTime::new(year).month(month).day(day))
        }
        // A year alone would be written as its first of January.
        _ => metadata,
    }
}
