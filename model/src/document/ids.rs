//! Ids that can be read, and that are the same for the same words.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

/// Maximum length of the words of an id, in characters.
const MOST: usize = 40;

/// Gives out ids, each once.
#[derive(Debug, Default)]
pub struct Ids {
    /// The hashes of the ids given out, and how many were made of each. Of a million ids the texts would take more memory
    /// than the rest of an import. Two ids with the same hash cost the second one a number that it need not have.
    taken: HashMap<u64, u32>,
}

impl Ids {
    /// Returns an id made of words; `fallback` if they have no letter or digit.
    #[must_use]
    pub fn of_words(&mut self, words: &str, fallback: &str) -> String {
        let slug = slug(words);
        self.unique(if slug.is_empty() { fallback.to_owned() } else { slug })
    }

    /// Returns the id that a file gives, so that a later version of the file has the same; made of its words if it has
    /// other signs than ids have. An id that a program made at random is none to a reader: it is made of `words` instead,
    /// as it is if the file gives none.
    #[must_use]
    pub fn of_foreign(&mut self, foreign: &str, words: &str, fallback: &str) -> String {
        let foreign = foreign.trim();
        let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if foreign.is_empty() || is_random(foreign) {
            self.of_words(words, fallback)
        } else if foreign.chars().all(is_sign) {
            self.unique(foreign.to_owned())
        } else {
            match slug(foreign) {
                slug if slug.is_empty() => self.of_words(words, fallback),
                slug => self.unique(slug),
            }
        }
    }

    /// Returns an id of a document as it is; one made of words if it is blank.
    #[must_use]
    pub fn of_document(&mut self, id: &str, words: &str, fallback: &str) -> String {
        if id.trim().is_empty() { self.of_words(words, fallback) } else { self.unique(id.to_owned()) }
    }

    /// Returns an id that begins with `id`: with a number after it if it has been given out.
    fn unique(&mut self, id: String) -> String {
        let own = hash(&id);
        let made = self.taken.entry(own).or_default();
        *made += 1;
        if *made == 1 {
            return id;
        }
        let mut number = *made;
        loop {
            let next = format!("{id}-{number}");
            let others = hash(&next);
            if !self.taken.contains_key(&others) {
                self.taken.insert(own, number);
                self.taken.insert(others, 1);
                return next;
            }
            number += 1;
        }
    }
}

/// Returns an id made of words for a new item of a document; `fallback` if they have no letter or digit. It has a number
/// after it if another item of its kind has the id already.
///
/// ```
/// use longview_model::document::new_id;
///
/// assert_eq!(new_id("Treaty signed", "event", |id| id == "treaty-signed"), "treaty-signed-2");
/// ```
#[must_use]
pub fn new_id(words: &str, fallback: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let slug = slug(words);
    let id = if slug.is_empty() { fallback.to_owned() } else { slug };
    if !is_taken(&id) {
        return id;
    }
    let numbered = |number: u32| format!("{id}-{number}");
    (2..u32::MAX).map(numbered).find(|id| !is_taken(id)).unwrap_or(id)
}

/// Returns a hash that is the same in every run.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Returns the words in lower case, with hyphens between them: "Bay of Pigs" becomes "bay-of-pigs".
fn slug(words: &str) -> String {
    let mut slug = String::new();
    let mut length = 0;
    let lower = words.chars().flat_map(char::to_lowercase).filter(|c| !matches!(c, '\'' | '’'));
    let mut is_gap = false;
    for c in lower {
        if !c.is_alphanumeric() {
            is_gap = !slug.is_empty();
            continue;
        }
        if is_gap {
            if length >= MOST {
                break;
            }
            slug.push('-');
            length += 1;
            is_gap = false;
        }
        // A word that is longer than all of an id, as in writings without spaces.
        if length >= 2 * MOST {
            break;
        }
        slug.push(c);
        length += 1;
    }
    slug
}

/// Returns whether an id is one that a program made: the address of something, the digits of a hash, or too long for a
/// reader.
fn is_random(id: &str) -> bool {
    /// Minimum length of a part of a hash, in characters.
    const HASH: usize = 7;
    /// Minimum number of changes between letters and digits in it.
    const CHANGES: usize = 3;
    let is_hash = |part: &str| {
        let changes = part.as_bytes().windows(2).filter(|pair| {
            matches!(pair, [a, b] if a.is_ascii_digit() && b.is_ascii_alphabetic()
                || a.is_ascii_alphabetic() && b.is_ascii_digit())
        });
        part.len() >= HASH && changes.count() >= CHANGES
    };
    let is_part = |c: char| c.is_ascii_alphanumeric();
    id.chars().count() > MOST || id.contains("://") || id.contains('@') || id.split(|c| !is_part(c)).any(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_can_be_read() {
        let check = |words: &str, expect: &str| assert_eq!(slug(words), expect, "{words}");
        check("'Bay of Pigs' Invasion", "bay-of-pigs-invasion");
        check("  W. Michael Blumenthal, Secretary of the Treasury", "w-michael-blumenthal-secretary-of-the-treasury");
        check("대체공휴일(설날)", "대체공휴일-설날");
        check("Pope Élie — 1848!", "pope-élie-1848");
        check("...", "");
    }

    #[test]
    fn no_id_is_given_out_twice() {
        let mut ids = Ids::default();
        let made: Vec<String> = ["A", "a", "a-2", "A", ""].iter().map(|words| ids.of_words(words, "event")).collect();
        assert_eq!(made, ["a", "a-2", "a-2-2", "a-3", "event"]);
    }

    #[test]
    fn new_ids_are_the_ones_that_an_import_would_give() {
        let titles = ["Treaty signed", "Treaty Signed!", "treaty-signed-2", "…", "…"];
        let mut ids = Ids::default();
        let mut made: Vec<String> = Vec::new();
        for title in titles {
            made.push(new_id(title, "event", |id| made.iter().any(|made| made == id)));
        }
        assert_eq!(made, titles.map(|title| ids.of_words(title, "event")));
    }

    #[test]
    fn an_id_of_the_file_is_kept_unless_it_is_random() {
        let mut ids = Ids::default();
        let mut check = |foreign: &str, expect: &str| assert_eq!(ids.of_foreign(foreign, "A title", "event"), expect);
        check("treaty-1965", "treaty-1965");
        check("5d0c2f2a-69fd-5e89-b4e1-1f958b7e7288", "a-title");
        check("{5D0C2F2A-69FD-5E89-B4E1-1F958B7E7288}", "a-title-2");
        check("http://e.org/17", "a-title-3");
        check("20070313T123432Z-456553@example.com", "a-title-4");
        check("", "a-title-5");
        check("…", "a-title-6");
        check("17", "17");
        check("17", "17-2");
        check("a", "a");
        check("한", "한");
        check("Q9682", "Q9682");
        check("I0044.b_2", "I0044.b_2");
        check("1198908717056", "1198908717056");
        check("/en/la_brassiere", "en-la-brassiere");
        check("Bay of Pigs (1)", "bay-of-pigs-1");
    }
}
