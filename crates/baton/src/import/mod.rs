//! Foreign files come into the books, and can be taken back 导入.
//!
//! Tables: `import_batch`, `import_chunk`, `import_record`, `import_identity`. The pure crate
//! `intake` reads files by a mapping; here the records are kept ([`acts::stage`]), written as one
//! bulk act ([`acts::commit`]), and taken back as another ([`acts::undo`]).
//! `docs/modules/import.md` tells the mapping language and what each step does.

pub mod acts;
pub mod api;
mod download;
mod first_look;
mod kept;
mod line;
mod mask;
mod notes;
mod outlook;
mod pack;
mod plan;
mod shipped;
mod steps;
pub(crate) mod store;
mod upload;
mod view;

use std::sync::mpsc;

use intake::{Limits, Mapping, MappingError, Record, Report, SourceFile, for_each_record};
use kernel::{Day, ImportId, Refusal};
use sha2::{Digest, Sha256};
use spine::{By, Failure, Fault, Reader};

pub(crate) use kept::{KeptColumn, KeptRecord, kept_columns, kept_with};
pub use plan::{Action, Counts};
pub use shipped::{Shipped, mappings};
pub use steps::{AtWork, Progress, Steps};
pub use store::{BatchState, OwnerTotal};
pub use view::{Finding, ImportView, KindView, OwnerView, SourceView};

use crate::house::House;
use acts::commit::Commit;
use acts::stage::{FileNote, Stage};
use outlook::{Outlook, outlook};
use pack::{PACK, Pack};
use upload::Upload;

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
    let upload = Upload {
        mapping: mapping.to_owned(),
        encoding: None,
        files,
    };
    let act = read(house, by, upload, Steps::default()).await?;
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
        must_change: false,
        steps: Steps::default(),
    };
    house.spine.perform(&act, by, None).await?.done()?;
    let mut look = house.spine.look(by).await?;
    Ok(counts(&mut look.books(), batch).await?)
}

/// What became of the records of a batch.
async fn counts(books: &mut Reader<'_>, batch: ImportId) -> Result<Counts, Fault> {
    let mut counts = Counts::new();
    for (kind, action, n) in store::counts(books, batch).await? {
        let known = Action::ALL.into_iter().find(|known| known.word() == action);
        let action = known.ok_or_else(|| Fault::new("an unknown action"))?;
        counts.entry(kind).or_default().insert(action, n);
    }
    Ok(counts)
}

/// The report of a batch; of a finding it lists at most a hundred rows, and at most a thousand
/// records that the books could not take.
///
/// # Errors
/// [`Failure`] when there is no such batch or it may not be seen.
pub async fn report(house: &House, by: &By, batch: ImportId) -> Result<ImportView, Failure> {
    report_with(house, by, batch, (100, 1_000)).await
}

/// The report with every row.
async fn whole_report(house: &House, by: &By, batch: ImportId) -> Result<ImportView, Failure> {
    report_with(house, by, batch, (usize::MAX, 2_000_000)).await
}

async fn report_with(
    house: &House,
    by: &By,
    batch: ImportId,
    (rows, outside): (usize, usize),
) -> Result<ImportView, Failure> {
    let mut look = house.spine.look(by).await?;
    let need = access::Need::on_everything(crate::permissions::IMPORT_RUN);
    look.allow("import.read", &need).await?;
    let mut books = look.books();
    let found = store::find_batch(&mut books, batch).await?;
    let found = found.ok_or_else(|| spine::Denied::absent("import"))?;
    let Some(outlook) = outlook(&mut books, &found, outside).await? else {
        let totals = store::totals(&mut books, &found).await?;
        let refused = store::rows(&mut books, &found, Some("refused"), 0, outside).await?;
        let written = matches!(found.state, BatchState::Committed | BatchState::Undone);
        let became = match written {
            true => Some(counts(&mut books, batch).await?),
            false => None,
        };
        return Ok(ImportView::of(
            &found,
            &totals,
            became.as_ref(),
            &refused,
            rows,
        ));
    };
    let totals = store::totals_of(&mut books, &outlook.batch, &outlook.known).await?;
    let Outlook {
        batch,
        counts,
        refused,
        ..
    } = outlook;
    Ok(ImportView::of(
        &batch,
        &totals,
        Some(&counts),
        &refused,
        rows,
    ))
}

