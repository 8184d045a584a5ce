//! Strings of a document that borrow from its text.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

use super::limits::MAX_STRING_BYTES;

/// A string: a slice of the document's text, or owned if the text contains escapes. At most [`MAX_STRING_BYTES`] are
/// accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<'t>(Cow<'t, str>);

impl Text<'_> {
    /// Returns an owned copy of the string.
    #[must_use]
    pub fn to_owned(&self) -> String {
        self.0.clone().into_owned()
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de: 't, 't> Deserialize<'de> for Text<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowing;

        impl<'de> Visitor<'de> for Borrowing {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Text<'de>, E> {
                limited(Cow::Borrowed(value))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Text<'de>, E> {
                limited(Cow::Owned(value.to_owned()))
            }

            fn visit_string<E: Error>(self, value: String) -> Result<Text<'de>, E> {
                limited(Cow::Owned(value))
            }
        }

        deserializer.deserialize_str(Borrowing)
    }
}

fn limited<E: Error>(value: Cow<'_, str>) -> Result<Text<'_>, E> {
    if value.len() > MAX_STRING_BYTES {
        return Err(E::custom(format_args!("a string may have at most {MAX_STRING_BYTES} bytes")));
    }
    Ok(Text(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_escapes_stays_where_it_is() {
        let check = |literal: &str, value: &str, stays: bool| {
            let text: Text<'_> = ron::from_str(literal).expect("a string");
            assert_eq!(text.as_ref(), value);
            assert_eq!(matches!(text.0, Cow::Borrowed(_)), stays, "{literal}");
        };
        check("\"한국\"", "한국", true);
        check("r#\"a \"word\" \\\"#", "a \"word\" \\", true);
        check(r#""a \"word\"""#, "a \"word\"", false);
    }

    #[test]
    fn the_limit_is_on_the_value() {
        let most = "x".repeat(MAX_STRING_BYTES);
        assert!(ron::from_str::<Text<'_>>(&format!("\"{most}\"")).is_ok());
        assert!(ron::from_str::<Text<'_>>(&format!("\"{most}x\"")).is_err());
        assert!(ron::from_str::<Text<'_>>(&format!("r\"{most}x\"")).is_err());
        assert!(ron::from_str::<Text<'_>>(&format!("\"{}\"", "\\n".repeat(MAX_STRING_BYTES))).is_ok());
        assert!(ron::from_str::<Text<'_>>(&format!("\"{}\"", "\\n".repeat(MAX_STRING_BYTES + 1))).is_err());
    }
}
