//! The text of an event: what it marks, and what is left as `CommonMark`.

use crate::document::{Link, MAX_TAGS, Media};

use super::header::entry;

/// What the text of an event says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub title: String,
    /// The lines below the title, as `CommonMark`.
    pub text: String,
    pub id: Option<String>,
    pub zone: Option<String>,
    pub tags: Vec<String>,
    pub places: Vec<String>,
    pub links: Vec<Link>,
    pub media: Vec<Media>,
    /// Number of comments.
    pub comments: usize,
}

/// Reads the first line of an event and the lines below it.
pub(super) fn read(first: &str, below: &[&str]) -> Words {
    let mut words = Words::default();
    let (done, first) = checked(first.trim());
    words.tags.extend(done.map(str::to_owned));
    let first = words.id(first);
    let first = words.line(&first, true);
    words.title = words.linked(&first);
    let mut lines: Vec<String> = Vec::new();
    let mut is_property = true;
    // What is indented as a whole is no block of code.
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = below.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    for line in below.iter().map(|line| line.get(common..).unwrap_or_default()) {
        if line.trim_start().starts_with("//") {
            words.comments += 1;
            continue;
        }
        is_property = is_property && words.property(line);
        if !is_property {
            let is_empty = line.trim().is_empty();
            let line = words.line(line, false);
            // A line that only names a place or tags says nothing more.
            if is_empty || !line.trim().is_empty() {
                lines.push(line);
            }
        } else if !is_known(line) {
            lines.push(line.trim().to_owned());
        }
    }
    words.text = joined(&lines);
    words
}

/// The keys of properties that are fields of a document.
const KNOWN: [&str; 5] = ["id", "timezone", "tz", "location", "locations"];

fn is_known(line: &str) -> bool {
    entry(line).is_some_and(|(key, _)| KNOWN.contains(&key.to_ascii_lowercase().as_str()))
}

impl Words {
    /// Reads a property. Returns whether the line is one.
    fn property(&mut self, line: &str) -> bool {
        let Some((key, value)) = entry(line) else { return false };
        let is_key = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !is_key || line.trim_start().starts_with('-') {
            return false;
        }
        match key.to_ascii_lowercase().as_str() {
            "id" => self.id = self.id.take().or(Some(value)),
            "timezone" | "tz" => self.zone = Some(value),
            "location" => self.places.push(value),
            "locations" => {
                let list = value.trim_matches(['[', ']']).split(',');
                self.places.extend(list.map(|name| name.trim().trim_matches(['"', '\'']).to_owned()));
            }
            _ => {}
        }
        true
    }

    /// Takes the tags, places and pictures out of a line. A tag within a sentence stays as a word.
    fn line(&mut self, line: &str, is_first: bool) -> String {
        let line = self.brackets(line);
        let mut kept: Vec<String> = Vec::new();
        let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
        // Whether each word is a tag: at the end of a line, tags are no part of what it says.
        let mut words: Vec<(&str, Option<&str>)> = line.split_whitespace().map(|word| (word, tag(word))).collect();
        for tag in words.iter().filter_map(|(_, tag)| *tag) {
            // No event has so many tags: what goes on is counted as dropped, however often it is said.
            if self.tags.len() > MAX_TAGS || !self.tags.iter().any(|known| known == tag) {
                self.tags.push(tag.to_owned());
            }
        }
        let is_tag = |(word, tag): &(&str, Option<&str>)| tag.is_some_and(|tag| tag.len() + 1 == word.len());
        let leading = if is_first { words.iter().take_while(|word| is_tag(word)).count() } else { 0 };
        words.drain(..leading);
        while words.last().is_some_and(is_tag) {
            words.pop();
        }
        if words.iter().all(|(_, tag)| tag.is_none()) && !is_first && words.len() == line.split_whitespace().count() {
            return line;
        }
        kept.extend(words.iter().map(|(word, tag)| match tag {
            Some(_) => word.strip_prefix('#').unwrap_or(word).to_owned(),
            None => (*word).to_owned(),
        }));
        format!("{}{}", if is_first { "" } else { &indent }, kept.join(" "))
    }

    /// Takes places and pictures out of a line, and completes addresses.
    fn brackets(&mut self, line: &str) -> String {
        let mut text = String::new();
        let mut rest = line;
        while let Some(open) = rest.find('[') {
            let (before, at) = rest.split_at(open);
            let Some((label, target, after)) = link(at) else {
                text.push_str(before);
                text.push('[');
                rest = at.get(1..).unwrap_or_default();
                continue;
            };
            let is_picture = before.ends_with('!');
            text.push_str(if is_picture { before.trim_end_matches('!') } else { before });
            match target {
                "location" | "map" if !is_picture && self.places.is_empty() => self.places.push(label.to_owned()),
                "location" | "map" if !is_picture => text.push_str(label),
                _ if is_picture => {
                    let alt = Some(label.trim().to_owned()).filter(|alt| !alt.is_empty());
                    self.media.push(Media { url: Some(address(target)), alt, ..Media::default() });
                }
                _ => {
                    for part in ["[", label, "](", &address(target), ")"] {
                        text.push_str(part);
                    }
                }
            }
            rest = after;
        }
        text.push_str(rest);
        text.trim_end().to_owned()
    }

