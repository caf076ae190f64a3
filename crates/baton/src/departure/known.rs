//! What the books of a departure say about the steps of its process 离职进度取数.

use std::collections::BTreeMap;

use ::approval::fact::Value;
use ::departure::gates::GateKey;
use ::departure::state::Stage;
use kernel::{DepartureId, EmployeeId};
use spine::{Denied, Failure, Fault, Reader};

use super::gates::{self, Red};
use super::store::{self, Found, StepLine};
use crate::approval::{Knowing, Known};
use crate::document;
use crate::handover::store::{self as plans, PlanState};
use crate::people::store as people;
use crate::told::{self, Told};

/// Reads it, for the case about `departure/dep_…`.
pub(crate) fn know<'a>(books: &'a mut Reader<'_>, subject: &'a str) -> Knowing<'a> {
    Box::pin(async move {
        let id = subject
            .strip_prefix("departure/")
            .and_then(|id| id.parse().ok());
        let id: DepartureId = id.ok_or_else(|| Denied::absent("departure"))?;
        known(books, id).await
    })
}

/// What the books say about this departure.
pub(crate) async fn known(books: &mut Reader<'_>, id: DepartureId) -> Result<Known, Failure> {
    let found = store::found(books, id).await?;
    let steps = store::steps(books, id).await?;
    let red = gates::red(books, found.person.id, Some(id), &steps).await?;
    let mut done = by_steps(books, &steps).await?;
    let heads = plans::of_departure(books, id).await?;
    let plan = heads.iter().find(|plan| {
        !matches!(plan.state, PlanState::Draft | PlanState::Cancelled) && plan.reverses.is_none()
    });
    if let Some(plan) = plan {
        done.insert("plan", told::PLAN.of(&[&plan.number]));
    } else if !red.handover() {
        done.insert("plan", told::NO_PLAN.of(&[]));
    }
    // What is to be handed over has no plan where the last one was called off or taken back.
    let open = found.departure.closed_at.is_none();
    let planned = open && heads.iter().any(|plan| plan.reverses.is_none());
    let undone = planned && !done.contains_key("plan");
    things(&red, &mut done);
    let ends = found.departure.clocks.employment_ends;
    if document::certificate_issued(books, id, ends)
        .await?
        .is_some()
    {
        done.insert("certificate", told::CERTIFICATE.of(&[]));
    }
    Ok(Known {
        facts: facts(&found, &red),
        done,
        undone: undone.then_some("plan").into_iter().collect(),
        rest: (found.departure.stage == Stage::Closed).then(|| told::CLOSED.of(&[])),
    })
}

fn facts(found: &Found, red: &Red) -> Vec<(&'static str, Value)> {
    let open = i64::try_from(red.gates.len()).unwrap_or(i64::MAX);
    let reached = found.today >= found.departure.clocks.last_working_day;
    vec![
        ("open_items", Value::Number(open)),
        ("last_day_reached", Value::Flag(reached)),
    ]
}

/// What was lent and is back; where nothing is taken down somebody must look himself first.
fn things(red: &Red, done: &mut BTreeMap<&'static str, String>) {
    for (gate, had, list, back, words) in [
        (
            GateKey::Accounts,
            red.had_accounts,
            "accounts",
            "close_accounts",
            told::ACCOUNTS,
        ),
        (
            GateKey::Assets,
            red.had_assets,
            "assets",
            "collect_assets",
            told::ASSETS,
        ),
    ] {
        if red.gates.contains(&gate) {
            continue;
        }
        done.insert(back, words.of(&[]));
        if had {
            done.insert(list, words.of(&[]));
        }
    }
}

/// Steps of the process by what the departure recorded.
const BY_STEP: [(&str, &str, &[&str], Told); 4] = [
    (
        "acknowledged",
        "",
        &["acknowledge", "service"],
        told::RECEIVED,
    ),
    ("check", "union_notice", &["union"], told::UNION),
    ("check", "receivables", &["receivables"], told::RECEIVABLES),
    ("check", "interview", &["interview"], told::INTERVIEW),
];

async fn by_steps(
    books: &mut Reader<'_>,
    steps: &[StepLine],
) -> Result<BTreeMap<&'static str, String>, Fault> {
    let people: Vec<EmployeeId> = steps
        .iter()
        .filter_map(|step| step.recorded_by.parse().ok())
        .collect();
    let names = people::names_of(books, people).await?;
    let mut done = BTreeMap::new();
    for (kind, what, nodes, words) in BY_STEP {
        let of_kind =
            |step: &&StepLine| step.kind == kind && (what.is_empty() || step.what == what);
        let Some(step) = steps.iter().find(of_kind) else {
            continue;
        };
        let who = step.recorded_by.parse().ok().and_then(|id| names.get(&id));
        let who = who.map_or_else(String::new, |(number, name)| {
            people::full_name(name, number)
        });
        for node in nodes {
            done.insert(*node, words.of(&[&who]));
        }
    }
    Ok(done)
}
