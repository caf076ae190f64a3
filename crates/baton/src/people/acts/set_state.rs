//! A person is working, leaving, or gone 调整在职状态.

use access::Need;
use kernel::{Day, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store::{self, PersonState};
use crate::{permissions, told};

/// Sets the state of a person; leaving ends the employment in the history, coming back begins it
/// anew. A departure runs this as a part of itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetState {
    /// Who.
    pub employee: EmployeeId,
    /// What he is from now on.
    pub state: PersonState,
    /// The last day of employment; needed for `left`, not allowed otherwise.
    pub left_on: Option<Day>,
    /// A reason code: `departure`, `withdrawn`, `rehired`, `not_served`.
    pub why: String,
}

/// What the decision needs to know.
pub struct Facts {
    person: store::Employee,
    seq: i64,
    today: Day,
}

impl Act for SetState {
    const NAME: &'static str = "people.set_state";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = store::find_employee(books, self.employee).await?;
        Ok(Facts {
            person: person.ok_or_else(|| Denied::absent("employee"))?,
            seq: store::next_employment(books, self.employee).await?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::PEOPLE_WRITE, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        let who = facts.person.called();
        if facts.person.state == self.state {
            let zh = format!("{who}已是「{}」", self.state.zh());
            return Err(Refusal::conflict(
                "people.same_state",
                zh,
                "nothing would change",
            ));
        }
        match (self.state, self.left_on) {
            (PersonState::Left, Some(day)) if day >= facts.person.hired_on => Ok(()),
            (PersonState::Left, _) => Err(Refusal::invalid(
                "people.left_on",
                "离职需要填写不早于入职日的最后工作日",
                "leaving needs a last day that is not before the first",
            )
            .at(
                "/left_on",
                ("请填写最后工作日", "Give the last working day"),
            )),
            (_, Some(_)) => Err(Refusal::invalid(
                "people.left_on",
                "在职员工没有离职日期",
                "only those who leave have a last day",
            )
            .at(
                "/left_on",
                ("请去掉离职日期", "Leave out the day of leaving"),
            )),
            _ => Ok(()),
        }
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let ended = self.state == PersonState::Left;
        if ended || facts.person.state == PersonState::Left {
            let why = if ended { told::LEFT } else { told::REHIRED };
            let row = store::EmploymentRow {
                employee: self.employee,
                seq: facts.seq,
                effective_on: self.left_on.map_or(facts.today, |day| day.plus_days(1)),
                position: facts.person.position(),
                post: facts.person.post,
                ended,
                reason: why.zh(),
            };
            store::add_employment(books, &row).await?;
        }
        Ok(store::set_state(books, self.employee, self.state, self.left_on).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (who, before, after) = (
            facts.person.called(),
            facts.person.state.zh(),
            self.state.zh(),
        );
        Record::of(
            format!("employee/{}", self.employee),
            format!("{who}由「{before}」变为「{after}」"),
            format!(
                "{who}: “{}”, before “{}”",
                self.state.en(),
                facts.person.state.en()
            ),
        )
        .why(&self.why)
        .detail(serde_json::json!({
            "before": facts.person.state,
            "after": self.state,
            "left_on": self.left_on,
        }))
    }
}
