//! What character codes of a font mean: the maps of PDF (ISO 32000-2, 9.7.5 and 9.10.3).

use std::collections::HashMap;

/// Maximum number of codes and ranges that are kept of a map.
const MOST_ENTRIES: usize = 200_000;

/// A map from the character codes of a font to texts, and to the numbers of its characters.
#[derive(Debug, Default)]
pub(super) struct CMap {
    texts: HashMap<u32, String>,
    /// Codes from the first to the second, with the text of the first one.
    ranges: Vec<(u32, u32, String)>,
    /// Codes from the first to the second, with the number of the first one.
    numbers: Vec<(u32, u32, u32)>,
    /// The codes that there are: their length in bytes, and their bounds.
    spaces: Vec<(usize, u32, u32)>,
}

/// A part of such a map.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A string.
    Text(Vec<u8>),
    /// A list of strings.
    List(Vec<Vec<u8>>),
    Number(u32),
}

impl CMap {
    /// Reads a map.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<Token> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let rest = bytes.get(at..).unwrap_or_default();
            match byte {
                b'%' => at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len()),
                b'<' if rest.starts_with(b"<<") => at += 2,
                b'<' => {
                    let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
                    let text = from_hex(rest.get(1..end).unwrap_or_default());
                    match &mut list {
                        Some(list) => list.push(text),
                        None => operands.push(Token::Text(text)),
                    }
                    at += end + 1;
                }
                b'[' => {
                    list = Some(Vec::new());
                    at += 1;
                }
                b']' => {
                    operands.extend(list.take().map(Token::List));
                    at += 1;
                }
                _ if byte.is_ascii_alphanumeric() => {
                    let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
                    let word = rest.get(..end).unwrap_or_default();
                    at += end;
                    if let Some(number) = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok()) {
                        operands.push(Token::Number(number));
                    } else {
                        map.take(word, &operands);
                        operands.clear();
                    }
                }
                _ => at += 1,
            }
        }
        map
    }

    /// Takes in the operands that come before an operator.
    fn take(&mut self, operator: &[u8], operands: &[Token]) {
        if self.texts.len() + self.ranges.len() + self.numbers.len() + self.spaces.len() > MOST_ENTRIES {
            return;
        }
        let (pairs, _) = operands.as_chunks::<2>();
        let (triples, _) = operands.as_chunks::<3>();
        match operator {
            b"endbfchar" => {
                for pair in pairs {
                    if let [Token::Text(code), Token::Text(text)] = pair {
                        self.texts.insert(number(code), utf16(text));
                    }
                }
            }
            b"endbfrange" => {
                for triple in triples {
                    match triple {
                        [Token::Text(first), Token::Text(last), Token::Text(text)] => {
                            self.ranges.push((number(first), number(last), utf16(text)));
                        }
                        [Token::Text(first), Token::Text(_), Token::List(texts)] => {
                            let codes = (number(first)..).zip(texts);
                            self.texts.extend(codes.map(|(code, text)| (code, utf16(text))));
                        }
                        _ => {}
                    }
                }
            }
            b"endcidrange" => {
                for triple in triples {
                    if let [Token::Text(first), Token::Text(last), Token::Number(cid)] = triple {
                        self.numbers.push((number(first), number(last), *cid));
                    }
                }
            }
            b"endcidchar" => {
                for pair in pairs {
                    if let [Token::Text(code), Token::Number(cid)] = pair {
                        self.numbers.push((number(code), number(code), *cid));
                    }
                }
            }
            b"endcodespacerange" => {
                for pair in pairs {
                    if let [Token::Text(first), Token::Text(last)] = pair {
                        self.spaces.push((first.len(), number(first), number(last)));
                    }
                }
            }
            _ => {}
        }
    }

    /// Returns the text of a code. Returns `None` if the map has none.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.texts.get(&code) {
            return Some(text.clone());
        }
        let (first, _, text) = self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&code))?;
        let mut signs: Vec<char> = text.chars().collect();
        let last = signs.pop()?;
        signs.push(char::from_u32(u32::from(last).checked_add(code - first)?)?);
        Some(signs.into_iter().collect())
    }

    /// Returns the number of the character of a code.
    pub(super) fn number(&self, code: u32) -> Option<u32> {
        let (first, _, number) = self.numbers.iter().find(|(first, last, _)| (*first..=*last).contains(&code))?;
        number.checked_add(code - first)
    }

    /// Returns how many bytes the first code of a string has.
    pub(super) fn length(&self, bytes: &[u8], usual: usize) -> usize {
        let fits = |(length, first, last): &(usize, u32, u32)| {
            bytes.get(..*length).is_some_and(|code| (*first..=*last).contains(&number(code))).then_some(*length)
        };
        self.spaces.iter().find_map(fits).unwrap_or(usual).max(1)
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn from_hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).map(|digit| digit as u8).collect();
    digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit) << (4 * (2 - pair.len())))
        .collect()
}

/// Returns the text of bytes in UTF-16, big endian.
pub(super) fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_texts_and_numbers() {
        let map = CMap::read(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <00><80> <8140> <FFFF> endcodespacerange\n\
            2 beginbfchar <01> <0041> % a comment <02> <0042>\n <02> <00660066> endbfchar\n\
            2 beginbfrange <0010> <0012> <0061> <0020><0021>[<0058> <D83DDE00>] endbfrange\n\
            1 begincidrange <0100> <01ff> 7 endcidrange 1 begincidchar <0005> 99 endcidchar endcmap",
        );
        let texts = [1, 2, 0x10, 0x12, 0x20, 0x21, 0x22].map(|code| map.text(code));
        let expect = [Some("A"), Some("ff"), Some("a"), Some("c"), Some("X"), Some("😀"), None];
        assert_eq!(texts, expect.map(|text| text.map(str::to_owned)));
        assert_eq!([0x100, 0x101, 5, 6].map(|code| map.number(code)), [Some(7), Some(8), Some(99), None]);
        assert_eq!((map.length(b"\x41\x42", 2), map.length(b"\x90\x42", 1)), (1, 2));
    }
}
