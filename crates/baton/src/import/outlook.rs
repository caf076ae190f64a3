//! What writing a staged batch would do, worked out beforehand 写入前的预计.
//!
//! The plan is drawn up as for writing and thrown away: what it says of the records is what the
//! commit will say, as long as nothing else comes in between.

use std::collections::BTreeMap;

use intake::RecordKind;
use spine::{Fault, Reader};

use super::pack::Pack;
use super::plan::{Action, Counts, Planner, Rising};
use super::store::{self, Batch, BatchState, RowLine};
use super::view::ImportItem;

/// Beyond so many records a page would be waited for too long; the report then tells what stands
/// in the files alone.
const MOST: u64 = 200_000;

/// What writing a batch would do.
pub(super) struct Outlook {
    /// The batch, its report told of rows and notes as after a commit.
    pub(super) batch: Batch,
    /// How many records would become what.
    pub(super) counts: Counts,
    /// The first of those that the books could not take.
    pub(super) refused: Vec<RowLine>,
    /// Records that the books hold already, each with the owner whom the files name.
    pub(super) known: BTreeMap<RecordKind, BTreeMap<String, i64>>,
}

/// What writing the batch would do; none for one that is not staged, or is very large. At most
/// `refused` records that the books could not take are listed.
pub(super) async fn outlook(
    books: &mut Reader<'_>,
    batch: &Batch,
    refused: usize,
) -> Result<Option<Outlook>, Fault> {
    if batch.state != BatchState::Staged || ImportItem::of(batch).records > MOST {
        return Ok(None);
    }
    let packs = store::packs(books, batch.id).await?;
    let mut ids = Rising::from(books.at(), &books.secret());
    let known = store::survey(books, batch, &packs, &mut ids).await?;
    let planner = Planner::new(known, batch, books.today(), ids);
    let empty = Outlook {
        batch: batch.clone(),
        counts: Counts::new(),
        refused: Vec::new(),
        known: BTreeMap::new(),
    };
    let drawn = tokio::task::spawn_blocking(move || empty.draw(planner, packs, refused)).await;
    drawn
        .map_err(|error| Fault::new(format!("planning an import: {error}")))?
        .map(Some)
}

impl Outlook {
    fn draw(
        mut self,
        mut planner: Planner,
        packs: Vec<Pack>,
        most: usize,
    ) -> Result<Outlook, Fault> {
        let mut rest = packs.into_iter();
        while let Some(lines) = store::stretch_of(&mut rest)? {
            let marks = planner.draw(&lines).marks;
            for (line, mark) in lines.into_iter().zip(marks) {
                match (mark.action, mark.record) {
                    (Action::Refused, _) if self.refused.len() < most => {
                        self.refused.push(RowLine {
                            line,
                            action: Action::Refused.word().to_owned(),
                            record: None,
                            note: Some(mark.note),
                        });
                    }
                    (Action::Updated | Action::Matched | Action::Same, Some(record)) => {
                        // A record that several rows speak of is there once.
                        let of_kind = self.known.entry(mark.kind).or_default();
                        of_kind.entry(record).or_insert(mark.owner);
                    }
                    _ => {}
                }
            }
        }
        let more = planner.for_report(&self.batch.report);
        self.batch.report = self.batch.report_with(more);
        self.counts.clone_from(planner.counts());
        Ok(self)
    }
}
