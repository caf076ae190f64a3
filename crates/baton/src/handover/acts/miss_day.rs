//! The day of an approved plan came and it could not be executed 到期未执行.

use access::Need;
use kernel::{Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::execute::{NOTHING_MOVES, REACHES_BACK};
use crate::handover::jobs;
use crate::handover::loaded::{Loaded, loaded};
use crate::handover::store::PlanState;
use crate::permissions;

/// Writes down why nothing moved, so that whoever planned it reads it, and tries the next day,
/// unless no day can help.
#[derive(Debug, Serialize, Deserialize)]
pub struct MissDay {
    /// Which plan.
    pub plan: PlanId,
    /// What stood in the way.
    pub refusal: Refusal,
}

impl Act for MissDay {
    const NAME: &'static str = "handover.miss_day";
    type Facts = Loaded;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Loaded, Failure> {
        loaded(books, self.plan).await
    }

    fn needs(&self, loaded: &Loaded) -> Need {
        Need::on(permissions::HANDOVER_PLAN, loaded.target())
    }

    fn decide(&self, loaded: &Loaded, _at: Moment) -> Result<(), Refusal> {
        loaded.must_be(&[PlanState::Approved], ("到期执行", "execute it"))
    }

    async fn write(&self, loaded: &Loaded, (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        if self.hopeless().is_some() {
            return Ok(());
        }
        let tomorrow = loaded.today.plus_days(1);
        let again = jobs::execute_on(self.plan, tomorrow, books.zone())?;
        Ok(books.enqueue(again).await?)
    }

    fn record(&self, loaded: &Loaded, (): &()) -> Record {
        let (number, why) = (&loaded.head.number, &self.refusal);
        let again = ("次日再试", "It is tried again the next day.");
        let (zh, en) = self.hopeless().unwrap_or(again);
        let record = Record::of(
            loaded.subject(),
            format!("交接方案 {number} 到期未能执行：{}。{zh}", why.message),
            format!(
                "The plan {number} was due and not executed: {} {en}",
                why.message_en
            ),
        )
        .about(format!("employee/{}", loaded.head.from))
        .detail(serde_json::json!({
            "effective_on": loaded.head.effective_on,
            "code": why.code,
            "remedy": why.remedy,
        }));
        match loaded.head.departure {
            Some(departure) => record.about(format!("departure/{departure}")),
            None => record,
        }
    }
}

impl MissDay {
    /// What to do where it would be refused on any other day as well.
    fn hopeless(&self) -> Option<(&'static str, &'static str)> {
        match self.refusal.code.as_str() {
            REACHES_BACK => Some((
                "不再自动重试，请作废后重新起草",
                "It is not tried again; cancel it and draw it up anew.",
            )),
            NOTHING_MOVES => Some((
                "不再自动重试，请作废该方案",
                "It is not tried again; cancel it.",
            )),
            _ => None,
        }
    }
}
