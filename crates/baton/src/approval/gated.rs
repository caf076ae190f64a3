//! Which acts wait for which flow 需审批的动作.
//!
//! A handover by plan is approved as a plan; what stands here is what people do to one thing at a
//! time. Parts of an act never wait, so an approved plan does not wait a second time.

use std::pin::Pin;

use ::approval::fact::{Facts, Value};
use access::{Actor, Policy, Target};
use kernel::{Day, EmployeeId};
use serde_json::Value as Json;
use spine::{Act as _, By, Denied, Failure, Reader};

use crate::customer::acts::{assign::Assign, hand_over::HandOver};
use crate::departure::acts::waive_gate::WaiveGate;
use crate::departure::store as departures;
use crate::evidence::acts::erase::Erase;
use crate::people::store as people;
use crate::signing::acts::use_seal::UseSeal;
use crate::{customer, permissions, told, word};

/// What is asked of the approvers.
#[derive(Clone, Debug)]
pub struct Request {
    /// What lists call it.
    pub title: String,
    /// `customer/cus_…`
    pub subject: String,
    /// 当事人: whose interests it touches, such as the present owner.
    pub about: Option<EmployeeId>,
    /// What the flow must know.
    pub facts: Facts,
}

/// Who asks, and by which rules he may or may not decide it himself.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// Who.
    pub by: &'a By,
    /// The rules of access.
    pub policy: &'a Policy,
}

/// What reading a request gives; nothing when this one needs no approval.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Result<Option<Request>, Failure>> + Send + 'a>>;

/// One act that waits.
#[derive(Clone, Copy)]
pub struct Gated {
    /// [`spine::Act::NAME`]
    pub act: &'static str,
    /// Key of the flow.
    pub flow: &'static str,
    /// Tells the approvers what is asked, from the stored request.
    pub read: for<'a> fn(&'a mut Reader<'_>, &'a Json, Asking<'a>) -> Reading<'a>,
}

/// The acts that wait when a person asks for them. The system, and acts that are part of an
/// approved plan, do not wait a second time.
pub const ACTS: &[Gated] = &[
    Gated {
        act: "customer.hand_over",
        flow: "customer.hand_over",
        read: handed_over,
    },
    Gated {
        act: "customer.assign",
        flow: "customer.hand_over",
        read: assigned,
    },
    Gated {
        act: "departure.waive_gate",
        flow: "departure.waiver",
        read: waived,
    },
    Gated {
        act: "signing.use_seal",
        flow: "signing.seal",
        read: sealed,
    },
    Gated {
        act: "evidence.erase",
        flow: "evidence.erasure",
        read: erased,
    },
];

impl Asking<'_> {
    /// Whether the person decides alone who gets a customer: he may approve handovers of it, and
    /// neither gives it away nor gains it (law.md §8.2: never the one who gains alone).
    fn decides(&self, actor: &Actor, owner: &Target, to: EmployeeId) -> bool {
        let concerned = [owner.owner, Some(to)].contains(&actor.employee);
        let need = access::Need::on(permissions::HANDOVER_APPROVE, owner.clone());
        !concerned && access::decide(self.policy, actor, &need).allowed
    }
}

fn handed_over<'a>(books: &'a mut Reader<'_>, body: &'a Json, asking: Asking<'a>) -> Reading<'a> {
    Box::pin(async move {
        let act: HandOver = serde_json::from_value(body.clone())?;
        let terms = (act.effective_on, act.reason.trim().to_owned());
        new_owner(books, act.customer, act.to, terms, asking).await
    })
}

fn assigned<'a>(books: &'a mut Reader<'_>, body: &'a Json, asking: Asking<'a>) -> Reading<'a> {
    Box::pin(async move {
        let act: Assign = serde_json::from_value(body.clone())?;
        let Some(to) = act.owner else {
            return Ok(None);
        };
        let terms = (act.effective_on, act.reason.zh().to_owned());
        new_owner(books, act.customer, to, terms, asking).await
    })
}

/// Nobody loses what comes from the pool, so only what has an owner waits.
async fn new_owner(
    books: &mut Reader<'_>,
    id: kernel::CustomerId,
    to: EmployeeId,
    (effective_on, reason): (Day, String),
    asking: Asking<'_>,
) -> Result<Option<Request>, Failure> {
    let customer = customer::acts::customer(books, id).await?;
    let (Some(owner), Some(actor)) = (customer.owner, &asking.by.actor) else {
        return Ok(None);
    };
    if owner == to || asking.decides(actor, &customer.owned_target(), to) {
        return Ok(None);
    }
    let receiver = people::find_employee(books, to).await?;
    let receiver = receiver.ok_or_else(|| Denied::absent("employee"))?.called();
    Ok(Some(Request {
        title: told::OF_CUSTOMER.of(&[&customer.called(), &receiver]),
        subject: format!("customer/{id}"),
        about: Some(owner),
        facts: Facts::from([
            ("receiver".to_owned(), Value::Text(to.to_string())),
            (
                "effective_on".to_owned(),
                Value::Text(effective_on.to_string()),
            ),
            ("reason".to_owned(), Value::Text(reason)),
        ]),
    }))
}

fn waived<'a>(books: &'a mut Reader<'_>, body: &'a Json, _: Asking<'a>) -> Reading<'a> {
    Box::pin(async move {
        let WaiveGate { departure, waiver } = serde_json::from_value(body.clone())?;
        let found = departures::found(books, departure).await?;
        let (gate, _) = waiver.gate.title();
        Ok(Some(Request {
            title: told::OF_WAIVER.of(&[&found.person.called(), gate]),
            subject: found.subject(),
            about: Some(found.person.id),
            facts: Facts::from([
                ("gate".to_owned(), Value::Text(word::of(&waiver.gate)?)),
                ("reason".to_owned(), Value::Text(waiver.reason)),
            ]),
        }))
    })
}

fn sealed<'a>(books: &'a mut Reader<'_>, body: &'a Json, _: Asking<'a>) -> Reading<'a> {
    Box::pin(async move {
        let act: UseSeal = serde_json::from_value(body.clone())?;
        let facts = act.load(books).await?;
        // What cannot be sealed is not put before anybody.
        act.check(&facts)?;
        let (found, title) = UseSeal::asked(&facts);
        Ok(Some(Request {
            title,
            subject: found.subject(),
            about: Some(found.person.id),
            facts: Facts::from([
                ("document".to_owned(), Value::Text(found.called())),
                (
                    "reason".to_owned(),
                    Value::Text(act.reason.trim().to_owned()),
                ),
            ]),
        }))
    })
}

fn erased<'a>(books: &'a mut Reader<'_>, body: &'a Json, _: Asking<'a>) -> Reading<'a> {
    Box::pin(async move {
        let act: Erase = serde_json::from_value(body.clone())?;
        let facts = act.load(books).await?;
        // What cannot be erased is not put before anybody.
        act.check(&facts)?;
        Ok(Some(Request {
            title: act.asked(&facts),
            subject: format!("log/{}", act.index),
            about: None,
            facts: Facts::from([
                ("basis".to_owned(), Value::Text(act.basis.trim().to_owned())),
                (
                    "demand".to_owned(),
                    Value::Text(act.demand.trim().to_owned()),
                ),
            ]),
        }))
    })
}
