//! Somebody acts for an absent colleague 设置代理人.

use access::Need;
use kernel::{Day, EmployeeId, Moment, Period, Refusal, StandInId};
use people::{StandIn, StandIns};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store::{self, StandInLine};
use crate::{bounds, permissions};

/// Names a stand-in for a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddStandIn {
    /// Who is away.
    pub absent: EmployeeId,
    /// Who acts for him.
    pub deputy: EmployeeId,
    /// First day.
    pub from: Day,
    /// First day on which it is over; none for no end.
    pub until: Option<Day>,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Whether the absent person himself asks; others need the permission to move people's tasks.
    pub own: bool,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: StandInId,
    absent: store::Employee,
    deputy: store::Employee,
    others: Vec<StandInLine>,
}

impl Act for AddStandIn {
    const NAME: &'static str = "people.add_stand_in";
    type Facts = Facts;
    type Outcome = StandInId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let absent = store::find_employee(books, self.absent).await?;
        let deputy = store::find_employee(books, self.deputy).await?;
        let today = books.today();
        Ok(Facts {
            fresh: StandInId::mint(books.at(), books.dice()),
            absent: absent.ok_or_else(|| Denied::absent("employee"))?,
            deputy: deputy.ok_or_else(|| Denied::absent("employee"))?,
            others: store::stand_ins(books, today).await?,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        if self.own {
            Need::on(permissions::APPROVAL_ACT, facts.absent.target())
        } else {
            Need::on(permissions::APPROVAL_MANAGE, facts.absent.target())
        }
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<StandInId, Refusal> {
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        super::must_work(&facts.deputy, "/deputy_id")?;
        let mut accepted = StandIns::default();
        for line in &facts.others {
            accepted.add(line.stand_in)?;
        }
        accepted.add(self.stand_in(facts.fresh))?;
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        _facts: &Facts,
        id: &StandInId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::add_stand_in(books, &self.stand_in(*id), self.reason.trim()).await?)
    }

    fn record(&self, facts: &Facts, _id: &StandInId) -> Record {
        let (absent, deputy) = (facts.absent.called(), facts.deputy.called());
        let (until, until_en) = self.until.map_or_else(Default::default, |day| {
            (
                format!(" 至 {day} 前"),
                format!(" until the day before {day}"),
            )
        });
        Record::of(
            format!("employee/{}", self.absent),
            format!("自 {}{until}由{deputy}代理{absent}", self.from),
            format!(
                "{deputy} stands in for {absent} from {}{until_en}",
                self.from
            ),
        )
        .about(format!("employee/{}", self.deputy))
        .detail(serde_json::json!({
            "from": self.from,
            "until": self.until,
            "reason": self.reason.trim(),
        }))
    }
}

impl AddStandIn {
    fn stand_in(&self, id: StandInId) -> StandIn {
        let period = Period {
            from: self.from,
            until: self.until,
        };
        StandIn {
            id,
            absent: self.absent,
            deputy: self.deputy,
            period,
        }
    }
}
