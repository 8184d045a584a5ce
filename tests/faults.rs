//! Disks that fail, for real: full, read-only, forbidden. Each is named, and the old file stays as it was.
//!
//! Ignored in a plain `cargo test`: it mounts file systems of its own, in a namespace that ends with each run. It needs
//! Linux with util-linux, and to be root or to be let make user namespaces: `cargo test --test faults -- --ignored`.

#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

/// Runs a script of the shell where it may mount, the program being `$LONGVIEW`, in a folder of its own.
fn run(script: &str) -> Output {
    /// As root of a namespace of users, else as the root that one is.
    const WAYS: [&[&str]; 2] = [&["--user", "--map-root-user", "--mount"], &["--mount"]];
    let can_mount = |way: &&[&str]| {
        let tried = Command::new("unshare").args(*way).args(["mount", "-t", "tmpfs", "tmpfs", "/mnt"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    let way = WAYS.into_iter().find(can_mount).expect("unshare may make a namespace of mounts");
    let folder = tempfile::tempdir().expect("a folder");
    let script = format!("mkdir disk; mount -t tmpfs -o size=256k tmpfs disk\n{script}");
    let mut command = Command::new("unshare");
    command.args(way).args(["sh", "-ec", &script]).current_dir(folder.path());
    command.env("LONGVIEW", env!("CARGO_BIN_EXE_longview")).output().expect("the shell runs")
}

/// What the program says, and how it ends, where `break_it` has been done to a folder `disk` that holds a picture.
/// The old picture must be whole, and nothing left beside it.
fn fault(break_it: &str, output: &str) -> String {
    let script = format!(
        r#"
        echo old > disk/old.png
        {break_it}
        code=0
        $PRIVILEGE "$LONGVIEW" export --size 1280x800 -o {output} 2> said || code=$?
        echo "exit $code"
        cat said disk/old.png
        rm -f disk/filler
        ls -A disk
        "#
    );
    let output = run(&script);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let (code, rest) = said.split_once('\n').expect("an exit code");
    assert_eq!(code, "exit 1", "{rest}");
    let message = rest.strip_suffix("\nold\nold.png\n").expect("the old file, whole and alone");
    message.to_owned()
}

#[test]
#[ignore = "mounts file systems"]
fn a_full_disk() {
    // A page stays free: the new file can be made, and not be written.
    let fill = "head -c 245760 /dev/zero > disk/filler";
    let told = "longview: cannot write disk/old.png: the disk is full; free some space or choose another place";
    assert_eq!(fault(fill, "disk/old.png"), told);
    assert_eq!(fault("cat /dev/zero > disk/filler 2> said || true", "disk/old.png"), told);
}

#[test]
#[ignore = "mounts file systems"]
fn a_read_only_disk() {
    let says = |file: &str| format!("longview: cannot write {file}: the disk is read-only; choose another place");
    let lock = "mount -o remount,ro disk; rm() { :; }";
    assert_eq!(fault(lock, "disk/old.png"), says("disk/old.png"));
    assert_eq!(fault(lock, "disk/new.png"), says("disk/new.png"));
}

#[test]
#[ignore = "mounts file systems"]
fn a_forbidden_file_and_a_forbidden_folder() {
    // Root is above permissions unless it gives that up.
    let without = "PRIVILEGE='setpriv --bounding-set=-dac_override'";
    let says = "permission denied; choose a place that you may write to, or change the permissions";
    let file = fault(&format!("chmod 444 disk/old.png; {without}"), "disk/old.png");
    assert_eq!(file, format!("longview: cannot write disk/old.png: {says}"));
    let folder = fault(&format!("chmod 555 disk; {without}"), "disk/new.png");
    assert_eq!(folder, format!("longview: cannot write disk/new.png: {says}"));
    // A file that may be written, in a folder where none may be made beside it.
    let beside = fault(&format!("chmod 555 disk; {without}"), "disk/old.png");
    assert_eq!(beside, format!("longview: cannot write disk/old.png: {says}"));
}

#[test]
#[ignore = "mounts file systems"]
fn a_missing_folder() {
    let missing = fault("", "disk/none/new.png");
    let says = "the folder disk/none does not exist; create it or choose another";
    assert_eq!(missing, format!("longview: cannot write disk/none/new.png: {says}"));
}
