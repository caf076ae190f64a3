//! What a document is issued about, read once for its rules and its contents 文书对象.

use std::collections::BTreeSet;

use ::document::Kind;
use ::handover::holding::HoldingKind;
use access::Target;
use kernel::{CustomerId, Day, DepartureId, EmployeeId, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use spine::{Denied, Failure, Reader};

use crate::customer::store::{self as customers, Customer};
use crate::departure::acts::acknowledge;
use crate::departure::reckoning::Reckoning;
use crate::departure::store::{self as departures, Found};
use crate::handover::store::{self as plans, ItemFilter, ItemLine, PlanHead, PlanState};
use crate::people::store::{self as people, Employee};

/// What a document is issued about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A departure.
    Departure(DepartureId),
    /// A handover plan.
    Plan(PlanId),
    /// One customer of a plan.
    Customer(PlanId, CustomerId),
    /// One receiver of a plan.
    Receiver(PlanId, EmployeeId),
}

/// Which document, about what, with what was filled in by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wish {
    /// Which kind.
    pub kind: Kind,
    /// About what.
    pub about: About,
    /// What the manifest has somebody fill in.
    #[serde(default)]
    pub typed: Map<String, Json>,
}

impl About {
    /// The same as the manifests call it.
    pub(crate) fn word(self) -> ::document::About {
        match self {
            About::Departure(_) => ::document::About::Departure,
            About::Plan(_) => ::document::About::Plan,
            About::Customer(..) => ::document::About::Customer,
            About::Receiver(..) => ::document::About::Receiver,
        }
    }

    /// The plan, when it is about one.
    pub(crate) fn plan(self) -> Option<PlanId> {
        match self {
            About::Departure(_) => None,
            About::Plan(plan) | About::Customer(plan, _) | About::Receiver(plan, _) => Some(plan),
        }
    }

    /// The customer or the receiver; empty for the whole.
    pub(crate) fn part(self) -> String {
        match self {
            About::Departure(_) | About::Plan(_) => String::new(),
            About::Customer(_, customer) => customer.to_string(),
            About::Receiver(_, receiver) => receiver.to_string(),
        }
    }
}

/// A plan as documents about it need it.
pub(crate) struct Moving {
    pub(crate) plan: PlanHead,
    /// The customer it is about.
    pub(crate) customer: Option<Customer>,
    /// Who receives that customer, or whom it is about.
    pub(crate) receiver: Option<Employee>,
    /// Whether the customer is no longer the giver's.
    pub(crate) gone: bool,
    /// Ids of contracts and orders and numbers of invoices that have lines of their own: they go
    /// with no customer.
    apart: BTreeSet<String>,
}

impl Moving {
    /// Whether what this person holds goes along, or went.
    pub(crate) fn moves(&self, holder: Option<EmployeeId>) -> bool {
        let receiver = self.receiver.as_ref().map(|receiver| receiver.id);
        let executed = self.plan.state == PlanState::Executed;
        holder == Some(self.plan.from) || (executed && holder.is_some() && holder == receiver)
    }

    /// Whether a contract or an order of this id, or an invoice of this number, goes along with its
    /// customer as far as lines of the plan are concerned.
    pub(crate) fn along(&self, thing: &str) -> bool {
        !self.apart.contains(thing)
    }
}

/// The departure or the plan, and whose it is.
pub(crate) struct Source {
    pub(crate) about: About,
    pub(crate) departure: Option<Found>,
    pub(crate) moving: Option<Moving>,
    /// Who leaves, or who gives.
    pub(crate) person: Employee,
    pub(crate) today: Day,
    /// When the union was told of a dismissal.
    pub(crate) union_on: Option<Day>,
    /// Whether a dismissal has every approval that its notice waits for.
    pub(crate) may_be_served: bool,
    /// The dates of a dismissal that was not served, counted from today, where they differ.
    pub(crate) if_served: Option<Result<Reckoning, Refusal>>,
}

impl Source {
    /// What it belongs to: a plan of a departure belongs to the departure.
    pub(crate) fn subject(&self) -> String {
        match (&self.departure, &self.moving) {
            (Some(found), _) => found.subject(),
            (None, Some(moving)) => format!("plan/{}", moving.plan.id),
            (None, None) => String::new(),
        }
    }

    /// What access asks: the departure's, else the person's.
    pub(crate) fn target(&self) -> Target {
        let departure = self.departure.as_ref();
        departure.map_or_else(|| self.person.target(), Found::target)
    }

    /// The number on which its own is built.
    pub(crate) fn number(&self) -> &str {
        match (&self.departure, &self.moving) {
            (Some(found), _) => &found.departure.number,
            (None, Some(moving)) => &moving.plan.number,
            (None, None) => "",
        }
    }

