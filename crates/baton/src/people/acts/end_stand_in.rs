//! A stand-in ends before its time 结束代理.

use access::Need;
use kernel::{Day, Moment, Refusal, StandInId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store::{self, StandInLine};
use crate::permissions;

/// Ends a stand-in today; one that has not begun never counts.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndStandIn {
    /// Which.
    pub stand_in: StandInId,
    /// Whether the absent person himself asks.
    pub own: bool,
}

/// What the decision needs to know.
pub struct Facts {
    line: StandInLine,
    absent: store::Employee,
    today: Day,
}

impl Act for EndStandIn {
    const NAME: &'static str = "people.end_stand_in";
    type Facts = Facts;
    type Outcome = Day;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let today = books.today();
        let line = store::find_stand_in(books, self.stand_in, today).await?;
        let line = line.ok_or_else(|| Denied::absent("stand_in"))?;
        let absent = store::find_employee(books, line.stand_in.absent).await?;
        Ok(Facts {
            line,
            absent: absent.ok_or_else(|| Denied::absent("employee"))?,
            today,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        if self.own {
            Need::on(permissions::APPROVAL_ACT, facts.absent.target())
        } else {
            Need::on(permissions::APPROVAL_MANAGE, facts.absent.target())
        }
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Day, Refusal> {
        Ok(facts.today.max(facts.line.stand_in.period.from))
    }

    async fn write(&self, _: &Facts, until: &Day, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::end_stand_in(books, self.stand_in, *until).await?)
    }

    fn record(&self, facts: &Facts, until: &Day) -> Record {
        let called = |(number, name): &(String, String)| store::full_name(name, number);
        let (absent, deputy) = (called(&facts.line.absent), called(&facts.line.deputy));
        Record::of(
            format!("employee/{}", facts.line.stand_in.absent),
            format!("{deputy}对{absent}的代理自 {until} 起结束"),
            format!("{deputy} no longer stands in for {absent} from {until}"),
        )
        .about(format!("employee/{}", facts.line.stand_in.deputy))
    }
}
