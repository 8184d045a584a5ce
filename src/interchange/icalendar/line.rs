//! Content lines: escaped and folded (RFC 5545, 3.1 and 3.3.11).

/// A property of a component, its value as it is in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, each with the semicolon before it; none of their values needs quotes.
    pub parameters: &'static str,
    /// Its value.
    pub value: String,
}

impl Property {
    /// Returns a property whose value is a text.
    #[must_use]
    pub fn text(name: &'static str, text: &str) -> Self {
        Self::raw(name, "", escaped(text))
    }

    /// Returns a property whose value is as it has to be.
    #[must_use]
    pub fn raw(name: &'static str, parameters: &'static str, value: String) -> Self {
        Self { name, parameters, value }
    }

    /// Returns the lines of the property, each with its end.
    #[must_use]
    pub fn lines(&self) -> String {
        folded(&format!("{}{}:{}", self.name, self.parameters, self.value))
    }
}

/// Returns a text with the signs escaped that mean something in a list of texts. Control characters, which no text may
/// have, are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Returns a line in lines of at most 75 bytes, of which all but the first begin with a space. No character is torn.
pub(super) fn folded(line: &str) -> String {
    /// Maximum length of a line, in bytes, without its end.
    const MOST: usize = 75;
    let mut folded = String::with_capacity(line.len() + line.len() / 24 + 4);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > MOST {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\r\ne\u{1}\t\"x\": y"), "a\\, b\\; c\\\\d\\ne\t\"x\": y");
    }

    #[test]
    fn lines_are_folded_by_bytes() {
        assert_eq!(folded("A:b"), "A:b\r\n");
        assert_eq!(folded(&"x".repeat(75)), "x".repeat(75) + "\r\n");
        assert_eq!(folded(&"x".repeat(76)), "x".repeat(75) + "\r\n x\r\n");
        let line = format!("SUMMARY:{}", "한😀".repeat(60));
        let lines = folded(&line);
        assert!(lines.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(lines.replace("\r\n ", ""), line + "\r\n");
    }
}
