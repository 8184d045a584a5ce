//! Compresses the fonts that the program carries to little more than half their size.

use std::env;
use std::fs;
use std::io::{Error, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;

const FONTS: [&str; 2] = ["NotoSans-Regular", "NotoSans-Bold"];

fn main() -> Result<(), Error> {
    println!("cargo::rerun-if-changed=build.rs");
    let made = env::var_os("OUT_DIR").ok_or_else(|| Error::other("cargo names no OUT_DIR"))?;
    for name in FONTS {
        let font = Path::new("../assets/fonts").join(name).with_extension("ttf");
        println!("cargo::rerun-if-changed={}", font.display());
        let font = fs::read(font)?;
        // Its length goes before it.
        let length = u32::try_from(font.len()).map_err(Error::other)?;
        let mut encoder = ZlibEncoder::new(length.to_le_bytes().to_vec(), Compression::best());
        encoder.write_all(&font)?;
        fs::write(Path::new(&made).join(name).with_extension("zz"), encoder.finish()?)?;
    }
    Ok(())
}
