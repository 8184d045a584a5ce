//! How the text of a file is encoded.

use std::borrow::Cow;

/// How the text of a file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// Windows-1252, of which Latin-1 is a part: guessed, as the file is not UTF-8.
    Windows1252,
    /// ANSEL, as a file of a family tree says.
    Ansel,
    /// Code page 437, as a file of a family tree says.
    Cp437,
}

impl Encoding {
    /// Returns whether it is the usual one, which need not be said.
    #[must_use]
    pub fn is_usual(self) -> bool {
        self == Self::Utf8
    }

    /// Returns its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
            Self::Ansel => "ansel",
            Self::Cp437 => "cp437",
        }
    }

    /// Returns its name for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252 (guessed)",
            Self::Ansel => "ANSEL",
            Self::Cp437 => "code page 437",
        }
    }
}

/// Decodes a text. Returns `None` if the bytes are not text.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, Encoding)> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Some((utf16(rest, u16::from_le_bytes), Encoding::Utf16Le));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Some((utf16(rest, u16::from_be_bytes), Encoding::Utf16Be));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Text in UTF-16 without a mark: every other byte of its first characters is zero.
    let head = bytes.get(..64).unwrap_or(bytes);
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    if head.len() >= 4 && zeros(1) * 4 > head.len() && zeros(0) == 0 {
        return Some((utf16(bytes, u16::from_le_bytes), Encoding::Utf16Le));
    }
    if head.len() >= 4 && zeros(0) * 4 > head.len() && zeros(1) == 0 {
        return Some((utf16(bytes, u16::from_be_bytes), Encoding::Utf16Be));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((Cow::Borrowed(text), Encoding::Utf8));
    }
    if let Some(text) = unfolded_characters(bytes) {
        return Some((Cow::Owned(text), Encoding::Utf8));
    }
    // A file with zeros, or one cut within a character of UTF-8, is not Windows-1252.
    let head = bytes.get(..4096).unwrap_or(bytes);
    if head.contains(&0) {
        return None;
    }
    Some((Cow::Owned(bytes.iter().copied().map(windows_1252).collect()), Encoding::Windows1252))
}

/// Returns the UTF-8 of a calendar whose lines were folded within characters, as programs do that count bytes: each fold
/// is moved behind the character that it is in. Returns `None` if the bytes are none.
fn unfolded_characters(bytes: &[u8]) -> Option<String> {
    const FOLDS: [&[u8]; 4] = [b"\r\n ", b"\r\n\t", b"\n ", b"\n\t"];
    if !bytes.trim_ascii_start().starts_with(b"BEGIN:V") {
        return None;
    }
    let mut text = Vec::with_capacity(bytes.len());
    let mut moved: Vec<u8> = Vec::new();
    // Number of bytes that the character still lacks.
    let mut missing = 0;
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        if missing > 0
            && let Some((fold, after)) = FOLDS.iter().find_map(|fold| Some((*fold, rest.strip_prefix(*fold)?)))
        {
            moved.extend_from_slice(fold);
            rest = after;
            continue;
        }
        text.push(*byte);
        rest = after;
        missing = match byte {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            0x80..=0xBF if missing > 0 => missing - 1,
            _ => 0,
        };
        if missing == 0 {
            text.append(&mut moved);
        }
    }
    String::from_utf8(text).ok()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'_, str> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().copied().map(unit);
    Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// Returns the character of a byte in Windows-1252, as the WHATWG defines it: the bytes that it leaves undefined are
/// control characters.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_recognised() {
        let check = |bytes: &[u8], text: &str, encoding: Encoding| {
            let (found, as_encoding) = decode(bytes).expect("a text");
            assert_eq!((found.as_ref(), as_encoding), (text, encoding));
        };
        check("año".as_bytes(), "año", Encoding::Utf8);
        check(b"\xEF\xBB\xBFa", "a", Encoding::Utf8);
        check(b"", "", Encoding::Utf8);
        check(b"BEGIN:V\nA:\xED\x95\r\n \x9C.\r\n b", "BEGIN:V\nA:한\r\n .\r\n b", Encoding::Utf8);
        check(b"a\xF1o \x93x\x94", "año “x”", Encoding::Windows1252);
        let units: Vec<u16> = "date,año 한".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        check(&little, "date,año 한", Encoding::Utf16Le);
        check(&big, "date,año 한", Encoding::Utf16Be);
        check(&[b"\xFF\xFE".as_slice(), &little].concat(), "date,año 한", Encoding::Utf16Le);
        check(&[b"\xFE\xFF".as_slice(), &big].concat(), "date,año 한", Encoding::Utf16Be);
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    }
}
