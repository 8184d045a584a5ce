//! Content lines: folded, with parameters and escapes (RFC 5545, 3.1; RFC 6868).

/// A property of a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// Number of the line that it begins in, from 1.
    pub line: usize,
    /// Its name, in upper case.
    pub name: String,
    /// The names, in upper case, and the values of its parameters.
    pub parameters: Vec<[String; 2]>,
    /// Its value, as it is in the file.
    pub value: String,
}

impl Property {
    /// Returns the value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|[key, _]| key == name).map(|[_, value]| value.as_str())
    }

    /// Returns whether a parameter has a value, in any case.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.parameter(name).is_some_and(|found| found.eq_ignore_ascii_case(value))
    }

    /// Returns the value as text.
    pub fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// Returns the texts of a list, without those that are empty.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        let mut is_escaped = false;
        let is_between = move |c: char| {
            let ends = c == ',' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        };
        self.value.split(is_between).map(|text| unescaped(text).trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// Returns a text without its escapes.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match characters.next() {
            Some('n' | 'N') => plain.push('\n'),
            Some(c @ ('\\' | ';' | ',' | ':' | '"')) => plain.push(c),
            // What is no escape was meant as it is written.
            Some(c) => plain.extend(['\\', c]),
            None => plain.push('\\'),
        }
    }
    plain
}

/// Reads the lines of a file, unfolded, each with its number and, if it can be read, its property.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, String, Option<Property>)> {
    let mut physical = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).enumerate().peekable();
    std::iter::from_fn(move || {
        loop {
            let (index, first) = physical.next()?;
            let mut line = first.to_owned();
            while let Some((_, more)) = physical.next_if(|(_, next)| next.starts_with([' ', '\t'])) {
                line.extend(more.chars().skip(1));
            }
            if !line.trim().is_empty() {
                let property = property(index + 1, &line);
                return Some((index + 1, line, property));
            }
        }
    })
}

/// Reads a property. Returns `None` if the line is none.
fn property(number: usize, line: &str) -> Option<Property> {
    let end = line.find([';', ':'])?;
    let (name, mut rest) = line.split_at_checked(end)?;
    let name = name.trim();
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_');
    if !is_name(name) {
        return None;
    }
    let mut parameters = Vec::new();
    while let Some(parameter) = rest.strip_prefix(';') {
        let (key, value) = parameter.split_once('=')?;
        let (value, after) = parameter_value(value)?;
        parameters.push([key.trim().to_ascii_uppercase(), value]);
        rest = after;
    }
    let value = rest.strip_prefix(':')?.to_owned();
    Some(Property { line: number, name: name.to_ascii_uppercase(), parameters, value })
}

/// Splits the value of a parameter, which may be in quotation marks, from what is after it.
fn parameter_value(text: &str) -> Option<(String, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(['"', ';', ':'])?;
        let (value, after) = text.split_at_checked(at)?;
        from = match after.strip_prefix('"').map(|quoted| quoted.find('"')) {
            None => return Some((decoded(value), after)),
            Some(Some(length)) => at + length + 2,
            // A quotation mark that is never closed is a character like others.
            Some(None) => at + 1,
        };
    }
}

/// Returns the value of a parameter without its quotation marks and escapes.
fn decoded(value: &str) -> String {
    let value = value.replace('"', "");
    if !value.contains('^') {
        return value.trim().to_owned();
    }
    value.replace("^n", "\n").replace("^'", "\"").replace("^^", "^").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        lines(text)
            .map(|(number, line, property)| match property {
                Some(Property { name, parameters, value, .. }) => format!("{number} {name} {parameters:?} {value}"),
                None => format!("{number} ! {line}"),
            })
            .collect()
    }

    #[test]
    fn lines_are_unfolded_and_split() {
        let check = |text: &str, expect: &[&str]| assert_eq!(read(text), expect, "{text:?}");
        check("SUMMARY:A\r\n  b\r\n\tc\r\n\r\nuid:x", &["1 SUMMARY [] A bc", "5 UID [] x"]);
        check(
            "DTSTART;TZID=\"a:b;c\";value=DATE-TIME:2024",
            &["1 DTSTART [[\"TZID\", \"a:b;c\"], [\"VALUE\", \"DATE-TIME\"]] 2024"],
        );
        check("X;N=say ^'hi^':v:w", &["1 X [[\"N\", \"say \\\"hi\\\"\"]] v:w"]);
        check("no colon here\nA:b", &["1 ! no colon here", "2 A [] b"]);
        check("two words: x", &["1 ! two words: x"]);
        check("A;B:c", &["1 ! A;B:c"]);
        check("A;B=\"c:d", &["1 A [[\"B\", \"c\"]] d"]);
        check(" folded onto nothing", &["1 !  folded onto nothing"]);
    }

    #[test]
    fn texts_are_unescaped() {
        let property = |value: &str| Property { value: value.to_owned(), ..Property::default() };
        assert_eq!(property(r"a\, b\; c\\d\ne\Nf\x \").text(), "a, b; c\\d\ne\nf\\x \\");
        assert_eq!(property(r"Work, A\,B,,x").texts().collect::<Vec<_>>(), ["Work", "A,B", "x"]);
    }
}
