//! Bytes to a file, whole or not at all. The one place of the export that touches the file system.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::{ExportError, WriteFault};

/// A file that an export reads, which it must not write over.
///
/// It is known by its canonical path and, on Unix, by device and inode, so that links of both kinds and other spellings
/// of the path on file systems that ignore case lead to the same file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// What messages call it.
    name: String,
    /// None for standard input.
    path: Option<PathBuf>,
    /// Device and inode at the time of reading. An editor that saves may have put another file at the path since.
    id: Option<[u64; 2]>,
}

impl InputFile {
    /// The file at a path. Take it when the file is read.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        let id = fs::metadata(path).ok().as_ref().and_then(file_id);
        Self { name: path.display().to_string(), path: Some(path.to_owned()), id }
    }

    /// The file that standard input is redirected from; none where that is no file, or where the platform does not tell.
    #[must_use]
    pub fn standard_input() -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::fd::AsFd as _;
            let input = std::io::stdin().as_fd().try_clone_to_owned().ok()?;
            let metadata = fs::File::from(input).metadata().ok().filter(fs::Metadata::is_file)?;
            Some(Self { name: "standard input".to_owned(), path: None, id: file_id(&metadata) })
        }
        #[cfg(not(unix))]
        None
    }

    /// Whether a path leads to this file; `existing` is what the system says of the file there.
    fn is_at(&self, path: &Path, existing: &fs::Metadata) -> bool {
        let id = file_id(existing);
        let now = || self.path.as_ref().and_then(|path| fs::metadata(path).ok()).as_ref().and_then(file_id);
        if id.is_some() && (id == self.id || id == now()) {
            return true;
        }
        let own = self.path.as_ref().and_then(|path| path.canonicalize().ok());
        own.is_some() && own == path.canonicalize().ok()
    }
}

/// Device and inode of a file; none where the platform has no such numbers.
#[cfg_attr(unix, expect(clippy::unnecessary_wraps, reason = "other platforms have none"))]
fn file_id(metadata: &fs::Metadata) -> Option<[u64; 2]> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Some([metadata.dev(), metadata.ino()])
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

/// Refuses a path that leads to one of the files that are read, before any work is done. [`write_file`] does the same
/// once more.
///
/// # Errors
/// [`ExportError::Write`] with [`WriteFault::IsInput`].
pub fn check_output(path: &Path, inputs: &[InputFile]) -> Result<(), ExportError> {
    let refused = fs::metadata(path).map_or(Ok(()), |existing| keep_inputs(path, &existing, inputs));
    refused.map_err(|fault| ExportError::Write { path: path.to_owned(), fault })
}

/// The same of standard output, as the shell has opened it.
///
/// # Errors
/// [`ExportError::Write`] with [`WriteFault::IsInput`].
pub fn check_standard_output(inputs: &[InputFile]) -> Result<(), ExportError> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd as _;
        let output = std::io::stdout().as_fd().try_clone_to_owned().map(fs::File::from);
        let id =
            output.and_then(|output| output.metadata()).ok().filter(fs::Metadata::is_file).as_ref().and_then(file_id);
        if let Some(input) = inputs.iter().find(|input| id.is_some() && input.id == id) {
            let fault = WriteFault::IsInput(input.name.clone());
            return Err(ExportError::Write { path: PathBuf::from("standard output"), fault });
        }
    }
    #[cfg(not(unix))]
    let _ = inputs;
    Ok(())
}

/// Only a file can be lost: a device or a pipe that is both read and written is not.
fn keep_inputs(path: &Path, existing: &fs::Metadata, inputs: &[InputFile]) -> Result<(), WriteFault> {
    let same = inputs.iter().find(|input| existing.is_file() && input.is_at(path, existing));
    same.map_or(Ok(()), |input| Err(WriteFault::IsInput(input.name.clone())))
}

/// Writes `bytes` to `path` so that the file there is at all times the old one or the new one, complete, and never one
/// of `inputs`.
///
/// A symbolic link stays one: the file that it leads to is replaced. An existing file keeps its permissions; a new
/// one can be read by all and written by its owner, less what the umask takes. A device or a pipe is written to directly.
///
/// # Errors
/// [`ExportError::Write`], naming the path and the cause. What was there before is unchanged, and nothing is left over.
pub fn write_file(path: &Path, bytes: &[u8], inputs: &[InputFile]) -> Result<(), ExportError> {
    write_file_unless_cancelled(path, bytes, inputs, &|| true)
}

