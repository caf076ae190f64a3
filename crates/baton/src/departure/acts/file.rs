//! A departure is filed 提交离职.

use ::departure::kind::DepartureKind;
use ::departure::state::Stage;
use access::Need;
use kernel::{CaseId, Day, DepartureId, EmployeeId, LoginId, Moment, Refusal, WorkCalendar};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Denied, Failure, Reader, Record, Writer};

use crate::departure::acts::call_off::CallOff;
use crate::departure::reckoning::{Reckoning, Wish, one_may_file, reckon};
use crate::departure::{gates, jobs, parts, process, store};
use crate::people::store::{self as people, Employee, PersonState};
use crate::{bounds, session};

/// Files a departure, by the person or by HR for him. From its commit on the person is under
/// notice, no session of his login holds any more, the login works in handover mode, and the
/// process of this way of leaving runs: every office has its task with owner, due time, reminder.
/// A dismissal is only prepared by it: person and login are as before until the notice is served;
/// and one that was not served gives way where the employee gives notice himself.
#[derive(Debug, Serialize, Deserialize)]
pub struct File {
    /// Who leaves.
    pub employee: EmployeeId,
    /// Who files, as the evidence names him.
    pub filed_by: String,
    /// Kind, dates, agreement.
    pub wish: Wish,
    /// In own words, 0..=1000 characters; a resignation needs no reason.
    pub reason: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: DepartureId,
    number: String,
    person: Employee,
    login: Option<LoginId>,
    open: Option<String>,
    /// The open one, where it is a dismissal that was not served.
    prepared: Option<DepartureId>,
    calendar: WorkCalendar,
    /// The case that will run it.
    case: CaseId,
    /// How many gates are open on the first day.
    open_gates: usize,
    today: Day,
    at: Moment,
}

/// What was filed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Filed {
    /// The departure.
    pub id: DepartureId,
    /// `LZ2026-0001`
    pub number: String,
    /// Its dates with their reasons.
    pub reckoning: Reckoning,
}

impl Act for File {
    const NAME: &'static str = "departure.file";
    type Facts = Facts;
    type Outcome = Filed;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = people::find_employee(books, self.employee).await?;
        let login = session::store::login_of_employee(books, self.employee).await?;
        let open = store::open_of(books, self.employee).await?;
        Ok(Facts {
            fresh: DepartureId::mint(books.at(), books.dice()),
            number: store::next_number(books).await?,
            person: person.ok_or_else(|| Denied::absent("employee"))?,
            login: login.map(|login| login.id),
            open: open.map(|open| open.number),
            prepared: store::prepared_of(books, self.employee).await?,
            calendar: people::calendar(books).await?,
            case: CaseId::mint(books.at(), books.dice()),
            open_gates: gates::red(books, self.employee, None, &[])
                .await?
                .gates
                .len(),
            today: books.today(),
            at: books.at(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let target = facts.person.target();
        Need::on(self.wish.permission(), target)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Filed, Refusal> {
        bounds::length("/reason", "离职原因", &self.reason, 0..=1_000)?;
        let who = facts.person.called();
        if facts.person.state == PersonState::Left {
            let zh = format!("{who}已离职");
            return Err(Refusal::conflict(
                "departure.has_left",
                zh,
                "has left already",
            ));
        }
        if self.filed_by == self.employee.to_string() && !one_may_file(self.wish.kind) {
            return Err(super::ones_own());
        }
        if let Some(number) = facts
            .open
            .as_ref()
            .filter(|_| self.overtakes(facts).is_none())
        {
            let zh = format!("{who}的离职（{number}）正在办理，无需再次提交");
            let en = format!("{number} is under way already");
            return Err(Refusal::conflict("departure.already_open", zh, en).remedy((
                "请在该离职中查看进度，或由双方同意撤回",
                "See in that departure how far it is, or let both sides agree to withdraw it",
            )));
        }
        let reckoning = reckon(&self.wish, &facts.person, &facts.calendar, facts.today)?;
        Ok(Filed {
            id: facts.fresh,
            number: facts.number.clone(),
            reckoning,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        filed: &Filed,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let departure = self.departure(facts, filed);
        store::add(books, &departure).await?;
        store::add_step(
            books,
            (filed.id, 1),
            ("filed", ""),
            &self.filed_by,
            &self.wish,
        )
        .await?;
        Ok(jobs::enqueue_days(books, filed.id, departure.clocks.last_working_day).await?)
    }

    fn record(&self, facts: &Facts, filed: &Filed) -> Record {
        let who = facts.person.called();
        let rule = self.wish.kind.rule();
        let clocks = filed.reckoning.clocks;
        let (zh, en) = if self.wish.kind == DepartureKind::Resignation {
            ("提交了辞职通知".to_owned(), "gave notice".to_owned())
        } else {
            (
                format!("的离职已提交（{}）", rule.zh),
                format!("leaves: {}", rule.en),
            )
        };
        Record::of(
            format!("departure/{}", filed.id),
            format!(
                "{who}{zh}，编号 {}；劳动关系至 {}，最后工作日 {}",
                filed.number, clocks.employment_ends, clocks.last_working_day
            ),
            format!(
                "{who} {en}, {}; employed until {}, last working day {}",
                filed.number, clocks.employment_ends, clocks.last_working_day
            ),
        )
        .why("departure")
        .about(format!("employee/{}", self.employee))
        .detail(serde_json::json!({
            "kind": self.wish.kind,
            "basis": rule.basis,
            "received_on": self.wish.received_on,
            "earliest_on": filed.reckoning.answer.earliest,
            "clocks": clocks,
            "reasons": filed.reckoning.answer.reasons,
            "reason": self.reason.trim(),
        }))
    }

    fn then(&self, facts: &Facts, filed: &Filed) -> Vec<Box<dyn AnyAct>> {
        let departure = self.departure(facts, filed);
        let call_off = |departure| {
            let state = None;
            Box::new(CallOff { departure, state }) as Box<dyn AnyAct>
        };
        let mut parts: Vec<Box<dyn AnyAct>> =
            self.overtakes(facts).map(call_off).into_iter().collect();
        if process::flow_of(departure.kind) != process::DISMISSAL {
            parts.extend(parts::notice_begins(&facts.person, facts.login));
        }
        let reached = facts.today >= departure.clocks.last_working_day;
        let known = process::facts(departure.kind, facts.open_gates, reached);
        let who = facts.person.called();
        parts.push(Box::new(process::begins(
            &departure, &who, facts.case, known,
        )));
        parts
    }
}

impl File {
    /// The prepared dismissal that gives way to this: who leaves by himself is not asked to wait
    /// for what he does not know of.
    fn overtakes(&self, facts: &Facts) -> Option<DepartureId> {
        facts.prepared.filter(|_| one_may_file(self.wish.kind))
    }

    fn departure(&self, facts: &Facts, filed: &Filed) -> store::Departure {
        let reckoning = &filed.reckoning;
        store::Departure {
            id: filed.id,
            number: filed.number.clone(),
            employee: self.employee,
            kind: self.wish.kind,
            stage: Stage::Filed,
            filed_by: self.filed_by.clone(),
            filed_on: facts.today,
            received_on: self.wish.received_on,
            reason: self.reason.trim().to_owned(),
            earliest_on: reckoning.answer.earliest,
            clocks: reckoning.clocks,
            agreed_early: self.wish.agreed.is_some(),
            reckoning: reckoning.clone(),
            opened_at: facts.at,
            closed_at: None,
        }
    }
}
