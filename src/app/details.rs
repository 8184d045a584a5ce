//! What only some events have, in their record: pictures and links; and the reference to a source.

use std::borrow::Cow;
use std::sync::Arc;

use egui::text::TextFormat;
use egui::{Color32, ColorImage, Ui, vec2};

use crate::layout::one_line;
use crate::timeline::{Details, Media, Source, is_web_or_mail};

use super::fonts::bold;
use super::inspector::{Record, name};
use super::paragraph::Paragraph;
use super::rows::{body, section, weak};
use super::ui_command::UiCommand;

/// Maximum height of a picture, in points.
const HIGHEST: f32 = 320.0;

impl Record<'_> {
    /// Pictures, each with what is said about it.
    pub(super) fn media(&mut self, ui: &mut Ui, details: Details<'_>) {
        for media in details.media() {
            ui.add_space(6.0);
            let read = media.shown_file().and_then(|file| Some((file, self.pictures.get(file)?)));
            match read {
                Some((file, Ok(image))) => self.picture(ui, (file, image), media),
                Some((file, Err(why))) => {
                    self.alternative(ui, media);
                    weak(ui, &format!("{file} is not shown: {why}"));
                }
                None => self.alternative(ui, media),
            }
            if let Some(caption) = media.caption.filter(|caption| *caption != media.words()) {
                Paragraph::of(&one_line(caption), body(ui), Color32::PLACEHOLDER).show(ui);
            }
            let credit = media.credit_words();
            if !credit.is_empty() {
                weak(ui, &credit);
            }
        }
    }

    /// A picture, never larger than its own size, with its alternative text; then its address, if it has one.
    fn picture(&mut self, ui: &mut Ui, (file, image): (&str, &Arc<ColorImage>), media: Media<'_>) {
        let texture = self.textures.of(ui, file, image);
        let size = texture.size_vec2();
        let room = vec2(ui.available_width(), HIGHEST);
        let shown = size * (room / size).min_elem().min(1.0);
        ui.add(egui::Image::new((texture.id(), shown)).alt_text(one_line(media.words())));
        if let Some(url) = media.web_address() {
            self.link(ui, url, url, body(ui));
        }
    }

    /// The words that stand for a picture that is not shown; they lead to its address, if it has one.
    fn alternative(&mut self, ui: &mut Ui, media: Media<'_>) {
        let words = one_line(media.words());
        match media.web_address() {
            Some(url) => self.link(ui, &words, url, bold(13.5)),
            None => drop(Paragraph::of(&words, body(ui), Color32::PLACEHOLDER).show(ui)),
        }
    }

    /// Links that are no sources.
    pub(super) fn links(&mut self, ui: &mut Ui, details: Details<'_>) {
        if details.links().len() == 0 {
            return;
        }
        section(ui, if details.links().len() == 1 { "Link" } else { "Links" });
        for link in details.links() {
            let (words, url) = (one_line(link.words()), link.url.trim());
            if is_web_or_mail(url) {
                self.link(ui, &words, url, body(ui));
            } else {
                weak(ui, &words);
                if words != url {
                    weak(ui, url);
                }
            }
        }
    }

    /// Words that open an address.
    fn link(&mut self, ui: &mut Ui, words: &str, url: &str, font: egui::FontId) {
        let mut paragraph = Paragraph::default();
        paragraph.link(words, TextFormat::simple(font, ui.visuals().hyperlink_color));
        for response in paragraph.show(ui) {
            if response.clicked() {
                self.messages.push(UiCommand::OpenUrl(url.to_owned()).into());
            }
            response.on_hover_text(url);
        }
    }

    /// The reference to a source; its title leads to its address.
    pub(super) fn source(&mut self, ui: &mut Ui, source: &Source) {
        let title: Cow<'_, str> = name(&source.title, &source.id);
        let reference = source.reference();
        let own = source.web_address();
        match own {
            Some(url) => self.link(ui, &title, url, bold(13.5)),
            None => drop(Paragraph::of(&title, bold(13.5), Color32::PLACEHOLDER).show(ui)),
        }
        let details = reference.details();
        if !details.is_empty() {
            weak(ui, &details);
        }
        for address in reference.addresses {
            match address.url {
                Some(url) if Some(url.as_str()) != own => self.link(ui, &address.words, &url, body(ui)),
                Some(_) => {}
                None => weak(ui, &address.words),
            }
        }
    }
}