    /// Takes the id out of the first line: `!id`.
    fn id(&mut self, line: &str) -> String {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let name = |word: &str| {
            let name = word.strip_prefix('!')?;
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
            is_name.then(|| name.to_owned())
        };
        if let Some(index) = words.iter().position(|word| name(word).is_some()) {
            self.id = name(words.remove(index));
        }
        words.join(" ")
    }

    /// Takes the addresses out of the title.
    fn linked(&mut self, line: &str) -> String {
        let mut text = String::new();
        let mut rest = line;
        while let Some(open) = rest.find('[') {
            let (before, at) = rest.split_at(open);
            text.push_str(before);
            let Some((label, target, after)) = link(at) else {
                text.push('[');
                rest = at.get(1..).unwrap_or_default();
                continue;
            };
            text.push_str(label);
            self.links
                .push(Link { url: target.to_owned(), title: Some(label.to_owned()).filter(|label| !label.is_empty()) });
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

/// Reads `[label](target)` at the beginning of a text.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let inside = text.strip_prefix('[')?;
    // Neither may hold what could begin another one, so that a text full of brackets is read in one pass.
    let (label, after) = inside.split_at_checked(inside.find(['[', ']'])?)?;
    let inside = after.strip_prefix("](")?;
    let (target, after) =
        inside.split_at_checked(inside.find(|c: char| matches!(c, '[' | ')') || c.is_whitespace())?)?;
    let after = after.strip_prefix(')')?;
    (!target.is_empty()).then_some((label, target, after))
}

/// Returns an address with its scheme.
fn address(target: &str) -> String {
    let has_scheme = target.contains("://") || target.starts_with("mailto:");
    if has_scheme || !target.contains('.') { target.to_owned() } else { format!("https://{target}") }
}

/// Returns the name of the tag that a word is or begins with: `#Travel,`.
pub(super) fn tag(word: &str) -> Option<&str> {
    let name = word.strip_prefix('#')?;
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    let name = name.get(..end)?;
    (!name.is_empty() && !name.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

/// Splits `[x]` or `[ ]` from the beginning of a line, as a tag.
fn checked(line: &str) -> (Option<&'static str>, &str) {
    for (mark, tag) in [("[x]", "done"), ("[X]", "done"), ("[ ]", "to do"), ("[]", "to do")] {
        if let Some(rest) = line.strip_prefix(mark) {
            return (Some(tag), rest.trim_start());
        }
    }
    (None, line)
}

/// Returns lines as `CommonMark`: a line that follows another stays on a line of its own.
fn joined(lines: &[String]) -> String {
    let is_block = |line: &str| {
        let line = line.trim_start();
        line.is_empty()
            || line.starts_with(['-', '*', '+', '>', '#', '|', '`'])
            || line.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = if line.trim_start().starts_with(['-', '*', '+']) { line.trim_end() } else { line.trim() };
        text.push_str(line);
        let next = lines.get(index + 1).map_or("", String::as_str);
        let is_list = line.trim_start().starts_with(['-', '*', '+', '>']);
        match (is_block(line), is_block(next)) {
            (false, false) => text.push('\\'),
            // What is not of the list would be read as a part of its last item.
            (true, false) if is_list => text.push('\n'),
            _ => {}
        }
        text.push('\n');
    }
    text.trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let words = read(
            " [x] Germany, with #Ann and [Google](www.google.com) !trip #Travel #2",
            &[
                "id: other",
                "location: Berlin",
                "fee: $4",
                "First line #Food",
                "[Rome](location) second",
                "",
                "- [ ] task",
                "- one",
                "![A map](e.org/a.png)",
                "// note",
                "See [it](https://e.org).",
            ],
        );
        assert_eq!(words.title, "Germany, with Ann and Google #Travel #2".replace(" #Travel", " Travel"));
        assert_eq!(words.id.as_deref(), Some("trip"));
        assert_eq!(words.tags, ["done", "Ann", "Travel", "Food"]);
        assert_eq!(words.places, ["Berlin"]);
        assert_eq!(words.links, [Link { url: "https://www.google.com".into(), title: Some("Google".into()) }]);
        assert_eq!(words.text, "fee: $4\\\nFirst line\\\nRome second\n\n- [ ] task\n- one\n\nSee [it](https://e.org).");
        assert_eq!(words.media.len(), 1);
        assert_eq!(words.comments, 1);
        let words = read("a", &["      More", "", "      - [ ] one", "        - two", "\t"]);
        assert_eq!(words.text, "More\n\n- [ ] one\n  - two");
    }
}
