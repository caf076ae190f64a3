//! HR confirms that the notice arrived 签收离职通知.

use ::departure::state::{Stage, Step, may};
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::departure::store::{self, Found, StepLine};
use crate::permissions;

/// Confirms receipt; the notice runs with or without it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Acknowledge {
    /// Which departure.
    pub departure: DepartureId,
    /// Who confirms, as the evidence names him.
    pub by: String,
}

/// Before the employer ends employment alone the union must have been told (劳动合同法 art. 43).
pub(super) fn union_was_told(found: &Found, steps: &[StepLine]) -> Result<(), Refusal> {
    let told = steps
        .iter()
        .any(|step| step.kind == "check" && step.what == "union_notice");
    if told || !found.departure.kind.rule().union_first {
        return Ok(());
    }
    let zh = "单位单方解除前须先将理由通知工会（劳动合同法第四十三条）";
    Err(Refusal::conflict(
        "departure.union_first",
        zh,
        "the union must be told the reason first (LCL 43)",
    )
    .remedy("请先登记「工会通知」；没有工会的，登记已通知职工代表或上级工会"))
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    steps: Vec<StepLine>,
}

impl Act for Acknowledge {
    const NAME: &'static str = "departure.acknowledge";
    type Facts = Facts;
    type Outcome = Stage;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let steps = store::steps(books, self.departure).await?;
        Ok(Facts { found, steps })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Stage, Refusal> {
        union_was_told(&facts.found, &facts.steps)?;
        may(facts.found.departure.stage, &Step::Acknowledge)
    }

    async fn write(
        &self,
        Facts { found, .. }: &Facts,
        stage: &Stage,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        store::add_step(books, (id, found.seq), ("acknowledged", ""), &self.by, &"").await?;
        Ok(store::set_stage(books, id, *stage).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, _: &Stage) -> Record {
        let (who, day) = (super::who(found), found.departure.received_on);
        Record::of(
            found.subject(),
            format!("签收了{who}的离职通知，收到日为 {day}"),
            format!("Acknowledged {who}'s notice, received on {day}"),
        )
        .about(found.employee_subject())
    }
}