/// Reads files, off the threads that serve requests.
async fn read(house: &House, by: &By, upload: Upload, steps: Steps) -> Result<Stage, Failure> {
    let today = house.spine.now().day_in(house.spine.zone());
    let staged_by = by.id();
    let work = move || staged(upload, today, staged_by, &steps);
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| spine::Fault::new(format!("reading files: {error}")))?
}

fn staged(upload: Upload, today: Day, staged_by: String, steps: &Steps) -> Result<Stage, Failure> {
    let mapping = mapping_of(&upload)?;
    let Upload {
        mapping: text,
        files,
        ..
    } = upload;
    let sources: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(name, bytes)| SourceFile { name, bytes })
        .collect();
    let limits = limits(Some(today));
    let (report, packs, records) = read_and_pack(&mapping, &sources, &limits, steps)?;
    let note = |(name, bytes): &(String, Vec<u8>)| FileNote {
        name: name.clone(),
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        sha256: hex::encode(Sha256::digest(bytes)),
    };
    Ok(Stage {
        title: mapping.name.clone(),
        system: mapping.system.clone(),
        records,
        packs,
        report: serde_json::to_value(&report)?,
        files: files.iter().map(note).collect(),
        mapping: text,
        staged_by,
    })
}

fn mapping_of(upload: &Upload) -> Result<Mapping, Refusal> {
    let mapping = Mapping::parse(&upload.mapping).map_err(|errors| wrong_mapping(&errors))?;
    Ok(match upload.encoding {
        Some(encoding) => mapping.read_as(encoding),
        None => mapping,
    })
}

fn limits(today: Option<Day>) -> Limits {
    Limits {
        today,
        expanded_bytes: 512 << 20,
        ..Limits::default()
    }
}

/// Reads on this thread and packs on another one.
fn read_and_pack(
    mapping: &Mapping,
    sources: &[SourceFile<'_>],
    limits: &Limits,
    steps: &Steps,
) -> Result<(Report, Vec<Pack>, u64), Fault> {
    let (send, receive) = mpsc::sync_channel::<Vec<Record>>(8);
    std::thread::scope(|scope| {
        let packer = scope.spawn(move || {
            let (mut packs, mut first) = (Vec::new(), 1_i64);
            for records in receive {
                packs.push(Pack::of(first, &records)?);
                first += i64::try_from(records.len()).unwrap_or(i64::MAX);
            }
            Ok::<_, Fault>(packs)
        });
        let (mut some, mut records) = (Vec::with_capacity(PACK), 0_u64);
        let report = for_each_record(mapping, sources, limits, |record| {
            some.push(record);
            records += 1;
            if some.len() == PACK {
                steps.done(PACK);
                // A packer that failed says so below.
                let _ = send.send(std::mem::replace(&mut some, Vec::with_capacity(PACK)));
            }
        });
        if !some.is_empty() {
            let _ = send.send(some);
        }
        drop(send);
        let packs = packer.join().map_err(|_| Fault::new("packing records"))??;
        Ok((report, packs, records))
    })
}

fn wrong_mapping(errors: &[MappingError]) -> Refusal {
    let told = |error: &MappingError| format!("{}：{}", error.place(), error.message);
    let told_en = |error: &MappingError| format!("line {}: {}", error.line, error.message_en);
    let zh: Vec<String> = errors.iter().take(10).map(told).collect();
    let en: Vec<String> = errors.iter().take(10).map(told_en).collect();
    Refusal::invalid(
        "import.mapping",
        format!("映射文件有误：{}", zh.join("；")),
        format!("the mapping is wrong: {}", en.join("; ")),
    )
    .remedy((
        "请按行号和提示改正映射文件；也可以选「按表头自动识别」，得到一份可用的映射",
        "Correct the mapping by the line numbers and hints; or choose to have the headings read, \
         which gives a mapping that works",
    ))
}
