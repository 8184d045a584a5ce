//! Titles, made from a text where there is none.

/// Maximum length of a title, in characters: a line.
pub const MOST: usize = 100;

/// Returns a title for a text: its first sentence or line, cut between words if it is longer than a line. Returns
/// `None` if the text has no words.
#[must_use]
pub fn title_of(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| line.chars().any(char::is_alphanumeric))?;
    let marks = |line: &'_ str| ["- ", "* ", "> ", "# "].iter().any(|mark| line.starts_with(mark));
    let mut line = line;
    while marks(line) {
        line = line.get(2..).unwrap_or_default().trim_start();
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let line = words.join(" ");
    let sentence = sentence(&line);
    if sentence.chars().count() <= MOST {
        return Some(sentence.trim_end_matches(['.', ',', ';', ':']).to_owned());
    }
    let mut title = String::new();
    for word in sentence.split(' ') {
        if title.chars().count() + word.chars().count() + 2 > MOST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    if title.is_empty() {
        // A single word that is longer than a line, as in writings without spaces.
        title = sentence.chars().take(MOST - 1).collect();
    }
    let title = title.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != ')' && c != '"');
    Some(format!("{title}…"))
}

/// Returns whether a title is longer than a line.
#[must_use]
pub fn is_too_long(title: &str) -> bool {
    title.lines().count() > 1 || title.chars().nth(MOST).is_some()
}

/// Returns the first sentence of a line: up to a full stop before a space and a capital, unless a word of one or two
/// letters is before it, as in "J. F. Kennedy" and "Dr. No".
fn sentence(line: &str) -> &str {
    for (at, sign) in line.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。')) {
        let (before, after) = (&line[..at], &line[at + sign.len_utf8()..]);
        if sign == '。' {
            return &line[..at + sign.len_utf8()];
        }
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_short = word.chars().count() < 3 && !word.chars().all(|c| c.is_ascii_digit());
        let begins = after.strip_prefix(' ').and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
        if begins && !is_short {
            return &line[..at + sign.len_utf8()];
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_sentence() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(title_of(text).as_deref(), expect, "{text}");
        check("", None);
        check(" -- \n", None);
        check("\n  Oswald moves  to New Orleans. He finds work.", Some("Oswald moves to New Orleans"));
        check("J. F. Kennedy is shot. Dr. No", Some("J. F. Kennedy is shot"));
        check("In 1848. Then", Some("In 1848"));
        check("- wheat: 41\n- wages: 5", Some("wheat: 41"));
        check("> # Of a quotation", Some("Of a quotation"));
        check("-5 °C", Some("-5 °C"));
        check("今日は。明日", Some("今日は。"));
        let long = "word ".repeat(40);
        let title = title_of(&long).expect("a title");
        assert!(title.ends_with("word…") && title.chars().count() <= MOST);
        let one = title_of(&"한".repeat(300)).expect("a title");
        assert_eq!(one.chars().count(), MOST);
    }
}
