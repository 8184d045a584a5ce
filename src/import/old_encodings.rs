//! Encodings that a file of a family tree names, and that no other text is in: ANSEL and code page 437.
//!
//! Source: GEDCOM 5.5.1, chapter 3 and appendix C; ANSI/NISO Z39.47.

use unicode_normalization::UnicodeNormalization;

use super::encoding::Encoding;

/// Decodes a file by the encoding that its header names: `1 CHAR ANSEL`. Returns `None` if it names none of these, or is
/// in UTF-8 whatever it says.
pub(super) fn decode_as_named(bytes: &[u8]) -> Option<(String, Encoding)> {
    /// Number of bytes that a header is found in.
    const HEAD: usize = 4096;
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    let mut lines = head.split(['\r', '\n']).map(str::split_whitespace);
    let name = lines.find_map(|mut words| {
        (words.next() == Some("1") && words.next() == Some("CHAR")).then(|| words.next().unwrap_or_default())
    })?;
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    match name.to_ascii_uppercase().as_str() {
        "ANSEL" => Some((ansel(bytes), Encoding::Ansel)),
        "IBMPC" | "IBM-PC" | "IBM" | "OEM" => {
            Some((bytes.iter().copied().map(code_page_437).collect(), Encoding::Cp437))
        }
        _ => None,
    }
}

/// Decodes ANSEL, in which marks stand before the letter that they belong to.
fn ansel(bytes: &[u8]) -> String {
    let mut marks: Vec<char> = Vec::new();
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if let Some(mark) = ansel_mark(byte) {
            marks.push(mark);
            continue;
        }
        text.push(ansel_letter(byte));
        text.extend(marks.drain(..));
    }
    text.extend(marks);
    text.nfc().collect()
}

/// Returns the combining mark of a byte.
fn ansel_mark(byte: u8) -> Option<char> {
    const MARKS: [u32; 31] = [
        0x309, 0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x30c, 0x30a, 0xfe20, 0xfe21, 0x315, 0x30b,
        0x310, 0x327, 0x328, 0x323, 0x324, 0x325, 0x333, 0x332, 0x326, 0x31c, 0x32e, 0xfe22, 0xfe23, 0x338, 0, 0x313,
    ];
    let mark = *MARKS.get(usize::from(byte.checked_sub(0xe0)?))?;
    char::from_u32(mark).filter(|mark| *mark != '\0')
}

fn ansel_letter(byte: u8) -> char {
    const LETTERS: [(u8, char); 41] = [
        (0xa1, 'Ł'),
        (0xa2, 'Ø'),
        (0xa3, 'Đ'),
        (0xa4, 'Þ'),
        (0xa5, 'Æ'),
        (0xa6, 'Œ'),
        (0xa7, 'ʹ'),
        (0xa8, '·'),
        (0xa9, '♭'),
        (0xaa, '®'),
        (0xab, '±'),
        (0xac, 'Ơ'),
        (0xad, 'Ư'),
        (0xae, 'ʼ'),
        (0xb0, 'ʻ'),
        (0xb1, 'ł'),
        (0xb2, 'ø'),
        (0xb3, 'đ'),
        (0xb4, 'þ'),
        (0xb5, 'æ'),
        (0xb6, 'œ'),
        (0xb7, 'ʺ'),
        (0xb8, 'ı'),
        (0xb9, '£'),
        (0xba, 'ð'),
        (0xbc, 'ơ'),
        (0xbd, 'ư'),
        (0xbe, '□'),
        (0xbf, '■'),
        (0xc0, '°'),
        (0xc1, 'ℓ'),
        (0xc2, '℗'),
        (0xc3, '©'),
        (0xc4, '♯'),
        (0xc5, '¿'),
        (0xc6, '¡'),
        (0xc7, 'ß'),
        (0xc8, '€'),
        (0xcd, 'e'),
        (0xce, 'o'),
        (0xcf, 'ß'),
    ];
    if byte.is_ascii() {
        return char::from(byte);
    }
    let found = LETTERS.iter().find(|(of, _)| *of == byte);
    found.map_or(char::REPLACEMENT_CHARACTER, |(_, letter)| *letter)
}

fn code_page_437(byte: u8) -> char {
    const HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                        αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    if byte.is_ascii() {
        return char::from(byte);
    }
    HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_encoding_is_read() {
        let check = |named: &str, name: &[u8], expect: Option<(&str, Encoding)>| {
            let file = [format!("0 HEAD\r\n1 CHAR {named}\r\n1 NAME ").as_bytes(), name].concat();
            let found = decode_as_named(&file);
            let found = found.as_ref().map(|(text, encoding)| (text.rsplit("NAME ").next().unwrap_or(""), *encoding));
            assert_eq!(found, expect, "{named}");
        };
        check("ANSEL", b"Bront\xe8e \xa2re \xcf", Some(("Brontë Øre ß", Encoding::Ansel)));
        check("ANSEL", b"Nguy\xe3\xe2en \xff\xe8", Some(("Nguyến \u{fffd}\u{308}", Encoding::Ansel)));
        check("ANSEL", "Brontë".as_bytes(), None);
        check("IBMPC", b"Bront\x89 \xe1", Some(("Brontë ß", Encoding::Cp437)));
        check("ANSI", b"Bront\xeb", None);
        check("UTF-8", b"Bront\xeb", None);
    }
}
