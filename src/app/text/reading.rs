//! What each glyph of a laid out text stands for, in the order of reading.
//!
//! A glyph tells the first character of its cluster and nothing of its place in the text. Most often there are as many
//! glyphs as characters, in their order; but egui sets a run from right to left from its end, and then says all of its
//! characters but the first once more, without width; and some clusters have more glyphs than characters.

use egui::Galley;
use egui::epaint::text::{Glyph, LayoutJob, LayoutSection};

use crate::scene::text::direction::is_right_to_left;

/// What stands at the place of a glyph.
#[derive(Clone, Copy)]
pub struct Read<'a> {
    /// The format of that character.
    pub section: &'a LayoutSection,
    /// Which character of the text begins the cluster that the glyph shows, from 0; none where it shows none of the text.
    pub cluster: Option<usize>,
    /// Whether the glyph was set from right to left, and mirrored where its character is.
    pub(super) is_turned: bool,
    /// Whether the glyph is one of those that say a character of a run from right to left once more.
    pub(super) is_again: bool,
}

/// What is read at each glyph of a galley, in the order of its glyphs: as a whole, its text.
pub fn reads(galley: &Galley) -> Vec<Read<'_>> {
    let mut reader = Reader { job: &galley.job, text: galley.job.text.char_indices().collect(), at: 0 };
    let mut reads = Vec::with_capacity(reader.text.len());
    for line in galley.rows.split_inclusive(|row| row.ends_with_newline) {
        let glyphs: Vec<&Glyph> = line.iter().flat_map(|row| &row.glyphs).collect();
        reader.line(&glyphs, &mut reads);
    }
    reads
}

struct Reader<'a> {
    job: &'a LayoutJob,
    /// The characters with their places in bytes.
    text: Vec<(usize, char)>,
    /// Where in them the next glyph stands.
    at: usize,
}

impl<'a> Reader<'a> {
    /// Follows the glyphs of all rows up to a line break of the text.
    fn line(&mut self, mut glyphs: &[&Glyph], reads: &mut Vec<Read<'a>>) {
        let is_break = |(_, c): &(usize, char)| self.job.break_on_newline && *c == '\n';
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = self.at + rest.iter().position(is_break).unwrap_or(rest.len());
        while !glyphs.is_empty() {
            let text = self.text.get(self.at..end).unwrap_or_default();
            let stretch = Stretch::first_of(glyphs, text);
            let clusters = stretch.clusters(glyphs, text);
            for place in 0..stretch.glyphs {
                let cluster = clusters.get(place).map(|cluster| self.at + cluster);
                let is_turned = stretch.turned.is_some();
                let is_again = stretch.turned.is_some_and(|turned| place >= turned);
                if let Some(section) = self.section(self.at + place.min(stretch.characters.saturating_sub(1))) {
                    reads.push(Read { section, cluster, is_turned, is_again });
                }
            }
            self.at += stretch.characters;
            glyphs = glyphs.get(stretch.glyphs..).unwrap_or_default();
        }
        self.at = end + 1;
    }

    /// The section of a character; after the end, the last.
    fn section(&self, place: usize) -> Option<&'a LayoutSection> {
        let sections = &self.job.sections;
        let of =
            |(at, _): &(usize, char)| sections.get(sections.partition_point(|section| section.byte_range.end.0 <= *at));
        self.text.get(place).and_then(of).or_else(|| sections.last())
    }
}

/// Glyphs that belong together, and the characters that they stand for.
struct Stretch {
    glyphs: usize,
    characters: usize,
    /// Of a run from right to left, how many glyphs come before those that say its characters once more.
    turned: Option<usize>,
}

impl Stretch {
    /// The stretch at the beginning of some glyphs and characters.
    fn first_of(glyphs: &[&Glyph], text: &[(usize, char)]) -> Self {
        let outside = Self { glyphs: 1, characters: 0, turned: None };
        let ([glyph, ..], [(_, c), ..]) = (glyphs, text) else { return outside };
        if glyph.chr == '…' && *c != '…' {
            return outside;
        }
        let straight = glyph.chr == *c && !is_right_to_left(*c);
        let turned = if straight { None } else { Self::right_to_left(glyphs, text) };
        turned.unwrap_or_else(|| Self::left_to_right(glyphs, text))
    }

    /// The longest run from right to left that is looked for, in glyphs: each look costs as many.
    const LONGEST: usize = 2000;

    /// A run from right to left: its glyphs, the last of which stand for the first character, then all characters that
    /// those do not stand for, without width. None where there is no such run.
    fn right_to_left(glyphs: &[&Glyph], text: &[(usize, char)]) -> Option<Self> {
        let (_, first) = text.first()?;
        // How many glyphs in a row begin with the first character.
        let mut same = 0;
        for (index, glyph) in glyphs.iter().enumerate().take(Self::LONGEST) {
            same = if glyph.chr == *first { same + 1 } else { 0 };
            for of_first in 1..=same {
                let again = glyphs[index + 1..].iter().zip(text.iter().skip(of_first));
                let again = again.take_while(|(glyph, (_, c))| is_without_ink(glyph) && glyph.chr == *c).count();
                let is_of_run = |(_, c): &(usize, char)| *c == glyphs[0].chr;
                if again > 0 && text[..of_first + again].iter().any(is_of_run) {
                    let (glyphs, characters) = (index + 1 + again, of_first + again);
                    return Some(Self { glyphs, characters, turned: Some(index + 1) });
                }
            }
        }
        None
    }

    /// Glyphs with one first character: those of as many clusters as repeat it, or of one that has several.
    fn left_to_right(glyphs: &[&Glyph], text: &[(usize, char)]) -> Self {
        let same = glyphs.iter().take_while(|glyph| glyph.chr == glyphs[0].chr).count();
        let most = same.min(text.len());
        let next = glyphs.get(same).map(|glyph| glyph.chr);
        let read = (1..=most).rev().find(|place| text.get(*place).map(|(_, c)| *c) == next);
        Self { glyphs: same, characters: read.unwrap_or(most), turned: None }
    }

    /// Which character begins the cluster of each glyph, but of those that say characters once more.
    fn clusters(&self, glyphs: &[&Glyph], text: &[(usize, char)]) -> Vec<usize> {
        let Some(turned) = self.turned else {
            let Some(last) = self.characters.checked_sub(1) else { return Vec::new() };
            return (0..self.glyphs).map(|place| place.min(last)).collect();
        };
        let mut clusters = vec![0; turned];
        let mut at = 0;
        // From the first character on; a mark has no width, or is of another cluster.
        for (place, glyph) in glyphs.iter().take(turned).enumerate().rev().skip(1) {
            let is_more = glyph.advance_width <= 0.0 && text.get(at).is_some_and(|(_, c)| *c == glyph.chr);
            let later = (at + 1..self.characters).find(|later| text.get(*later).is_some_and(|(_, c)| *c == glyph.chr));
            at = later.filter(|_| !is_more).unwrap_or(at);
            clusters[place] = at;
        }
        clusters
    }
}

/// Whether nothing is drawn for a glyph, and no room left for it.
pub fn is_without_ink(glyph: &Glyph) -> bool {
    glyph.advance_width <= 0.0 && glyph.uv_rect.is_nothing()
}