/// The same, for a writer that can be cancelled: `commit` is called once, when all bytes are on the disk and only the
/// rename is left. If it returns `false`, what was there before stays.
///
/// # Errors
/// As [`write_file`]; [`WriteFault::Cancelled`] if `commit` returns `false`.
pub fn write_file_unless_cancelled(
    path: &Path,
    bytes: &[u8],
    inputs: &[InputFile],
    commit: &dyn Fn() -> bool,
) -> Result<(), ExportError> {
    replace(path, bytes, inputs, commit).map_err(|fault| ExportError::Write { path: path.to_owned(), fault })
}

fn replace(path: &Path, bytes: &[u8], inputs: &[InputFile], commit: &dyn Fn() -> bool) -> Result<(), WriteFault> {
    let commit = || if commit() { Ok(()) } else { Err(WriteFault::Cancelled) };
    let target = follow_links(path);
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) => Path::new("."),
        None => return Err(WriteFault::IsAFolder),
    };
    let classify = |error| classify(error, folder);

    let existing = match fs::metadata(&target) {
        Ok(existing) => Some(existing),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(classify(error)),
    };
    if let Some(existing) = &existing {
        if existing.is_dir() {
            return Err(WriteFault::IsAFolder);
        }
        keep_inputs(&target, existing, inputs)?;
        // Renaming would replace even a file that is protected from writing: opening it asks first.
        let mut file = OpenOptions::new().write(true).open(&target).map_err(classify)?;
        if !existing.is_file() {
            commit()?;
            return file.write_all(bytes).map_err(classify);
        }
    }

    let mut builder = tempfile::Builder::new();
    builder.prefix(".longview-").suffix(".tmp");
    #[cfg(unix)]
    let mode = {
        use std::os::unix::fs::PermissionsExt as _;
        fs::Permissions::from_mode(0o644)
    };
    #[cfg(unix)]
    builder.permissions(mode);
    let mut file = builder.tempfile_in(folder).map_err(classify)?;
    file.write_all(bytes).map_err(classify)?;
    if let Some(existing) = existing {
        file.as_file().set_permissions(existing.permissions()).map_err(classify)?;
    }
    // Before the rename: after a crash the name must not lead to an empty file.
    file.as_file().sync_all().map_err(classify)?;
    commit()?;
    file.persist(&target).map_err(|error| classify(error.error))?;
    sync_folder(folder);
    Ok(())
}

/// The file that a chain of links leads to, whether or not it exists yet.
fn follow_links(path: &Path) -> PathBuf {
    /// As many as Linux follows.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(next) = fs::read_link(&path) else {
            break;
        };
        // A relative link starts at the folder that holds it; an absolute one replaces the whole path.
        path = path.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    path
}

fn classify(error: io::Error, folder: &Path) -> WriteFault {
    match error.kind() {
        ErrorKind::NotFound => WriteFault::MissingFolder(folder.to_owned()),
        ErrorKind::NotADirectory => WriteFault::NotAFolder(folder.to_owned()),
        ErrorKind::IsADirectory => WriteFault::IsAFolder,
        ErrorKind::PermissionDenied => WriteFault::PermissionDenied,
        ErrorKind::ReadOnlyFilesystem => WriteFault::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => WriteFault::DiskFull,
        _ => WriteFault::Other(error),
    }
}