    /// Everything it speaks of beside its subject.
    pub(crate) fn others(&self) -> Vec<String> {
        let mut others = vec![format!("employee/{}", self.person.id)];
        if let Some(moving) = &self.moving {
            others.push(format!("plan/{}", moving.plan.id));
            let customer = moving.customer.as_ref();
            others.extend(customer.map(|customer| format!("customer/{}", customer.id)));
        }
        others.retain(|one| *one != self.subject());
        others
    }

    /// Whom or what it names beside the person: a customer, a receiver.
    pub(crate) fn called(&self) -> String {
        let moving = self.moving.as_ref();
        match (self.about, moving) {
            (About::Customer(..), Some(moving)) => {
                moving.customer.as_ref().map(|one| one.name.clone())
            }
            (About::Receiver(..), Some(moving)) => {
                moving.receiver.as_ref().map(|one| one.name.clone())
            }
            _ => None,
        }
        .unwrap_or_else(|| self.person.name.clone())
    }
}

/// Reads it.
///
/// # Errors
/// Absent when there is no such thing, or the customer or the receiver is none of the plan's.
pub(crate) async fn source(books: &mut Reader<'_>, about: About) -> Result<Source, Failure> {
    let today = books.today();
    let Some(plan) = about.plan() else {
        let About::Departure(departure) = about else {
            return Err(Denied::absent("departure").into());
        };
        let found = departures::found(books, departure).await?;
        let steps = departures::steps(books, departure).await?;
        return Ok(Source {
            union_on: union_on(&steps),
            may_be_served: acknowledge::may_be_served(books, &found).await?,
            if_served: acknowledge::if_served_today(books, &found, &steps).await?,
            about,
            person: found.person.clone(),
            departure: Some(found),
            moving: None,
            today,
        });
    };
    let plan = plans::find(books, plan).await?;
    let plan = plan.ok_or_else(|| Denied::absent("handover_plan"))?;
    let person = people::find_employee(books, plan.from).await?;
    let person = person.ok_or_else(|| Denied::absent("handover_plan"))?;
    let departure = match plan.departure {
        Some(departure) => Some(departures::found(books, departure).await?),
        None => None,
    };
    let moving = moving(books, about, plan).await?;
    Ok(Source {
        about,
        departure,
        moving: Some(moving),
        person,
        today,
        union_on: None,
        may_be_served: false,
        if_served: None,
    })
}

fn union_on(steps: &[departures::StepLine]) -> Option<Day> {
    let mut told = steps.iter().rev();
    let told = told.find(|step| step.kind == "check" && step.what == "union_notice")?;
    told.detail["check"]["on"].as_str()?.parse().ok()
}

async fn moving(books: &mut Reader<'_>, about: About, plan: PlanHead) -> Result<Moving, Failure> {
    let mut moving = Moving {
        plan,
        customer: None,
        receiver: None,
        gone: false,
        apart: BTreeSet::new(),
    };
    let id = moving.plan.id;
    for (holding, _) in plans::lines_of(books, id).await? {
        match holding.key.kind {
            HoldingKind::Contract | HoldingKind::OrderInProgress => {
                moving.apart.insert(holding.key.subject);
            }
            HoldingKind::ReceivableResponsibility => {
                moving.apart.insert(holding.title);
            }
            _ => {}
        }
    }
    match about {
        About::Customer(_, customer) => {
            let line = line_of(books, id, customer).await?;
            let line = line.ok_or_else(|| Denied::absent("customer"))?;
            moving.customer = customers::find_customer(books, customer).await?;
            moving.gone = line.outcome == "gone";
            if let Some(choice) = line.choice {
                moving.receiver = people::find_employee(books, choice.successor).await?;
            }
        }
        About::Receiver(_, receiver) => {
            let filter = ItemFilter {
                successor: Some(receiver),
                ..ItemFilter::default()
            };
            if plans::item_lines(books, id, &filter, 1).await?.is_empty() {
                return Err(Denied::absent("receiver").into());
            }
            moving.receiver = people::find_employee(books, receiver).await?;
        }
        About::Departure(_) | About::Plan(_) => {}
    }
    Ok(moving)
}

/// The line of a plan that hands this customer over.
pub(crate) async fn line_of(
    books: &mut Reader<'_>,
    plan: PlanId,
    customer: CustomerId,
) -> Result<Option<ItemLine>, Failure> {
    let filter = ItemFilter {
        kind: Some(HoldingKind::CustomerOwnership),
        thing: Some(customer.to_string()),
        ..ItemFilter::default()
    };
    Ok(plans::item_lines(books, plan, &filter, 1).await?.pop())
}
