//! The handover or the settlement begins 推进离职阶段.

use ::departure::state::{Stage, Step, may};
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::departure::store::{self, Found};
use crate::permissions;

/// What begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begins {
    /// A handover plan is drawn up.
    Handover,
    /// The handover is done, or there is nothing to hand over.
    Settlement,
}

/// Moves the departure on; the handover runs it as a part of itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct Advance {
    /// Which departure.
    pub departure: DepartureId,
    /// What begins.
    pub begins: Begins,
}

/// The stage after this beginning; one that is further stays where it is.
pub(super) fn after(stage: Stage, begins: Begins) -> Result<Stage, Refusal> {
    match (stage, begins) {
        (Stage::HandingOver | Stage::Settling, Begins::Handover)
        | (Stage::Settling, Begins::Settlement) => Ok(stage),
        (_, Begins::Handover) => may(stage, &Step::BeginHandover),
        (Stage::Filed, Begins::Settlement) => {
            may(may(stage, &Step::BeginHandover)?, &Step::BeginSettlement)
        }
        (_, Begins::Settlement) => may(stage, &Step::BeginSettlement),
    }
}

impl Act for Advance {
    const NAME: &'static str = "departure.advance";
    type Facts = Found;
    type Outcome = Stage;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Found, Failure> {
        store::found(books, self.departure).await
    }

    fn needs(&self, found: &Found) -> Need {
        Need::on(permissions::DEPARTURE_RUN, found.target())
    }

    fn decide(&self, found: &Found, _at: Moment) -> Result<Stage, Refusal> {
        after(found.departure.stage, self.begins)
    }

    async fn write(
        &self,
        found: &Found,
        stage: &Stage,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        if *stage != found.departure.stage {
            store::add_step(books, (id, found.seq), ("stage", ""), "system", stage).await?;
            store::set_stage(books, id, *stage).await?;
        }
        Ok(())
    }

    fn record(&self, found: &Found, stage: &Stage) -> Record {
        let (who, (zh, en)) = (super::who(found), stage.words());
        Record::of(
            found.subject(),
            format!("{who}的离职进入「{zh}」"),
            format!("{who}'s departure: {en}"),
        )
        .detail(serde_json::json!({ "before": found.departure.stage, "after": stage }))
    }
}
