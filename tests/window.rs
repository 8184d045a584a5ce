//! A real window on a virtual display: it comes up, is clicked at an event, and exports a PNG.
//!
//! Ignored in a plain `cargo test`, which must pass without a display. It needs Xvfb and xdotool:
//! `cargo test --release --test window -- --ignored`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A child process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A virtual display and its name.
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

fn xdotool(display: &str, arguments: &[&str]) -> String {
    let output =
        Command::new("xdotool").env("DISPLAY", display).args(arguments).output().expect("xdotool is installed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Asks again until there is an answer; half a minute is a failure.
fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "{what} did not happen");
        // Polled: neither the X server nor the file system tells us here.
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "needs Xvfb and xdotool"]
fn a_window_is_clicked_and_exports() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, display) = display();
    let mut program = Command::new(env!("CARGO_BIN_EXE_longview"))
        .arg("-v")
        .current_dir(folder.path())
        .env("DISPLAY", &display)
        // No portal and no zenity: the form asks for a path itself.
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env("PATH", "")
        .env("XDG_DATA_HOME", folder.path().join("own"))
        .env_remove("WAYLAND_DISPLAY")
        .stderr(Stdio::piped())
        .spawn()
        .map(Running)
        .expect("the program runs");
    let mut said = BufReader::new(program.0.stderr.take().expect("its standard error"));
    let mut line = String::new();
    said.read_line(&mut line).expect("the first frame is reported");
    assert!(line.starts_with("first frame"), "{line}");

    let id = program.0.id().to_string();
    let window = until("a window", || {
        let found = xdotool(&display, &["search", "--onlyvisible", "--pid", &id]);
        found.lines().next().map(str::to_owned).filter(|id| !id.is_empty())
    });
    xdotool(&display, &["windowmove", &window, "0", "0", "windowsize", &window, "1280", "800", "windowfocus", &window]);
    until("the title", || {
        xdotool(&display, &["getwindowname", &window]).contains("Still Distant Neighbors").then_some(())
    });
    // The title of the treaty, where the layout has put it for this size of window.
    xdotool(&display, &["mousemove", "230", "155", "click", "1"]);
    let target = folder.path().join("clicked.png");
    let bytes = until("the picture", || {
        save(&display, &target);
        std::fs::read(&target).ok()
    });
    check_picture(&bytes);
    drop(program);
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("its standard error");
    assert_eq!(rest, "", "nothing else is said");
}

/// Starts the program on a document and waits for its window.
fn window_on(display: &str, document: &str) -> (Running, String) {
    // What the program remembers is of this window alone: not the size of text that another test has chosen.
    let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join(display.trim_start_matches(':'));
    drop(std::fs::remove_dir_all(&own));
    let program = Command::new(env!("CARGO_BIN_EXE_longview"))
        .arg(document)
        .env("DISPLAY", display)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_DATA_HOME", &own)
        .stderr(Stdio::null())
        .spawn()
        .map(Running)
        .expect("the program runs");
    let id = program.0.id().to_string();
    let window = until("a window", || {
        let found = xdotool(display, &["search", "--onlyvisible", "--pid", &id]);
        found.lines().next().map(str::to_owned).filter(|id| !id.is_empty())
    });
    (program, window)
}

#[test]
#[ignore = "needs Xvfb and xdotool"]
fn a_window_of_any_size_stays_open() {
    let (_server, display) = display();
    for document in ["timeline.ron", "no such file.ron"] {
        let (mut program, window) = window_on(&display, document);
        for [width, height] in [["300", "600"], ["1", "1"], ["600", "300"], ["320", "240"], ["1280", "800"]] {
            xdotool(&display, &["windowsize", "--sync", &window, width, height]);
            assert!(program.0.try_wait().expect("its state").is_none(), "{document}: ended at {width} x {height}");
        }
        // The largest text, and the way back to a key that means an action.
        for _ in 0..45 {
            xdotool(&display, &["windowfocus", &window, "key", "ctrl+plus"]);
        }
        xdotool(&display, &["key", "ctrl+q"]);
        let ended = until("its end", || program.0.try_wait().expect("its state"));
        assert!(ended.success(), "{document}: {ended}");
    }
}

/// Opens the form, presses its button, and answers where it asks for a path because there is no dialog. What comes too
/// early is lost, so the caller tries again.
fn save(display: &str, target: &Path) {
    let pause = || std::thread::sleep(Duration::from_millis(300));
    xdotool(display, &["key", "ctrl+e"]);
    pause();
    xdotool(display, &["key", "Return"]);
    pause();
    xdotool(display, &["key", "ctrl+a"]);
    xdotool(display, &["type", &target.to_string_lossy()]);
    xdotool(display, &["key", "Return"]);
    pause();
}

/// The picture has the size of the chart at scale 2, and the event that was clicked is marked in it.
fn check_picture(bytes: &[u8]) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut pixels).expect("whole pixel data");
    assert!(info.width >= 1600 && info.height >= 1200, "{} x {}", info.width, info.height);
    let accent = [0x2a, 0x59, 0xab];
    let marked = pixels.chunks_exact(3).filter(|pixel| *pixel == accent).count();
    assert!(marked > 100, "the clicked event is marked by {marked} pixels only");
}
