//! The names of languages in files before GEDCOM 7, which has their tags.

/// The most common ones of the list of languages in GEDCOM 5.5.1, by their tags in BCP 47.
const NAMES: &str = "Afrikaans=af;Arabic=ar;Armenian=hy;Belorusian=be;Bulgarian=bg;Catalan=ca;Chinese=zh;Croatian=hr;\
    Czech=cs;Danish=da;Dutch=nl;English=en;Estonian=et;Finnish=fi;French=fr;Georgian=ka;German=de;Greek=el;Hebrew=he;\
    Hindi=hi;Hungarian=hu;Icelandic=is;Indonesian=id;Italian=it;Japanese=ja;Korean=ko;Latvian=lv;Lithuanian=lt;\
    Macedonian=mk;Norwegian=no;Persian=fa;Polish=pl;Portuguese=pt;Romanian=ro;Russian=ru;Serb=sr;Slovak=sk;Slovene=sl;\
    Spanish=es;Swedish=sv;Thai=th;Turkish=tr;Ukrainian=uk;Urdu=ur;Vietnamese=vi;Yiddish=yi";

/// Returns the tag of a language: as it is in GEDCOM 7, or of its name.
pub(super) fn tag(text: &str) -> Option<&str> {
    let mut pairs = NAMES.split(';').filter_map(|pair| pair.split_once('='));
    let named = pairs.find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, tag)| tag);
    named.or_else(|| is_tag(text).then_some(text))
}

fn is_tag(text: &str) -> bool {
    let first = text.split('-').next().unwrap_or_default();
    (2..=3).contains(&first.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_tags() {
        for (text, expect) in [
            ("en-US", Some("en-US")),
            ("French", Some("fr")),
            ("german", Some("de")),
            ("Klingon", None),
            ("", None),
            ("ko", Some("ko")),
        ] {
            assert_eq!(tag(text), expect, "{text}");
        }
    }
}
