//! What a photograph says of itself: Exif (CIPA DC-008), directories of tags as TIFF 6.0 has them.

/// The data of Exif, which begin with a TIFF header.
#[derive(Clone, Copy, Debug)]
pub struct Exif<'e> {
    bytes: &'e [u8],
    is_little: bool,
}

impl<'e> Exif<'e> {
    /// Returns the data that begin with a TIFF header. Returns `None` if they do not.
    #[must_use]
    pub fn new(bytes: &'e [u8]) -> Option<Self> {
        let is_little = match bytes.first_chunk::<4>()? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, is_little })
    }

    /// Returns the data in the segment APP1 of a JPEG. Returns `None` if it has others.
    #[must_use]
    pub fn of_segment(segment: &'e [u8]) -> Option<Self> {
        Self::new(segment.strip_prefix(b"Exif\0\0")?)
    }

    /// Returns how the pixels are turned: tag 0x0112.
    #[must_use]
    pub fn orientation(self) -> Option<u16> {
        self.short(self.entry(self.first()?, 0x0112, 3)?)
    }

    /// Returns when the photograph was taken, as its camera counted, to the minute: `2012-07-31T14:05`, or only the day if
    /// the camera knew no more. This is `DateTimeOriginal`, tag 0x9003; other dates are those of a file or a scan.
    #[must_use]
    pub fn taken(self) -> Option<String> {
        let directory = self.long(self.entry(self.first()?, 0x8769, 4)?)?;
        let at = self.long(self.entry(directory as usize, 0x9003, 2)?)? as usize;
        // "2012:07:31 14:05:33"; spaces or zeros stand for what is not known.
        let text = str::from_utf8(self.bytes.get(at..at.checked_add(16)?)?).ok()?;
        let number = |from: usize, to: usize, known: std::ops::RangeInclusive<u16>| {
            let digits = text.get(from..to).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
            digits.parse().ok().filter(|number| known.contains(number))
        };
        let (year, month, day) = (number(0, 4, 1..=9999)?, number(5, 7, 1..=12)?, number(8, 10, 1..=31)?);
        let time = number(11, 13, 0..=23).zip(number(14, 16, 0..=59));
        let time = time.map_or_else(String::new, |(hour, minute)| format!("T{hour:02}:{minute:02}"));
        Some(format!("{year:04}-{month:02}-{day:02}{time}"))
    }

    /// Returns where the first directory is.
    fn first(self) -> Option<usize> {
        self.long(4).map(|at| at as usize)
    }

    /// Returns where the value of a tag of this type is, or the place of a long one.
    fn entry(self, directory: usize, tag: u16, kind: u16) -> Option<usize> {
        let count = usize::from(self.short(directory)?);
        let entries = (0..count).map(|entry| directory + 2 + 12 * entry);
        let entry = entries.take_while(|at| *at < self.bytes.len()).find(|at| self.short(*at) == Some(tag))?;
        self.short(entry + 2).filter(|found| *found == kind).map(|_| entry + 8)
    }

    fn short(self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(self, at: usize) -> Option<u32> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns data of Exif whose camera says this date.
    fn exif(date: &str) -> Vec<u8> {
        let mut exif = b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
        exif.extend(b"\x01\0\x03\x90\x02\0\x14\0\0\0\x2c\0\0\0\0\0\0\0");
        exif.extend(date.as_bytes());
        exif
    }

    #[test]
    fn the_date_is_that_of_the_camera() {
        let check = |date: &str, expect: Option<&str>| {
            let exif = exif(date);
            assert_eq!(Exif::new(&exif).and_then(Exif::taken).as_deref(), expect, "{date}");
        };
        check("2012:07:31 14:05:33\0", Some("2012-07-31T14:05"));
        check("1987:01:02 00:00:00\0", Some("1987-01-02T00:00"));
        check("2012:07:31   :  :  \0", Some("2012-07-31"));
        check("    :  :     :  :  \0", None);
        check("0000:00:00 00:00:00\0", None);
        check("2012:13:31 14:05:33\0", None);
        check("2012:7:31 14:05:33\0\0", None);
        check("2012:07:3", None);
    }

    #[test]
    fn data_that_end_anywhere_say_nothing() {
        let whole = exif("2012:07:31 14:05:33\0");
        for end in 0..whole.len() - 4 {
            assert_eq!(Exif::new(&whole[..end]).and_then(Exif::taken), None, "{end}");
        }
        assert!(Exif::new(b"II*\0\xff\xff\xff\xff").is_some_and(|exif| exif.orientation().is_none()));
        assert!(Exif::of_segment(b"http://ns.adobe.com/xap/1.0/\0").is_none());
    }
}
