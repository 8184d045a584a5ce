//! A file that the program keeps for itself: written whole or not at all, and set aside where it holds something else.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::app::file_fault::FileFault;
use crate::export;

/// The greatest number of files that are set aside beside one.
const MOST_ASIDE: usize = 1000;

/// Such a file.
#[derive(Debug)]
pub(super) struct OwnFile(PathBuf);

impl OwnFile {
    pub fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// Gives what the file holds to `decode`, unless there is none, and returns what is wrong with it. Where `decode` fails,
    /// the file gets another name.
    pub fn read(&self, decode: &mut dyn FnMut(&str) -> Result<(), String>) -> Option<FileFault> {
        let fault = |why, set_aside| Some(FileFault { file: self.0.clone(), why, set_aside });
        match fs::read(&self.0) {
            Ok(bytes) => {
                let decoded = str::from_utf8(&bytes).map_err(|error| error.to_string()).and_then(decode);
                decoded.err().and_then(|why| fault(why, self.set_aside()))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => fault(error.to_string(), None),
        }
    }

    /// Returns what the file holds, if that is text; leaves it as it is.
    pub fn text(&self) -> Option<String> {
        fs::read_to_string(&self.0).ok()
    }

    /// Gives the file a name that no other one has. Returns the name, or `None` if that fails.
    fn set_aside(&self) -> Option<PathBuf> {
        let ending = self.0.extension().map(|ending| format!(".{}", ending.display())).unwrap_or_default();
        let mut names = (1..=MOST_ASIDE).map(|number| self.0.with_extension(format!("broken-{number}{ending}")));
        let name = names.find(|name| !name.exists())?;
        fs::rename(&self.0, &name).ok().map(|()| name)
    }

    /// Writes the file, and the folder that it is in.
    ///
    /// # Errors
    /// Why it cannot be written; what it held is still there then.
    pub fn write(&self, text: &str) -> Result<(), String> {
        let folder = self.0.parent().map_or(Ok(()), fs::create_dir_all);
        folder.map_err(|error| format!("{}: {error}", self.0.display()))?;
        export::write_file(&self.0, text.as_bytes(), &[]).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a file that must hold this.
    fn read(file: &OwnFile, expected: &str) -> Option<FileFault> {
        file.read(&mut |text| if text == expected { Ok(()) } else { Err("not that".to_owned()) })
    }

    #[test]
    fn a_file_that_holds_something_else_is_set_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, asides) in
            [("own.ron", ["own.broken-1.ron", "own.broken-2.ron"]), ("own", ["own.broken-1", "own.broken-2"])]
        {
            let path = folder.path().join("longview").join(name);
            let file = OwnFile::new(path.clone());
            assert_eq!((read(&file, "good"), file.text()), (None, None));
            file.write("good").expect("a file");
            assert_eq!((read(&file, "good"), file.text().as_deref()), (None, Some("good")));

            for (broken, aside) in [b"other".as_slice(), b"\xff"].into_iter().zip(asides) {
                fs::write(&path, broken).expect("a file");
                let aside = path.with_file_name(aside);
                let fault = read(&file, "good").expect("a fault");
                assert_eq!(fault.set_aside.as_ref(), Some(&aside));
                assert!(fault.words().contains(&aside.display().to_string()));
                assert_eq!(fs::read(&aside).expect("the file under another name"), broken);
                assert!(!path.exists());
            }
            file.write("good").expect("a file in its place");
            assert_eq!(read(&file, "good"), None);
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        // A folder in the place of the file.
        let file = OwnFile::new(folder.path().to_path_buf());
        assert_eq!(read(&file, "good").expect("a fault").set_aside, None);
        assert!(file.write("good").is_err() && folder.path().is_dir());
    }
}
