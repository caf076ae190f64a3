//! An objection asks for its answer: a task, a due time and the way up 异议办理.
//!
//! Somebody's superior is asked, on the work calendar; whoever keeps silent is passed over upwards.
//! Whoever may answer does so at the line, also finance, and the case hears of it in the same
//! transaction. How long one has and who is asked next stands in the flow, which a company may
//! publish anew.

use ::commission::period::Stage;
use kernel::{CaseId, EmployeeId};
use spine::{AnyAct, Denied, Failure, Reader};

use super::acts::answer::{Answer, Verdict};
use super::month::Month;
use super::saying::Facts;
use super::store::{self, Said};
use crate::approval::acts::refresh::Refresh;
use crate::approval::acts::start::Start;
use crate::approval::{self, Happened, Happening, Knowing, Known};
use crate::people::store as people;
use crate::told;

/// The flow of an objection.
pub(crate) const FLOW: &str = "commission.objection";
/// The step in which it is answered.
pub(crate) const STEP: &str = "answer";

/// `objection/2026-11/…`
pub(crate) fn subject(month: Month, key: &str) -> String {
    format!("objection/{month}/{key}")
}

/// Month and line of such a subject's id.
fn line_of(id: &str) -> Option<(Month, &str)> {
    let (month, key) = id.split_once('/')?;
    Some((month.parse().ok()?, key))
}

/// Whose line such a subject's id names.
pub(crate) async fn payee(books: &mut Reader<'_>, id: &str) -> Result<Option<EmployeeId>, Failure> {
    let Some((month, key)) = line_of(id) else {
        return Ok(None);
    };
    let last = store::last_word(books, month, key).await?;
    Ok(last.map(|word| word.payee))
}

/// The case that asks for an answer now.
pub(crate) async fn case_of(
    books: &mut Reader<'_>,
    month: Month,
    key: &str,
) -> Result<Option<CaseId>, Failure> {
    Ok(approval::store::running_case(books, &subject(month, key), FLOW).await?)
}

/// The act that asks for an answer.
pub(crate) fn begins(facts: &Facts, month: Month, reason: &str) -> Box<dyn AnyAct> {
    let reason = ::approval::fact::Value::Text(reason.trim().to_owned());
    Box::new(Start {
        case: None,
        flow: FLOW.to_owned(),
        title: told::OF_OBJECTION.of(&[&facts.payee().called(), &month.to_string()]),
        subject: subject(month, &facts.key),
        about: Some(facts.payee().id),
        initiator: Some(facts.payee().id),
        facts: [("reason".to_owned(), reason)].into(),
        held: None,
    })
}

/// The case looks what was answered.
pub(crate) fn goes_on(case: Option<CaseId>) -> Vec<Box<dyn AnyAct>> {
    let refresh = case.map(|case| Box::new(Refresh { case }) as Box<dyn AnyAct>);
    refresh.into_iter().collect()
}

/// Reads what was said, for the case about `objection/…`.
pub(crate) fn know<'a>(books: &'a mut Reader<'_>, subject: &'a str) -> Knowing<'a> {
    Box::pin(async move {
        let line = subject.strip_prefix("objection/").and_then(line_of);
        let (month, key) = line.ok_or_else(|| Denied::absent("commission_line"))?;
        let mut known = Known::default();
        let Some(last) = store::last_word(books, month, key).await? else {
            return Ok(known);
        };
        let what = match last.said {
            Said::Objected => {
                let periods = store::periods(books).await?;
                let closed = periods
                    .iter()
                    .any(|period| period.month == month && period.stage == Stage::Closed);
                closed.then_some(told::MONTH_CLOSED)
            }
            Said::Confirmed => Some(told::CONFIRMED),
            Said::Accepted => Some(told::GRANTED),
            Said::Partly => Some(told::PARTLY),
            Said::Refused => Some(told::REFUSED),
            Said::PutRight => Some(told::PUT_RIGHT),
        };
        if let Some(what) = what {
            let by = last.by.parse::<EmployeeId>().ok();
            let names = people::names_of(books, by).await?;
            let who = by.and_then(|by| names.get(&by));
            let who = who.map_or_else(String::new, |(number, name)| {
                people::full_name(name, number)
            });
            known.done.insert(STEP, what.of(&[&who]));
        }
        Ok(known)
    })
}

/// An objection is answered at its line, with a verdict and a reason. Ticking the task off says
/// neither, so that is refused by the act itself, which asks for the reason.
pub(crate) fn hear(happening: &Happening<'_>) -> Vec<Box<dyn AnyAct>> {
    let line = happening.subject.strip_prefix("objection/");
    let line = line.and_then(line_of);
    let (Some((month, key)), Some(by), true) = (line, happening.by, happening.flow == FLOW) else {
        return Vec::new();
    };
    match happening.what {
        Happened::StepDone { node: STEP, .. } => vec![Box::new(Answer {
            month,
            key: key.to_owned(),
            verdict: Verdict::Accept,
            reason: String::new(),
            by: by.to_string(),
        })],
        _ => Vec::new(),
    }
}
