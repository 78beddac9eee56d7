//! Several files as one.

use std::io::{Cursor, Write};
use taskdef::formats::export::File;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// The files as a ZIP archive: the same bytes for the same files, whenever and wherever it is made.
///
/// # Errors
/// A name that occurs twice, or more files than an archive holds: no format has such files.
pub fn zip(files: &[File]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
    for file in files {
        archive.start_file(file.name.as_str(), options)?;
        archive.write_all(file.text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use taskdef::{
        Draft, Lang,
        formats::{
            Format,
            export::{Options, export},
        },
    };

    #[test]
    fn an_archive_has_every_file_and_is_the_same_each_time() {
        let made = export(Format::GitHub, &Draft::tutorial(), &Options::new(Lang::En)).unwrap();
        let bytes = zip(&made.files).unwrap();
        assert_eq!(bytes, zip(&made.files).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), made.files.len());
        for file in &made.files {
            let mut text = String::new();
            archive.by_name(&file.name).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, file.text, "{}", file.name);
        }
    }
}
