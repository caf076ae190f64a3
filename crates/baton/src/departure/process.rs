//! The process of a departure: which flow each way of leaving follows 离职流程.
//!
//! The case is the machine: it says who has to do what until when, reminds and climbs. What the
//! departure keeps in its own books (checks, dates, plans, papers) tells the case how far it is, by
//! [`super::known`]; nothing is ticked off twice.

use ::approval::fact::{Facts, Value};
use ::departure::kind::{CompensationRule, DepartureKind};
use kernel::{CaseId, DepartureId};
use spine::{Failure, Reader};

use super::store::Departure;
use crate::approval::{self, acts::refresh::Refresh, acts::start::Start};
use crate::told;

/// A notice of the employee: it is handled, never approved.
pub(crate) const RESIGNATION: &str = "departure.resignation";
/// Both sides agree.
pub(crate) const MUTUAL: &str = "departure.mutual";
/// The employer ends employment alone.
pub(crate) const DISMISSAL: &str = "departure.dismissal";
/// The contract or the law ends it: a fact, which nobody approves.
pub(crate) const ENDING: &str = "departure.ending";

/// Every flow that runs a departure.
pub(crate) const FLOWS: [&str; 4] = [RESIGNATION, MUTUAL, DISMISSAL, ENDING];

/// The flow of this way of leaving.
#[must_use]
pub(crate) fn flow_of(kind: DepartureKind) -> &'static str {
    use DepartureKind as Kind;
    match kind {
        Kind::Resignation | Kind::ResignationForCause => RESIGNATION,
        Kind::MutualByEmployer | Kind::MutualByEmployee => MUTUAL,
        Kind::ProbationFailure | Kind::Misconduct | Kind::NoFaultDismissal | Kind::Layoff => {
            DISMISSAL
        }
        Kind::ExpiryByEmployer
        | Kind::ExpiryByEmployee
        | Kind::TaskEnd
        | Kind::Retirement
        | Kind::Death
        | Kind::EmployerClosure
        | Kind::UnlawfulDismissal => ENDING,
    }
}

/// Whether something is due at the end besides wages (劳动合同法 art. 46, 87).
#[must_use]
pub(crate) fn compensation_due(kind: DepartureKind) -> bool {
    kind.rule().compensation != CompensationRule::None
}

/// What the flow must know from the first moment: how many gates are open, whether the last day at
/// work has come, whether compensation is due.
#[must_use]
pub(crate) fn facts(kind: DepartureKind, open_gates: usize, last_day_reached: bool) -> Facts {
    let open = i64::try_from(open_gates).unwrap_or(i64::MAX);
    let due = compensation_due(kind);
    Facts::from([
        ("open_items".to_owned(), Value::Number(open)),
        ("last_day_reached".to_owned(), Value::Flag(last_day_reached)),
        ("compensation_due".to_owned(), Value::Flag(due)),
    ])
}

/// The act that starts the process of a departure that is being filed.
pub(crate) fn begins(departure: &Departure, who: &str, case: CaseId, facts: Facts) -> Start {
    Start {
        case: Some(case),
        flow: flow_of(departure.kind).to_owned(),
        title: told::OF_DEPARTURE.of(&[who, departure.kind.rule().zh]),
        subject: subject(departure.id),
        about: Some(departure.employee),
        initiator: departure.filed_by.parse().ok(),
        facts,
        held: None,
    }
}

/// `departure/dep_…`
pub(crate) fn subject(id: DepartureId) -> String {
    format!("departure/{id}")
}

/// The case that runs this departure.
pub(crate) async fn case_of(
    books: &mut Reader<'_>,
    id: DepartureId,
) -> Result<Option<CaseId>, Failure> {
    Ok(approval::store::case_following(books, &subject(id), &FLOWS).await?)
}

/// The case looks into the books of its departure.
pub(crate) fn goes_on(case: CaseId) -> Refresh {
    Refresh { case }
}

#[cfg(test)]
mod tests {
    use ::approval::shipped::shipped;
    use ::approval::validate::publish;
    use ::departure::kind::{RULES, Starter};

    use super::*;

    #[test]
    fn every_way_of_leaving_follows_a_flow_that_ships_and_knows_its_facts() {
        for rule in &RULES {
            let def = shipped(flow_of(rule.kind)).expect("it ships");
            let flow = publish(def, 1).expect("it can be published");
            for (key, value) in facts(rule.kind, 2, false) {
                let fact = flow.fact(&key);
                assert!(fact.is_some_and(|it| it.accepts(&value)), "{key}");
            }
        }
    }

    #[test]
    fn what_the_employee_or_the_law_brings_about_is_a_notice_that_nobody_can_refuse() {
        for rule in &RULES {
            let notice = shipped(flow_of(rule.kind)).expect("it ships").notice;
            let by_agreement = flow_of(rule.kind) == MUTUAL;
            match rule.starter {
                Starter::Employee | Starter::Law => assert!(notice || by_agreement, "{}", rule.en),
                Starter::Employer if rule.union_first => assert!(!notice, "{}", rule.en),
                Starter::Employer => {}
            }
        }
    }
}