/// Makes the new name itself last. The file is complete by now, so a file system that cannot do this is no error.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(path: &Path) -> WriteFault {
        match write_file(path, b"new", &[]) {
            Err(ExportError::Write { path: named, fault }) => {
                assert_eq!(named, path);
                fault
            }
            other => panic!("expected a fault, got {other:?}"),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_cancelled_before_the_rename_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chart.svg");
        write_file(&path, b"old", &[]).unwrap();
        let written = std::cell::Cell::new(0);
        let refuse = || {
            let sizes = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len());
            written.set(sizes.max().unwrap());
            false
        };
        let result = write_file_unless_cancelled(&path, b"new and longer", &[], &refuse);
        assert!(matches!(result, Err(ExportError::Write { fault: WriteFault::Cancelled, .. })), "{result:?}");
        assert_eq!(written.get(), 14, "all is on the disk when it is asked");
        assert_eq!(
            (fs::read(&path).unwrap().as_slice(), names(folder.path())),
            (&b"old"[..], vec!["chart.svg".into()])
        );
        write_file_unless_cancelled(&path, b"new", &[], &|| true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    /// A program that runs cannot be opened for writing by anybody, but a rename would replace it.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_cannot_be_opened_is_not_replaced_even_by_root() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("running.svg");
        fs::copy("/bin/sleep", &path).unwrap();
        let before = fs::read(&path).unwrap();
        // Another test may be starting a program just now, which holds the copy open for a moment.
        let start = || std::process::Command::new(&path).arg("60").spawn().ok();
        let mut running = std::iter::repeat_with(start).take(100_000).flatten().next().unwrap();
        let result = write_file(&path, b"new", &[]);
        running.kill().unwrap();
        running.wait().unwrap();
        assert!(result.is_err(), "it was replaced");
        assert!(fs::read(&path).unwrap() == before);
        assert_eq!(names(folder.path()), ["running.svg"]);
    }

    #[test]
    fn writes_and_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chart.svg");
        write_file(&path, b"old and longer", &[]).unwrap();
        write_file(&path, b"new", &[]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["chart.svg"]);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no such folder");
        let path = missing.join("chart.png");
        let error = write_file(&path, b"new", &[]).unwrap_err().to_string();
        let expect = format!(
            "cannot write {}: the folder {} does not exist; create it or choose another",
            path.display(),
            missing.display()
        );
        assert_eq!(error, expect);
    }

    #[test]
    fn a_folder_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(fault(folder.path()), WriteFault::IsAFolder));
        assert!(matches!(fault(Path::new("/")), WriteFault::IsAFolder));
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "old").unwrap();
        let fault = fault(&file.join("chart.png"));
        assert!(matches!(fault, WriteFault::NotAFolder(named) if named == file));
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        fn set_mode(path: &Path, mode: u32) {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn protection_is_respected() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("chart.png");
            fs::write(&file, "old").unwrap();
            set_mode(&file, 0o444);
            if OpenOptions::new().write(true).open(&file).is_ok() {
                // The superuser is above permissions; nothing to see.
                return;
            }
            assert!(matches!(fault(&file), WriteFault::PermissionDenied));
            set_mode(folder.path(), 0o555);
            let new = folder.path().join("new.png");
            assert!(matches!(fault(&new), WriteFault::PermissionDenied));
            set_mode(folder.path(), 0o755);
            assert_eq!(fs::read(&file).unwrap(), b"old");
            assert_eq!(names(folder.path()), ["chart.png"]);
        }

        #[test]
        fn permissions_are_kept_and_new_files_are_readable() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("chart.png");
            write_file(&file, b"first", &[]).unwrap();
            assert_eq!(mode(&file) & 0o600, 0o600);
            assert_eq!(mode(&file) & 0o133, 0);
            set_mode(&file, 0o660);
            write_file(&file, b"second", &[]).unwrap();
            assert_eq!(mode(&file), 0o660);
        }

        #[test]
        fn links_stay_links() {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("kept")).unwrap();
            let real = folder.path().join("kept/real.svg");
            let link = folder.path().join("link.svg");
            let outer = folder.path().join("outer.svg");
            symlink("kept/real.svg", &link).unwrap();
            symlink(&link, &outer).unwrap();
            // Once before the target exists, once after.
            for bytes in [b"one", b"two"] {
                write_file(&outer, bytes, &[]).unwrap();
                assert_eq!(fs::read(&real).unwrap(), bytes);
            }
            assert!(link.is_symlink() && outer.is_symlink());
            assert_eq!(names(&folder.path().join("kept")), ["real.svg"]);
        }

        #[test]
        fn a_circle_of_links_ends() {
            let folder = tempfile::tempdir().unwrap();
            let link = folder.path().join("link.svg");
            symlink("link.svg", &link).unwrap();
            assert!(matches!(fault(&link), WriteFault::Other(_)));
        }

        #[test]
        fn a_device_is_written_to_not_replaced() {
            let null = Path::new("/dev/null");
            write_file(null, b"gone", &[]).unwrap();
            assert!(!null.is_file());
        }

        #[cfg(target_os = "linux")]
        #[test]
        fn a_full_disk_is_named() {
            let full = Path::new("/dev/full");
            if full.exists() {
                assert!(matches!(fault(full), WriteFault::DiskFull));
            }
        }
    }
}
