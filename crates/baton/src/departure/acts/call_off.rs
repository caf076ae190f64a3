//! A departure ends that was never declared 取消离职办理.

use ::approval::state::CaseState;
use ::departure::state::Stage;
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::departure::parts::{self, LooseEnds};
use crate::departure::store::{self, Found};
use crate::{permissions, told};

/// Calls a dismissal or an agreement off that was refused or withdrawn before it reached the other
/// side: nothing was declared yet, so nobody has to agree. The person works as before. It gives way
/// as well to the notice of the employee himself, which nobody refuses (劳动合同法 art. 37).
#[derive(Debug, Serialize, Deserialize)]
pub struct CallOff {
    /// Which departure.
    pub departure: DepartureId,
    /// How its process ended; nothing where the employee gave notice, and the process ends by this.
    pub state: Option<CaseState>,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    ends: LooseEnds,
}

impl Act for CallOff {
    const NAME: &'static str = "departure.call_off";
    type Facts = Facts;
    type Outcome = Stage;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        Ok(Facts {
            ends: LooseEnds::of(books, &found).await?,
            found,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Stage, Refusal> {
        super::must_be_open(&facts.found)?;
        if !facts.found.acknowledged {
            return Ok(Stage::Withdrawn);
        }
        let zh = "通知已送达或协议已达成，不能由一方撤销";
        let en = "it has reached the other side and cannot be called off alone";
        Err(
            Refusal::conflict("departure.reached_the_other_side", zh, en).remedy((
                "如双方书面同意，请在离职页面登记撤回",
                "If both sides agreed in writing, record the withdrawal on the page of the \
                 departure",
            )),
        )
    }

    async fn write(
        &self,
        Facts { found, .. }: &Facts,
        stage: &Stage,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        let step = ("called_off", "");
        store::add_step(books, (id, found.seq), step, "system", &self.state).await?;
        Ok(store::set_stage(books, id, *stage).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, _: &Stage) -> Record {
        let (who, number) = (super::who(found), &found.departure.number);
        let (zh, en) = match self.state {
            Some(state) => {
                let (zh, en) = (state.label_zh(), state.label_en());
                let zh = format!("审批{zh}，不再办理，恢复原岗位权限");
                (zh, format!("the process is {en}"))
            }
            None => {
                let zh = format!("不再办理：{}", told::GAVE_NOTICE.of(&[]));
                let en = "the employee gave notice before it was served";
                (zh, en.to_owned())
            }
        };
        Record::of(
            found.subject(),
            format!("{who}的离职（{number}）{zh}"),
            format!("{who}'s departure {number} is called off: {en}"),
        )
        .why("called_off")
        .about(found.employee_subject())
        .detail(serde_json::json!({
            "before": found.departure.stage,
            "after": Stage::Withdrawn,
        }))
    }

    fn then(&self, facts: &Facts, _: &Stage) -> Vec<Box<dyn AnyAct>> {
        let mut parts = parts::notice_is_off(&facts.found, &facts.ends);
        if self.state.is_none() {
            let why = told::GAVE_NOTICE.of(&[]);
            parts.extend(parts::process_ends(&facts.found, &why));
        }
        parts
    }
}
