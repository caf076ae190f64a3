//! What a departure asks of people and logins; the one place that builds these parts 离职子动作.

use access::Mode;
use kernel::Day;
use spine::AnyAct;

use super::store::Found;
use crate::people::acts::set_state::SetState;
use crate::people::store::{Employee, PersonState};
use crate::session::acts::set_access::SetAccess;
use kernel::LoginId;

fn access(login: Option<LoginId>, mode: Mode, active: bool, why: &str) -> Option<Box<dyn AnyAct>> {
    let login = login?;
    Some(Box::new(SetAccess {
        login,
        mode,
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

/// The person is under notice; every session has ended and the login works in handover mode.
pub(crate) fn notice_begins(person: &Employee, login: Option<LoginId>) -> Vec<Box<dyn AnyAct>> {
    let parts = [
        state(person, PersonState::Notice, None, "departure"),
        access(login, Mode::Handover, true, "departure"),
    ];
    parts.into_iter().flatten().collect()
}

/// The person stays; the login works as before.
pub(crate) fn notice_is_off(found: &Found) -> Vec<Box<dyn AnyAct>> {
    let parts = [
        state(&found.person, PersonState::Active, None, "withdrawn"),
        access(found.login, Mode::Normal, true, "withdrawn"),
    ];
    parts.into_iter().flatten().collect()
}

/// The last day at work is over.
pub(crate) fn access_ends(found: &Found) -> Vec<Box<dyn AnyAct>> {
    access(found.login, Mode::Suspended, false, "departure")
        .into_iter()
        .collect()
}

/// The person has left.
pub(crate) fn employment_is_over(found: &Found) -> Vec<Box<dyn AnyAct>> {
    let ends = found.departure.clocks.employment_ends;
    let parts = [
        state(&found.person, PersonState::Left, Some(ends), "departure"),
        access(found.login, Mode::Suspended, false, "departure"),
    ];
    parts.into_iter().flatten().collect()
}
