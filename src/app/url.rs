//! Which addresses of a document are opened.

/// Whether an address may be opened in the browser or the mail program: only those of the web and of mail are, since
/// any other scheme may start a program.
#[must_use]
pub(super) fn is_openable(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let is_scheme = |known: &&&str| scheme.eq_ignore_ascii_case(known);
    let is_readable = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    match ["http", "https", "mailto"].iter().find(is_scheme) {
        Some(&"mailto") => is_readable && !rest.is_empty(),
        Some(_) => is_readable && rest.strip_prefix("//").is_some_and(|host| !host.is_empty()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_openable;

    #[test]
    fn only_addresses_of_the_web_and_of_mail_are_opened() {
        let check = |url: &str, expect: bool| assert_eq!(is_openable(url), expect, "{url:?}");
        check("https://www.cfr.org/report", true);
        check("HTTP://example.org", true);
        check("mailto:desk@example.org", true);
        for url in [
            "",
            "example.org",
            "https:",
            "https://",
            "https:/example.org",
            "mailto:",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://host/share",
            "vscode://open",
            "data:text/html,x",
            "httpx://example.org",
            " https://example.org",
            "https://example.org/a b",
            "https://example.org/\n",
        ] {
            check(url, false);
        }
    }
}
