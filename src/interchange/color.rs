//! Colours as CSS writes them -> `#rrggbb`, and back to names.

use crate::timeline::{Color, Hue};

/// The colour names of CSS (CSS Color Module Level 4, 6.1), with their values.
const NAMES: &str = "aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc \
    bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 \
    cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc \
    crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 \
    darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 \
    darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b \
    darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 \
    deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 \
    forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 \
    green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 \
    ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd \
    lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 \
    lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa \
    lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 \
    limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd \
    mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a \
    mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 \
    moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 \
    orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093 \
    papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 \
    rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 \
    sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd \
    slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 \
    thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 \
    yellow ffff00 yellowgreen 9acd32";

/// Returns a colour as `#rrggbb`: a name of CSS, `#rgb`, `#rrggbb`, `rgb(1, 2, 3)`, or three numbers `1,2,3`. How
/// transparent it is is dropped. Returns `None` for anything else.
#[must_use]
pub fn css_color(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    if let Some(digits) = text.strip_prefix('#') {
        return hexadecimal(digits);
    }
    let mut words = NAMES.split_ascii_whitespace();
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        if name == text {
            return Some(format!("#{value}"));
        }
    }
    let inner = ["rgb(", "rgba("].iter().find_map(|function| text.strip_prefix(function)?.strip_suffix(')'));
    let numbers: Vec<&str> =
        inner.unwrap_or(&text).split([',', ' ', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match numbers.as_slice() {
        [red, green, blue] => Some(format!("#{:02x}{:02x}{:02x}", channel(red)?, channel(green)?, channel(blue)?)),
        [red, green, blue, _] if inner.is_some() => {
            Some(format!("#{:02x}{:02x}{:02x}", channel(red)?, channel(green)?, channel(blue)?))
        }
        _ => None,
    }
}

/// Returns the name of CSS for a colour of a document: that of the nearest colour that has one. Returns `None` for a text
/// that is no colour.
#[must_use]
pub fn css_name(color: &str) -> Option<&'static str> {
    let rgb = match Color::parse(color)? {
        Color::Rgb(rgb) => rgb,
        Color::Named(Hue::Amber) => return Some("orange"),
        Color::Named(Hue::Slate) => return Some("slategray"),
        Color::Named(hue) => return Some(hue.name()),
    };
    let mut words = NAMES.split_ascii_whitespace();
    let pairs = std::iter::from_fn(|| Some((words.next()?, words.next()?)));
    let distance = |value: &str| {
        let value = u32::from_str_radix(value, 16).unwrap_or_default();
        let [_, named @ ..] = value.to_be_bytes();
        named.iter().zip(rgb).map(|(a, b)| i32::from(a.abs_diff(b)).pow(2)).sum::<i32>()
    };
    pairs.min_by_key(|(_, value)| distance(value)).map(|(name, _)| name)
}

fn hexadecimal(digits: &str) -> Option<String> {
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 | 4 => Some(digits.chars().take(3).fold("#".to_owned(), |color, digit| format!("{color}{digit}{digit}"))),
        6 | 8 => digits.get(..6).map(|digits| format!("#{digits}")),
        _ => None,
    }
}

/// Returns the value of a channel: a number up to 255, or a share of it.
fn channel(text: &str) -> Option<u8> {
    match text.strip_suffix('%') {
        Some(share) => {
            let share: f32 = share.parse().ok()?;
            (0.0..=100.0).contains(&share).then(|| (share * 2.55).round() as u8)
        }
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_names() {
        let check = |color: &str, expect: Option<&str>| assert_eq!(css_name(color), expect, "{color}");
        check("teal", Some("teal"));
        check("slate", Some("slategray"));
        check("#ff6347", Some("tomato"));
        check("#ff6247", Some("tomato"));
        check("sky", None);
        for hue in Hue::ALL {
            assert!(css_name(hue.name()).and_then(css_color).is_some(), "{hue:?}");
        }
    }

    #[test]
    fn colors_are_read_as_css_writes_them() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(css_color(text).as_deref(), expect, "{text}");
        check("Red", Some("#ff0000"));
        check(" aquamarine ", Some("#7fffd4"));
        check("yellowgreen", Some("#9acd32"));
        check("#abc", Some("#aabbcc"));
        check("#F64F00FF", Some("#f64f00"));
        check("#ffe438", Some("#ffe438"));
        check("255,0,10", Some("#ff000a"));
        check("rgb(1, 2, 3)", Some("#010203"));
        check("rgba(100%, 0%, 50%, 0.5)", Some("#ff0080"));
        check("rgb(1 2 3 / 50%)", Some("#010203"));
        for wrong in ["", "#", "#12", "#gggggg", "256,0,0", "1,2", "1,2,3,4", "rgb(1,2)", "reddish", "f0f8ff"] {
            check(wrong, None);
        }
    }

    #[test]
    fn each_name_has_a_value() {
        let words: Vec<&str> = NAMES.split_ascii_whitespace().collect();
        assert_eq!(words.len(), 2 * 148);
        for pair in words.chunks(2) {
            let [name, value] = pair else { panic!("{pair:?}") };
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
            assert!(value.len() == 6 && u32::from_str_radix(value, 16).is_ok(), "{value}");
        }
    }
}
