//! Foreign files come into the books, and can be taken back 导入.
//!
//! Tables: `import_batch`, `import_record`, `import_identity`. The pure crate `intake` reads files
//! by a mapping; here the records are kept ([`acts::stage`]), written as one bulk act
//! ([`acts::commit`]), and taken back as another ([`acts::undo`]). `docs/modules/import.md` tells
//! the mapping language and what each step does.

pub mod acts;
pub mod api;
mod line;
mod mask;
mod plan;
mod shipped;
pub(crate) mod store;
mod view;

use intake::{Limits, Mapping, MappingError, SourceFile};
use kernel::{Day, ImportId, Refusal};
use sha2::{Digest, Sha256};
use spine::{By, Failure};

pub use plan::Action;
pub use shipped::{Shipped, mappings};
pub use store::{BatchState, OwnerTotal};
pub use view::{Finding, ImportView, KindView, OwnerView, SourceView};

use crate::house::House;
use acts::commit::{Commit, Counts};
use acts::stage::{FileNote, Stage};
use line::Line;

/// What came of [`load`].
#[derive(Debug)]
pub struct Summary {
    /// The batch.
    pub id: ImportId,
    /// How many records became what, by kind.
    pub counts: Counts,
    /// The whole report, with what stands in the books.
    pub report: ImportView,
}

/// Reads files by a mapping and writes them into the books in one go, for the demo company and the
/// command line.
///
/// # Errors
/// A [`Refusal`] that names the line of a wrong mapping; and as [`spine::Spine::perform`].
pub async fn load(
    house: &House,
    by: &By,
    mapping: &str,
    files: Vec<(String, Vec<u8>)>,
) -> Result<Summary, Failure> {
    let id = stage(house, by, mapping, files).await?;
    let counts = commit(house, by, id).await?;
    Ok(Summary {
        id,
        counts,
        report: report(house, by, id).await?,
    })
}

/// Reads files by a mapping and keeps what was read, to be looked at before it is committed.
///
/// # Errors
/// As [`load`].
pub async fn stage(
    house: &House,
    by: &By,
    mapping: &str,
    files: Vec<(String, Vec<u8>)>,
) -> Result<ImportId, Failure> {
    let act = read(house, by, mapping.to_owned(), files).await?;
    Ok(house.spine.perform(&act, by, None).await?.done()?.outcome)
}

/// Writes a staged batch.
///
/// # Errors
/// As [`spine::Spine::perform`].
pub async fn commit(house: &House, by: &By, batch: ImportId) -> Result<Counts, Failure> {
    let act = Commit {
        batch,
        recorded_by: by.id(),
    };
    Ok(house.spine.perform(&act, by, None).await?.done()?.outcome)
}

/// The report of a batch.
///
/// # Errors
/// [`Failure`] when there is no such batch or it may not be seen.
pub async fn report(house: &House, by: &By, batch: ImportId) -> Result<ImportView, Failure> {
    let mut look = house.spine.look(by).await?;
    let need = access::Need::on_everything(crate::permissions::IMPORT_RUN);
    look.allow("import.read", &need).await?;
    let mut books = look.books();
    let found = store::find_batch(&mut books, batch).await?;
    let found = found.ok_or_else(|| spine::Denied::absent("import"))?;
    let totals = store::totals(&mut books, batch, &found.system).await?;
    let refused = store::rows(&mut books, batch, Some("refused"), 0, 1_000).await?;
    Ok(ImportView::of(&found, &totals, &refused))
}

/// Reads files, off the threads that serve requests.
async fn read(
    house: &House,
    by: &By,
    mapping: String,
    files: Vec<(String, Vec<u8>)>,
) -> Result<Stage, Failure> {
    let today = house.spine.now().day_in(house.spine.zone());
    let staged_by = by.id();
    let work = move || staged(mapping, &files, today, staged_by);
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| spine::Fault::new(format!("reading files: {error}")))?
}

fn staged(
    text: String,
    files: &[(String, Vec<u8>)],
    today: Day,
    staged_by: String,
) -> Result<Stage, Failure> {
    let mapping = Mapping::parse(&text).map_err(|errors| wrong_mapping(&errors))?;
    let sources: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(name, bytes)| SourceFile { name, bytes })
        .collect();
    let limits = Limits {
        today: Some(today),
        ..Limits::default()
    };
    let found = intake::stage(&mapping, &sources, &limits);
    let lines = (1_i64..)
        .zip(&found.records)
        .map(|(n, record)| Line::of(n, record));
    let note = |(name, bytes): &(String, Vec<u8>)| FileNote {
        name: name.clone(),
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        sha256: hex::encode(Sha256::digest(bytes)),
    };
    Ok(Stage {
        title: mapping.name.clone(),
        system: mapping.system.clone(),
        lines: lines.collect::<Result<_, _>>()?,
        report: serde_json::to_value(&found.report)?,
        files: files.iter().map(note).collect(),
        mapping: text,
        staged_by,
    })
}

fn wrong_mapping(errors: &[MappingError]) -> Refusal {
    let told =
        |error: &MappingError| format!("第 {} 行 {}：{}", error.line, error.path, error.message);
    let told_en = |error: &MappingError| format!("line {}: {}", error.line, error.message_en);
    let zh: Vec<String> = errors.iter().take(10).map(told).collect();
    let en: Vec<String> = errors.iter().take(10).map(told_en).collect();
    Refusal::invalid(
        "import.mapping",
        format!("映射文件有误：{}", zh.join("；")),
        format!("the mapping is wrong: {}", en.join("; ")),
    )
    .remedy("请按提示修改映射文件，写法见导入说明")
}
