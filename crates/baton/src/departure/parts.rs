//! What a departure asks of people and logins; the one place that builds these parts 离职子动作.

use ::approval::command::Action;
use ::departure::clocks::Clocks;
use access::Mode;
use kernel::{Day, SigningId};
use spine::{AnyAct, Fault, Reader};

use super::acts::advance::{Advance, Begins};
use super::process;
use super::store::{self, Found};
use crate::approval::acts::command::Command;
use crate::approval::acts::reassign_all::{Extent, ReassignAll};
use crate::commission::acts::settle_exit::SettleExit;
use crate::handover::acts::cancel::Cancel;
use crate::handover::store::PlanHead;
use crate::people::acts::set_state::SetState;
use crate::people::store::{Employee, PersonState};
use crate::session::acts::set_access::SetAccess;
use crate::signing::acts::withdraw::Withdraw;
use crate::{handover, signing, told};
use ::commission::booking::SettledRow;
use kernel::LoginId;

/// Where nothing is said of `active`, a login that the security administrator closed stays closed.
fn access(
    login: Option<LoginId>,
    mode: Mode,
    active: Option<bool>,
    why: &str,
) -> Option<Box<dyn AnyAct>> {
    let login = login?;
    Some(Box::new(SetAccess {
        login,
        mode: Some(mode),
        active,
        why: why.to_owned(),
    }))
}

fn state(
    person: &Employee,
    state: PersonState,
    left_on: Option<Day>,
    why: &str,
) -> Option<Box<dyn AnyAct>> {
    let changes = person.state != state;
    let (employee, why) = (person.id, why.to_owned());
    changes.then(|| {
        Box::new(SetState {
            employee,
            state,
            left_on,
            why,
        }) as Box<dyn AnyAct>
    })
}

/// The person is under notice and knows it; every session of the login, if one is named, has ended
/// and it works in handover mode.
pub(crate) fn notice_begins(person: &Employee, login: Option<LoginId>) -> Vec<Box<dyn AnyAct>> {
    let parts = [
        state(person, PersonState::Notice, None, "departure"),
        access(login, Mode::Handover, None, "departure"),
    ];
    parts.into_iter().flatten().collect()
}

/// What a departure that is off leaves open.
pub(crate) struct LooseEnds {
    /// Whether the login was closed by it.
    closed_it: bool,
    /// Plans that were not executed.
    plans: Vec<PlanHead>,
    /// Papers that are being signed.
    signings: Vec<SigningId>,
}

impl LooseEnds {
    pub(crate) async fn of(books: &mut Reader<'_>, found: &Found) -> Result<LooseEnds, Fault> {
        Ok(LooseEnds {
            closed_it: store::closed_the_login(books, found).await?,
            plans: handover::store::open_plans(books, found.departure.id).await?,
            signings: signing::open_about(books, found.subject()).await?,
        })
    }
}

/// The person stays; the login works as before, and is opened again if it was this departure that
/// closed it; plans that were not executed are cancelled, and nobody signs its papers any more.
pub(crate) fn notice_is_off(found: &Found, ends: &LooseEnds) -> Vec<Box<dyn AnyAct>> {
    let active = ends.closed_it.then_some(true);
    // Nobody notices that a dismissal was prepared and given up.
    let login = found.login.filter(|_| found.mode != Some(Mode::Normal));
    let parts = [
        state(&found.person, PersonState::Active, None, "withdrawn"),
        access(login, Mode::Normal, active, "withdrawn"),
    ];
    let plans = cancelled(&ends.plans, &told::WITHDRAWN.of(&[]));
    let signings = ends.signings.iter().map(|ceremony| {
        Box::new(Withdraw {
            ceremony: *ceremony,
            by: "system".to_owned(),
            reason: told::WITHDRAWN.of(&[]),
        }) as Box<dyn AnyAct>
    });
    let parts = parts.into_iter().flatten();
    parts.chain(plans).chain(signings).collect()
}

/// Nobody executes these plans any more.
pub(crate) fn cancelled(plans: &[PlanHead], reason: &str) -> Vec<Box<dyn AnyAct>> {
    let part = |plan: &PlanHead| {
        Box::new(Cancel {
            plan: plan.id,
            reason: reason.to_owned(),
        }) as Box<dyn AnyAct>
    };
    plans.iter().map(part).collect()
}

/// Other days are in force. Whoever is at work again finds the login open again, in handover mode,
/// if it was this departure that closed it.
pub(crate) fn days_moved(found: &Found, closed_it: bool, clocks: Clocks) -> Vec<Box<dyn AnyAct>> {
    let returns = closed_it && clocks.last_working_day >= found.today;
    let login = found.login.filter(|_| returns);
    let opens = access(login, Mode::Handover, Some(true), "departure");
    opens.into_iter().chain(process_goes_on(found)).collect()
}

/// What was drawn up before it was declared is under way from now on.
pub(crate) fn handover_begins(found: &Found) -> Box<dyn AnyAct> {
    Box::new(Advance {
        departure: found.departure.id,
        begins: Begins::Handover,
    })
}

/// The case looks into the books of the departure.
pub(crate) fn process_goes_on(found: &Found) -> Vec<Box<dyn AnyAct>> {
    let part = |case| Box::new(process::goes_on(case)) as Box<dyn AnyAct>;
    found.case.map(part).into_iter().collect()
}

/// The case ends with its departure, whatever was still to be done.
pub(crate) fn process_ends(found: &Found, reason: &str) -> Vec<Box<dyn AnyAct>> {
    let part = |case| {
        let action = Action::Terminate {
            reason: reason.to_owned(),
        };
        Box::new(Command {
            case,
            by: None,
            action,
            shown: None,
        }) as Box<dyn AnyAct>
    };
    found.case.map(part).into_iter().collect()
}

/// What still waits for the person goes to others: the pool it came from, stand-in, manager.
pub(crate) fn tasks_pass_on(found: &Found) -> Box<dyn AnyAct> {
    Box::new(ReassignAll {
        from: found.person.id,
        rows: Vec::new(),
        initiated: Vec::new(),
        reason: told::LAST_DAY.of(&[]),
        extent: Extent::Everything,
        by: None,
    })
}

/// The last day at work is over.
pub(crate) fn access_ends(found: &Found) -> Vec<Box<dyn AnyAct>> {
    access(found.login, Mode::Suspended, Some(false), "departure")
        .into_iter()
        .collect()
}

/// The person has left.
pub(crate) fn employment_is_over(found: &Found) -> Vec<Box<dyn AnyAct>> {
    let ends = found.departure.clocks.employment_ends;
    let parts = [
        state(&found.person, PersonState::Left, Some(ends), "departure"),
        access(found.login, Mode::Suspended, Some(false), "departure"),
    ];
    parts.into_iter().flatten().collect()
}

/// What was decided about open commission takes effect.
pub(crate) fn commission_is_settled(
    found: &Found,
    rows: Vec<SettledRow>,
) -> Option<Box<dyn AnyAct>> {
    if rows.is_empty() {
        return None;
    }
    Some(Box::new(SettleExit {
        departure: found.departure.id,
        number: found.departure.number.clone(),
        employee: found.person.id,
        who: found.person.called(),
        rows,
    }))
}
