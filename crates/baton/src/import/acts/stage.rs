//! Files are read and kept to be looked at 预检暂存.

use access::Need;
use kernel::{ImportId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use spine::{Act, Failure, Reader, Record, Writer};

use crate::import::pack::Pack;
use crate::import::store::{self, NewBatch};
use crate::permissions;

/// Keeps a batch; nothing of it is in the books before it is committed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stage {
    /// The mapping's name for people.
    pub title: String,
    /// First part of every natural key.
    pub system: String,
    /// The mapping, TOML.
    pub mapping: String,
    /// Name, size and SHA-256 of each file.
    pub files: Vec<FileNote>,
    /// How many records were read.
    pub records: u64,
    /// The records, what is referred to first. They stand for the files named above and are not
    /// part of the request as it is kept: whoever has only the request must give the files again.
    #[serde(skip)]
    pub(crate) packs: Vec<Pack>,
    /// What the reading found.
    pub report: Json,
    /// Id of who staged it.
    pub staged_by: String,
}

/// A file as it was given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileNote {
    /// Its name.
    pub name: String,
    /// Its bytes, counted.
    pub size: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

impl Act for Stage {
    const NAME: &'static str = "import.stage";
    type Facts = ImportId;
    type Outcome = ImportId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<ImportId, Failure> {
        Ok(ImportId::mint(books.at(), books.dice()))
    }

    fn needs(&self, _facts: &ImportId) -> Need {
        Need::on_everything(permissions::IMPORT_RUN)
    }

    fn decide(&self, fresh: &ImportId, _at: Moment) -> Result<ImportId, Refusal> {
        if self.packs.is_empty() && self.records > 0 {
            let (zh, en) = ("文件已不在手边", "the files are not at hand any more");
            return Err(Refusal::conflict("import.files_gone", zh, en)
                .remedy(("请重新上传文件", "Upload the file again")));
        }
        Ok(*fresh)
    }

    async fn write(
        &self,
        _facts: &ImportId,
        id: &ImportId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let files = serde_json::to_value(&self.files)?;
        let new = NewBatch {
            id: *id,
            title: &self.title,
            system: &self.system,
            mapping: &self.mapping,
            files: &files,
            report: &self.report,
            staged_by: &self.staged_by,
        };
        Ok(store::add_batch(books, &new, &self.packs).await?)
    }

    fn record(&self, _facts: &ImportId, id: &ImportId) -> Record {
        let (title, records) = (&self.title, self.records);
        Record::of(
            format!("import/{id}"),
            format!(
                "预检「{title}」：{} 个文件，{records} 条记录，尚未入账",
                self.files.len()
            ),
            format!(
                "Staged {title}; files: {}, records: {records}",
                self.files.len()
            ),
        )
        .detail(serde_json::json!({ "files": self.files, "records": records }))
    }
}
