//! Rewrites several dates with commas, "and" or "or" between them as EDTF sets.

/// Rewrites "1776, 1789, 1812" as `{1776,1789,1812}`, "1997 or 1999" as `[1997,1999]`.
pub(super) fn rewrite(text: &str) -> Vec<String> {
    let is_or = text.starts_with('[') || text.contains(" or ");
    let text = text.trim().trim_start_matches(['[', '{']).trim_end_matches([']', '}']);
    let text = text.replace(" or ", ",").replace(" and ", ",").replace([';', '|', '&', '\u{ff5c}'], ",");
    let members: Vec<String> = text.split(',').map(str::trim).filter(|member| !member.is_empty()).map(member).collect();
    if members.len() < 2 {
        return Vec::new();
    }
    let members = members.join(",");
    vec![if is_or { format!("[{members}]") } else { format!("{{{members}}}") }]
}

/// Rewrites a member of a list; a span in it is written with dots.
fn member(text: &str) -> String {
    let text = text.trim_matches(['[', ']']);
    match super::spans::rewrite(text).as_slice() {
        [span] => span.replace('/', ".."),
        // The member may be a month or a shortened year.
        _ => text.replace('/', ".."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        for (text, expect) in [
            ("1776, 1789, 1812", "{1776,1789,1812}"),
            ("1997 or 1999", "[1997,1999]"),
            ("1860, [1862]", "{1860,1862}"),
            ("2000-01, 2001-01", "{2000-01,2001-01}"),
            ("1997 & 1999", "{1997,1999}"),
            ("1828-30, 1849-51", "{1828..1830,1849..1851}"),
            ("[1667,,1668]", "[1667,1668]"),
            ("1932-1942 or 1948-1949", "[1932..1942,1948..1949]"),
        ] {
            assert_eq!(rewrite(text), [expect], "{text}");
        }
        assert!(rewrite("1965").is_empty() && rewrite("").is_empty() && rewrite(",").is_empty());
    }
}
