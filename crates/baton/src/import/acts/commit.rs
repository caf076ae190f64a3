//! A staged batch comes into the books 确认导入.

use std::sync::{Arc, Mutex, PoisonError};

use access::Need;
use kernel::{ImportId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Bulk, Failure, Fault, Reader, Record, Writer};

use crate::import::pack::Pack;
use crate::import::plan::{Action, Counts, Items, Planner, Rising};
use crate::import::steps::Steps;
use crate::import::store::{self, Batch, BatchState, Task};
use crate::permissions;

/// Writes a whole batch, or nothing of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Commit {
    /// Which batch.
    pub batch: ImportId,
    /// Id of who writes it down.
    pub recorded_by: String,
    /// Refuse it where nothing would be new: whoever presses the button means to change something,
    /// while a job may send the same file every night.
    #[serde(default)]
    pub must_change: bool,
    /// Counts the records written.
    #[serde(skip)]
    pub steps: Steps,
}

/// What the decision needs to know.
pub struct Facts {
    batch: Batch,
    /// Whether nothing was read from its files.
    empty: bool,
    work: Mutex<Work>,
}

/// A batch may have more records than memory should hold. What each of them becomes follows from
/// the facts alone, but is worked out stretch by stretch while it is written; what came of it waits
/// here for the proof.
enum Work {
    Planned(Box<Planner>, Vec<Pack>),
    Written(Counts, Arc<Items>),
    InHand,
}

impl Act for Commit {
    const NAME: &'static str = "import.commit";
    const RECORDS_WHAT_IT_WROTE: bool = true;
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let batch = super::batch(books, self.batch).await?;
        let packs = store::packs(books, self.batch).await?;
        let mut ids = Rising::from(books.at(), &books.secret());
        let known = store::survey(books, &batch, &packs, &mut ids).await?;
        let planner = Box::new(Planner::new(known, &batch, books.today(), ids));
        Ok(Facts {
            batch,
            empty: packs.is_empty(),
            work: Mutex::new(Work::Planned(planner, packs)),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::IMPORT_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        super::must_be(&facts.batch, BatchState::Staged)?;
        if facts.empty {
            let zh = "这批文件里没有读到可以写入的记录";
            let en = "nothing was read from these files that could be written";
            return Err(
                Refusal::conflict("import.nothing_to_write", zh, en).remedy((
                    "请按报告中的问题改正文件或换一个映射后重新上传；本批可以放弃",
                    "Correct the file by the report or choose another mapping, and upload again; \
                     this import can be dropped",
                )),
            );
        }
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let Work::Planned(planner, packs) = facts.take(Work::InHand) else {
            return Err(Fault::new("an import that was written already").into());
        };
        let task = Task {
            batch: self.batch,
            system: &facts.batch.system,
            recorded_by: &self.recorded_by,
            steps: &self.steps,
        };
        let mut planner = store::write(books, &task, *planner, packs).await?;
        if self.must_change && !planner.has_news() {
            return Err(nothing_new(planner.counts()).into());
        }
        let touched = std::mem::take(&mut planner.items);
        let items = Arc::new(Items {
            touched,
            undone: false,
        });
        let more = planner.for_report(&facts.batch.report);
        store::add_to_report(books, &facts.batch, more).await?;
        facts.take(Work::Written(planner.counts().clone(), items));
        Ok(store::set_state(books, self.batch, BatchState::Committed).await?)
    }

    fn record(&self, facts: &Facts, _: &()) -> Record {
        let (counts, items) = match facts.take(Work::InHand) {
            Work::Written(counts, items) => (counts, Some(items)),
            Work::Planned(..) | Work::InHand => (Counts::new(), None),
        };
        let all = |action| how_many(&counts, action);
        let (new, changed) = (all(Action::Created), all(Action::Updated));
        let (same, out) = (
            all(Action::Same) + all(Action::Matched),
            all(Action::Refused),
        );
        let title = &facts.batch.title;
        let record = Record::of(
            format!("import/{}", self.batch),
            format!("导入「{title}」：新建 {new}，更新 {changed}，没有变化 {same}，未导入 {out}"),
            format!("Imported {title}: {new} new, {changed} changed, {same} same, {out} left out"),
        )
        .detail(serde_json::json!({ "counts": counts }));
        match items {
            Some(items) => record.bulk(Bulk::of(items)),
            None => record,
        }
    }
}

/// How many records became this.
fn how_many(counts: &Counts, action: Action) -> u64 {
    let of_kind = counts.values().filter_map(|of| of.get(&action));
    of_kind.sum()
}

/// The books would be the same afterwards; what was written by then is rolled back.
fn nothing_new(counts: &Counts) -> Refusal {
    let (same, out) = (
        how_many(counts, Action::Same),
        how_many(counts, Action::Refused),
    );
    let zh = format!("写入不会改变任何数据：账上已有的 {same} 条无可更新，未采用的 {out} 条");
    let en = format!("nothing would change: {same} records stay as they are, {out} are left out");
    Refusal::conflict("import.nothing_new", zh, en).remedy((
        "未采用的，请按报告中的原因改正文件后重新上传；本批可以放弃",
        "Mend the file by the reasons in the report and upload it anew, or give this batch up",
    ))
}

impl Facts {
    /// What is in hand, with this in its place.
    fn take(&self, instead: Work) -> Work {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *work, instead)
    }
}
