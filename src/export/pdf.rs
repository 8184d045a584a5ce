//! Writes scenes to one PDF file: vector marks, text in subset fonts, images as they were encoded, links, and a
//! structure for screen readers.
//! for screen readers.
//! The bytes are a pure function of the pages and of [`Metadata`]: the current time is not used, and the file's id is
//! derived from its content.
//! content.

mod draw;
mod fonts;
#[cfg(test)]
mod tests;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::geom::{Size, Transform};
use krilla::metadata::{DateTime, Metadata as PdfMetadata};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use super::error::ExportError;
use super::metadata::{Metadata, PartialDate};
use crate::progress::Progress;
use crate::scene::Scene;
use crate::scene::text::FontSet;
use draw::Drawing;
use fonts::Fonts;

/// One page of a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The scene to draw.
    pub scene: &'a Scene,
    /// The alternative text of the page, which makes it a single figure to a screen reader. If `None`, the text of the
    /// page is read, in its order.
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
    pdf_as(settings()?, pages, about, fonts, scale, progress)
}

fn pdf_as(
    settings: SerializeSettings,
    pages: &[Page<'_>],
    about: &Metadata,
    fonts: &FontSet,
    scale: f32,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let mut document = Document::new_with(settings);
    let mut tags = TagTree::new().with_lang(Some(about.language.clone()).filter(|language| !language.is_empty()));
    let mut fonts = Fonts::new(fonts);
    for (number, page) in (1..).zip(pages) {
        if progress.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        add_page(&mut document, &mut tags, page, scale, &mut fonts)?;
        progress.set_share(number as f32 / (pages.len() + 1) as f32);
    }
    document.set_tag_tree(tags);
    document.set_metadata(metadata(about));
    let bytes = document.finish().map_err(|error| ExportError::Pdf(error.to_string()))?;
    progress.end_stage("pdf");
    Ok(bytes)
}

/// PDF 1.5 has all features that these pages need. In 1.6 and 1.7 krilla writes `/Suspects false` into the mark
/// information, as PDF/UA requires, which poppler reports as a syntax error: its `Catalog::getMarkInfo` accepts only
/// `true`.
fn settings() -> Result<SerializeSettings, ExportError> {
    let configuration = ConfigurationBuilder::new().with_version(PdfVersion::Pdf15).finish();
    let configuration = configuration.map_err(|error| ExportError::Pdf(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn add_page(
    document: &mut Document,
    tags: &mut TagTree,
    page: &Page<'_>,
    scale: f32,
    fonts: &mut Fonts<'_>,
) -> Result<(), ExportError> {
    let size = page.scene.size * scale;
    let size = Size::from_wh(size.x, size.y).filter(|_| scale.is_finite() && scale > 0.0);
    let mut sheet = document.start_page_with(PageSettings::new(size.ok_or(ExportError::BadScale { scale })?));

    let mut surface = sheet.surface();
    let content = surface.start_tagged(ContentTag::Other);
    surface.push_transform(&Transform::from_scale(scale, scale));
    let drawn = Drawing { surface: &mut surface, fonts }.page(page.scene);
    surface.pop();
    surface.end_tagged();
    surface.finish();
    drawn?;
    let group = match page.alternative {
        Some(words) => TagGroup::with_children(Tag::Figure(Some(words.to_owned())), vec![content.into()]),
        None => TagGroup::with_children(Tag::P, vec![content.into()]),
    };
    tags.push(group);

    for link in page.scene.links() {
        let egui::Rect { min, max } = link.rect * scale;
        let Some(rect) = krilla::geom::Rect::from_ltrb(min.x, min.y, max.x, max.y) else { continue };
        let target = Target::Action(Action::Link(LinkAction::new(link.url.clone())));
        let annotation = Annotation::new_link(LinkAnnotation::new(rect, target), Some(link.title.clone()));
        let annotation = sheet.add_tagged_annotation(annotation);
        tags.push(TagGroup::with_children(Tag::Link, vec![annotation.into()]));
    }
    Ok(())
}

fn metadata(about: &Metadata) -> PdfMetadata {
    let metadata = PdfMetadata::new()
        .title(about.title.clone())
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
