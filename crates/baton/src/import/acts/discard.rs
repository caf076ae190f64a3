//! A staged batch is not wanted 放弃批次.

use access::Need;
use kernel::{ImportId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::import::store::{self, Batch, BatchState};
use crate::permissions;

/// Puts a staged batch aside; it stays readable.
#[derive(Debug, Serialize, Deserialize)]
pub struct Discard {
    /// Which batch.
    pub batch: ImportId,
}

impl Act for Discard {
    const NAME: &'static str = "import.discard";
    type Facts = Batch;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Batch, Failure> {
        super::batch(books, self.batch).await
    }

    fn needs(&self, _facts: &Batch) -> Need {
        Need::on_everything(permissions::IMPORT_RUN)
    }

    fn decide(&self, facts: &Batch, _at: Moment) -> Result<(), Refusal> {
        super::must_be(facts, BatchState::Staged)
    }

    async fn write(&self, _: &Batch, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_state(books, self.batch, BatchState::Discarded).await?)
    }

    fn record(&self, facts: &Batch, _outcome: &()) -> Record {
        Record::of(
            format!("import/{}", self.batch),
            format!("放弃批次「{}」，没有入账", facts.title),
            format!("Discarded the batch {}", facts.title),
        )
    }
}
