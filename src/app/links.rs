//! What a link may open.

use egui::{Context, OutputCommand};

use super::command::Command;
use crate::timeline::is_web;

/// Takes back what would open anything but a page of the web or a letter: a document must not start programs or open
/// files. Each is told instead.
pub fn guard(context: &Context, commands: &mut Vec<Command>) {
    context.output_mut(|output| {
        output.commands.retain(|command| match command {
            OutputCommand::OpenUrl(target) if !may_open(&target.url) => {
                commands.push(Command::LinkRefused(target.url.clone()));
                false
            }
            _ => true,
        });
    });
}

fn may_open(address: &str) -> bool {
    let is_letter = || address.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    is_web(address) || is_letter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_are_opened() {
        for (address, expect) in [
            ("https://example.org", true),
            ("Http://example.org/", true),
            ("mailto:a@example.org", true),
            ("MAILTO:a@example.org", true),
            ("file:///etc/passwd", false),
            ("/etc/passwd", false),
            ("smb://host/share", false),
            ("javascript:alert(1)", false),
            ("한국한국", false),
        ] {
            assert_eq!(may_open(address), expect, "{address}");
        }
    }
}
