//! Strings in the style of the ones that they replace.

use crate::document::Value;

/// Returns a value as text, on one line: a string as raw as the one that it replaces, where it can be.
pub(super) fn in_place_of(old: &str, value: &Value<'_>) -> String {
    let plain = value.flat();
    let (Value::Text(text), Some(raw)) = (value, old.strip_prefix('r')) else { return plain };
    let hashes = raw.chars().take_while(|c| *c == '#').count();
    let fence = "#".repeat(hashes);
    // A text that has characters which are not seen is written with escapes.
    let is_raw = !plain.starts_with('"') || plain.get(1..plain.len() - 1) == Some(&**text);
    if is_raw && !text.contains(&format!("\"{fence}")) { format!("r{fence}\"{text}\"{fence}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_strings_stay_raw() {
        let check = |old: &str, text: &str, expect: &str| {
            let new = in_place_of(old, &Value::Text(text.into()));
            assert_eq!(new, expect);
            assert_eq!(ron::from_str::<String>(&new).as_deref(), Ok(text));
        };
        check("\"a\"", "b", "\"b\"");
        check("r#\"a\"#", "b", "r#\"b\"#");
        check("r\"a\"", "\"b\"", "r#\"\"b\"\"#");
        check("r##\"a\"##", "b \"# c", "r##\"b \"# c\"##");
        check("r#\"a\"#", "\u{202e}", "\"\\u{202e}\"");
        check("None", "b", "\"b\"");
    }
}
