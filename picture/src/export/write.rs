//! Writes a file atomically. The only part of the export that writes to the file system.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::{ExportError, WriteFault};

/// A file that an export reads, which it must not overwrite.
///
/// It is identified by its canonical path and, on Unix, by device and inode, so that symbolic and hard links and
/// different spellings of the path on case-insensitive file systems are recognised as the same file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// The name in messages.
    name: String,
    /// `None` for standard input.
    path: Option<PathBuf>,
    /// Device and inode at the time of reading. Since then, an editor may have replaced the file at the path.
    id: Option<[u64; 2]>,
}

impl InputFile {
    /// Creates it for the file at a path. Call this when the file is read.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        let id = fs::metadata(path).ok().as_ref().and_then(file_id);
        Self { name: path.display().to_string(), path: Some(path.to_owned()), id }
    }

    /// Returns the file that standard input is redirected from; `None` if it is not a file, or if the platform does not
    /// provide this.
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

    /// Returns whether a path leads to this file; `existing` is the metadata of the file there.
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

/// Returns the device and inode of a file; `None` if the platform does not have them.
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

/// Checks that a path does not lead to one of the input files, before any work is done. [`write_file`] checks this
/// again.
///
/// # Errors
/// Returns [`ExportError::Write`] with [`WriteFault::IsInput`] if it does.
pub fn check_output(path: &Path, inputs: &[InputFile]) -> Result<(), ExportError> {
    let refused = fs::metadata(path).map_or(Ok(()), |existing| keep_inputs(path, &existing, inputs));
    refused.map_err(|fault| ExportError::Write { path: path.to_owned(), fault })
}

/// Checks the same for standard output, as opened by the shell.
///
/// # Errors
/// Returns [`ExportError::Write`] with [`WriteFault::IsInput`] if it is an input file.
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

/// Only regular files can be lost: a device or a pipe may be both read and written.
fn keep_inputs(path: &Path, existing: &fs::Metadata, inputs: &[InputFile]) -> Result<(), WriteFault> {
    let same = inputs.iter().find(|input| existing.is_file() && input.is_at(path, existing));
    same.map_or(Ok(()), |input| Err(WriteFault::IsInput(input.name.clone())))
}

/// Writes `bytes` to `path` atomically: the file there is at all times either the old one or the complete new one. It
/// never overwrites one of `inputs`.
///
/// A symbolic link is kept: the file that it leads to is replaced. An existing file keeps its permissions; a new one is
/// readable by all and writable by its owner, restricted by the umask. A device or a pipe is written to directly.
///
/// # Errors
/// Returns [`ExportError::Write`] with the path and the cause. An existing file is unchanged, and no temporary file
/// remains.
pub fn write_file(path: &Path, bytes: &[u8], inputs: &[InputFile]) -> Result<(), ExportError> {
    write_file_unless_cancelled(path, bytes, inputs, &|| true)
}

/// The same for a writer that can be cancelled: `commit` is called once, when all bytes are on disk and only the rename
/// remains. If it returns `false`, an existing file is unchanged.
///
/// # Errors
/// See [`write_file`]; [`WriteFault::Cancelled`] if `commit` returns `false`.
pub fn write_file_unless_cancelled(
    path: &Path,
    bytes: &[u8],
    inputs: &[InputFile],
    commit: &dyn Fn() -> bool,
) -> Result<(), ExportError> {
    let put = |file: &mut fs::File| file.write_all(bytes);
    replace(path, put, inputs, commit).map_err(|fault| ExportError::Write { path: path.to_owned(), fault })
}

/// Writes a file as [`write_file`] does, with what `fill` writes, which need not be in memory at once. If `fill` fails, its
/// result is returned, and an existing file is unchanged unless it is a device or a pipe.
///
/// # Errors
/// See [`write_file`].
pub fn write_file_with<E>(
    path: &Path,
    inputs: &[InputFile],
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<Result<(), E>, ExportError> {
    let mut failed = None;
    let filled = |file: &mut fs::File| {
        let mut buffered = BufWriter::with_capacity(1 << 16, Remembering { file, error: None });
        let result = fill(&mut buffered);
        let flushed = buffered.flush();
        // Of an error of the file, `fill` knows less than the file does.
        if let Some(error) = buffered.get_mut().error.take() {
            return Err(error);
        }
        if let Err(error) = result {
            failed = Some(error);
            return Err(ErrorKind::Other.into());
        }
        flushed
    };
    let replaced = replace(path, filled, inputs, &|| true);
    match (replaced, failed) {
        (_, Some(error)) => Ok(Err(error)),
        (Err(fault), None) => Err(ExportError::Write { path: path.to_owned(), fault }),
        (Ok(()), None) => Ok(Ok(())),
    }
}

/// A file that keeps its first error.
struct Remembering<'f> {
    file: &'f mut fs::File,
    error: Option<io::Error>,
}

impl Write for Remembering<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.file.write(bytes) {
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                let kind = error.kind();
                self.error.get_or_insert(error);
                Err(kind.into())
            }
            result => result,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn replace(
    path: &Path,
    put: impl FnOnce(&mut fs::File) -> io::Result<()>,
    inputs: &[InputFile],
    commit: &dyn Fn() -> bool,
) -> Result<(), WriteFault> {
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
        // A rename would replace even a write-protected file, so check by opening it.
        let mut file = OpenOptions::new().write(true).open(&target).map_err(classify)?;
        if !existing.is_file() {
            commit()?;
            return put(&mut file).map_err(classify);
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
    put(file.as_file_mut()).map_err(classify)?;
    if let Some(existing) = existing {
        file.as_file().set_permissions(existing.permissions()).map_err(classify)?;
    }
    // Before the rename, so that after a crash the name does not lead to an empty file.
    file.as_file().sync_all().map_err(classify)?;
    commit()?;
    file.persist(&target).map_err(|error| classify(error.error))?;
    sync_folder(folder);
    Ok(())
}

/// Returns the file that a chain of symbolic links leads to, whether or not it exists yet.
fn follow_links(path: &Path) -> PathBuf {
    /// The limit of Linux.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(next) = fs::read_link(&path) else {
            break;
        };
        // A relative link is relative to its folder; an absolute one replaces the whole path.
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

/// Flushes the new name to disk. The file is already complete, so failure on file systems without support is not an
/// error.
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

    /// A running program cannot be opened for writing by anyone, but a rename would replace it.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_cannot_be_opened_is_not_replaced_even_by_root() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("running.svg");
        fs::copy("/bin/sleep", &path).unwrap();
        let before = fs::read(&path).unwrap();
        // Another test that is just starting a program may hold the copy open for a moment.
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
                // Permissions do not apply to the superuser, so nothing can be tested.
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
