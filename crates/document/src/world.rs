//! What a template can see: itself, the paper, its facts, the code 排版环境.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::PrintError;
use crate::fonts::Fonts;
use crate::press::Form;
use crate::template::PAPER;

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

/// One document's world. There is no disk, no network, no clock and no package in it.
pub(crate) struct Desk<'a> {
    fonts: &'a Fonts,
    main: Source,
    paper: Source,
    data: (FileId, Bytes),
    code: (FileId, Bytes),
}

fn file(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|_| PrintError::Field {
        field: name.to_owned(),
        what: "is no path".to_owned(),
    })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl<'a> Desk<'a> {
    pub(crate) fn lay(
        fonts: &'a Fonts,
        form: Form<'_>,
        data: Vec<u8>,
        code: String,
    ) -> Result<Desk<'a>, PrintError> {
        let main = file(&format!("/{}", form.file))?;
        Ok(Desk {
            fonts,
            main: Source::new(main, form.text.to_owned()),
            paper: Source::new(file("/paper.typ")?, PAPER.to_owned()),
            data: (file("/data.json")?, Bytes::new(data)),
            code: (file("/code.svg")?, Bytes::from_string(code)),
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.paper]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some((_, bytes)) = [&self.data, &self.code]
            .into_iter()
            .find(|(own, _)| *own == id)
        {
            return Ok(bytes.clone());
        }
        let source = self.source(id)?;
        Ok(Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The day on a paper is a fact, never the day it happens to be printed.
        None
    }
}
