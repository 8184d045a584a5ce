//! The program over the real accessibility bus: tests/bus/walk.py walks through it by keyboard and says what is heard.
//!
//! Ignored in a plain `cargo test`, which must pass without a display. It needs what `.ci/run` installs:
//! `cargo test --test bus -- --ignored --nocapture`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A child process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn display() -> (Running, String) {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is installed");
    let mut number = String::new();
    let output = server.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut number).expect("the number of the display");
    (Running(server), format!(":{}", number.trim()))
}

#[test]
#[ignore = "needs Xvfb, openbox, xdotool, dbus, at-spi2-core and python3-gi"]
fn the_program_is_heard_over_the_accessibility_bus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let own = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).expect("a folder");
        path
    };
    let (runtime, home) = (own("runtime"), own("home"));
    let (_server, display) = display();
    // Without a window manager no window is active, and keys go nowhere.
    let _manager = Command::new("openbox")
        .env("DISPLAY", &display)
        .env("HOME", &home)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(Running)
        .expect("openbox is installed");
    let walked = Command::new("dbus-run-session")
        .args(["--", "/usr/bin/python3"])
        .arg(root.join("tests/bus/walk.py"))
        .arg(env!("CARGO_BIN_EXE_longview"))
        .arg(root.join("timeline.ron"))
        .arg(root.join("tests/fixtures/meaning/lanes.ron"))
        .arg(&home)
        .env("DISPLAY", &display)
        .env("HOME", &home)
        .env("XDG_RUNTIME_DIR", &runtime)
        .env_remove("AT_SPI_BUS_ADDRESS")
        .env_remove("NO_AT_BRIDGE")
        .env_remove("WAYLAND_DISPLAY")
        .status()
        .expect("dbus-run-session is installed");
    assert!(walked.success(), "what was expected and not heard is said above: {walked}");
}
