//! A staged batch comes into the books 确认导入.

use std::collections::BTreeMap;

use access::Need;
use kernel::{ImportId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::import::plan::{self, Action, Circumstances, Plan};
use crate::import::store::{self, Batch, BatchState};
use crate::permissions;

/// Writes a whole batch, or nothing of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Commit {
    /// Which batch.
    pub batch: ImportId,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    batch: Batch,
    plan: Plan,
    counts: Counts,
}

/// How many records became what, by kind.
pub type Counts = BTreeMap<String, BTreeMap<Action, u64>>;

impl Act for Commit {
    const NAME: &'static str = "import.commit";
    type Facts = Facts;
    type Outcome = Counts;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let batch = super::batch(books, self.batch).await?;
        let lines = store::lines(books, self.batch).await?;
        let mut known = store::known(books, &batch.system, &lines).await?;
        let dice = || books.dice();
        let around = Circumstances {
            system: &batch.system,
            at: books.at(),
            today: books.today(),
            dice: &dice,
        };
        let plan = plan::draw(&lines, &mut known, &around);
        let counts = plan.counts(&lines);
        Ok(Facts {
            batch,
            plan,
            counts,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::IMPORT_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Counts, Refusal> {
        super::must_be(&facts.batch, BatchState::Staged)?;
        Ok(facts.counts.clone())
    }

    async fn write(
        &self,
        facts: &Facts,
        _: &Counts,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let system = &facts.batch.system;
        store::write(books, self.batch, system, &facts.plan, &self.recorded_by).await?;
        Ok(store::set_state(books, self.batch, BatchState::Committed).await?)
    }

    fn record(&self, facts: &Facts, counts: &Counts) -> Record {
        let all = |action| {
            counts
                .values()
                .filter_map(|of| of.get(&action))
                .sum::<u64>()
        };
        let (new, changed) = (all(Action::Created), all(Action::Updated));
        let (same, out) = (
            all(Action::Same) + all(Action::Matched),
            all(Action::Refused),
        );
        let title = &facts.batch.title;
        Record::of(
            format!("import/{}", self.batch),
            format!("导入「{title}」：新建 {new}，更新 {changed}，没有变化 {same}，未导入 {out}"),
            format!("Imported {title}: {new} new, {changed} changed, {same} same, {out} left out"),
        )
        .detail(serde_json::json!({ "counts": counts }))
        .items(facts.plan.items.clone())
    }
}
