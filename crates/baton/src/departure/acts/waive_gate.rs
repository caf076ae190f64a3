//! Somebody answers for a red gate 豁免关卡.

use ::departure::gate_facts::Waiver;
use ::departure::gates::may_waive;
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::departure::parts;
use crate::departure::store::{self, Found};
use crate::{permissions, word};

/// Lets a departure close although a gate is red, at somebody's own responsibility.
#[derive(Debug, Serialize, Deserialize)]
pub struct WaiveGate {
    /// Which departure.
    pub departure: DepartureId,
    /// Which gate, who answers, and why.
    pub waiver: Waiver,
}

impl Act for WaiveGate {
    const NAME: &'static str = "departure.waive_gate";
    type Facts = Found;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Found, Failure> {
        store::found(books, self.departure).await
    }

    fn needs(&self, found: &Found) -> Need {
        Need::on(permissions::DEPARTURE_RUN, found.target())
    }

    fn decide(&self, found: &Found, _at: Moment) -> Result<(), Refusal> {
        super::must_be_open(found)?;
        crate::bounds::length("/reason", "豁免理由", &self.waiver.reason, 1..=1_000)?;
        may_waive(&self.waiver, found.person.id)
    }

    async fn write(&self, found: &Found, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let step = (found.departure.id, found.seq);
        let (gate, by) = (word::of(&self.waiver.gate)?, self.waiver.by.to_string());
        Ok(store::add_step(books, step, ("waiver", &gate), &by, &self.waiver).await?)
    }

    fn record(&self, found: &Found, _: &()) -> Record {
        let (who, (zh, en)) = (super::who(found), self.waiver.gate.title());
        Record::of(
            found.subject(),
            format!("豁免了{who}离职的关卡「{zh}」"),
            format!("Waived the gate “{en}” of {who}'s departure"),
        )
        .about(format!("employee/{}", self.waiver.by))
        .detail(serde_json::json!(self.waiver))
    }

    fn then(&self, found: &Found, _: &()) -> Vec<Box<dyn AnyAct>> {
        parts::process_goes_on(found)
    }
}
