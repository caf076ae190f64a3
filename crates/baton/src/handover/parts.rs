//! What a handover asks of people and of the departure; the one place that builds these parts
//! 交接子动作.

use ::commission::split_after_handover::Agreement;
use kernel::{CaseId, CustomerId, Day, DepartmentId, DepartureId, EmployeeId, PlanId, StandInId};
use spine::AnyAct;

use crate::approval::acts::publish_flow::PublishFlow;
use crate::approval::acts::reassign_all::{Extent, InitiatedRow, ReassignAll, ReassignRow};
use crate::commission::acts::open_terms::OpenTerms;
use crate::departure::acts::advance::{Advance, Begins};
use crate::departure::process;
use crate::people::acts::{change_job::ChangeJob, end_stand_in::EndStandIn, set_head::SetHead};
use crate::people::store::Employee;
use crate::told;

/// The departure goes on.
pub(crate) fn departure_goes_on(departure: DepartureId, begins: Begins) -> Box<dyn AnyAct> {
    Box::new(Advance { departure, begins })
}

/// What the giver still earns, from the day on which the plan counts.
pub(crate) fn terms_begin(
    (plan, number): (PlanId, &str),
    effective_on: Day,
    terms: Vec<(Option<CustomerId>, Agreement)>,
    customers: Vec<CustomerId>,
) -> Box<dyn AnyAct> {
    Box::new(OpenTerms {
        plan,
        number: number.to_owned(),
        effective_on,
        terms,
        customers,
    })
}

/// Somebody who reported to the leaver reports to another; department and post stay.
pub(crate) fn reports_to(person: &Employee, manager: EmployeeId, on: Day) -> Box<dyn AnyAct> {
    Box::new(ChangeJob {
        employee: person.id,
        effective_on: on,
        entity: person.entity,
        department: person.department,
        post: person.post,
        line_manager: Some(manager),
        reason: told::SUPERIOR.of(&[]),
        seen: None,
    })
}

/// A department gets another head.
pub(crate) fn headed_by(department: DepartmentId, employee: EmployeeId) -> Box<dyn AnyAct> {
    Box::new(SetHead {
        department,
        employee,
        seen: None,
    })
}

/// A stand-in ends with the person.
pub(crate) fn stand_in_ends(stand_in: StandInId) -> Box<dyn AnyAct> {
    Box::new(EndStandIn {
        stand_in,
        own: false,
    })
}

/// The case of the departure looks into its books.
pub(crate) fn process_goes_on(case: CaseId) -> Box<dyn AnyAct> {
    Box::new(process::goes_on(case))
}

/// What waits for the person goes to others.
pub(crate) fn tasks_pass_on(
    from: EmployeeId,
    (rows, initiated): (Vec<ReassignRow>, Vec<InitiatedRow>),
    extent: Extent,
    plan: &str,
) -> ReassignAll {
    ReassignAll {
        from,
        rows,
        initiated,
        reason: told::BY_PLAN.of(&[plan]),
        extent,
        by: None,
    }
}

/// Whoever has a seat by name in a definition is followed by his successor in its next version;
/// cases that run keep theirs.
pub(crate) fn flow_seat_passes(body: &str, from: EmployeeId, to: EmployeeId) -> Box<dyn AnyAct> {
    Box::new(PublishFlow {
        body: body.replace(&from.to_string(), &to.to_string()),
    })
}
