//! The facts behind the gates, gathered from the books 关卡取数.

use std::collections::BTreeSet;

use ::departure::gate_facts::{
    AccountFact, AssetFact, AssetState, CommissionFact, CommissionLack, DocumentFact, GateFacts,
    HeldThing, Holder, Waiver,
};
use ::departure::gates::{Gate, GateKey, gates, may_waive};
use ::handover::holding::{Holding, HoldingKind};
use kernel::{ContractId, DepartureId, EmployeeId, Moment};
use spine::{Failure, Reader};

use super::store::{Departure, StepLine};
use crate::commission::leaving::{self, OpenItem};
use crate::commission::store::{ExitWord, Lacks, decided};
use crate::document;
use crate::handover::{holdings, store as plans};
use crate::people::store::{self as people, AssetState as Lent};
use crate::receivable::store::earning;

/// Open commission of the leaver, and what was said of it.
pub(crate) struct Commission<'a> {
    pub(crate) items: &'a [OpenItem],
    pub(crate) words: &'a [ExitWord],
}

/// How every gate stands now.
pub(crate) async fn stand(
    books: &mut Reader<'_>,
    departure: &Departure,
    steps: &[StepLine],
    open: Commission<'_>,
) -> Result<Vec<Gate>, Failure> {
    let leaver = departure.employee;
    let still = holdings::all(books, leaver).await?;
    let (assets, accounts) = lent(books, leaver).await?;
    let ends = departure.clocks.employment_ends;
    let issued = document::certificate_issued(books, departure.id, ends).await?;
    let zone = books.zone().clone();
    let mut facts = GateFacts {
        leaver,
        customers: Vec::new(),
        receivables: Vec::new(),
        pending_work: Vec::new(),
        assets,
        accounts,
        documents: vec![DocumentFact {
            title: "离职证明".to_owned(),
            title_en: "The leaving certificate".to_owned(),
            issued_on: issued.map(|at| at.day_in(&zone)),
        }],
        commission: undecided(books, open).await?,
        waivers: waivers(steps),
    };
    // What may lapse with the person stands in nobody's way.
    for holding in still
        .into_iter()
        .filter(|holding| holding.key.kind.must_move())
    {
        push(&mut facts, holding, Holder::Leaver);
    }
    for (kind, id, title, holder) in handed_badly(books, departure).await? {
        let thing = HeldThing {
            id,
            title,
            holder,
            open: None,
        };
        match kind {
            HoldingKind::CustomerOwnership => facts.customers.push(thing),
            _ => facts.receivables.push(thing),
        }
    }
    Ok(gates(&facts))
}

async fn undecided(
    books: &mut Reader<'_>,
    open: Commission<'_>,
) -> Result<Vec<CommissionFact>, Failure> {
    let lacking = leaving::lacking(open.items, open.words);
    let deals: Vec<ContractId> = lacking.iter().map(|(deal, _)| *deal).collect();
    let names = earning::deal_names(books, &deals).await?;
    let fact = |(deal, lacks): (ContractId, Lacks)| CommissionFact {
        id: deal.to_string(),
        title: names.get(&deal).map_or_else(
            || deal.to_string(),
            |(number, title)| format!("{number} {title}").trim_end().to_owned(),
        ),
        lacks: match lacks {
            Lacks::Decision if decided(open.words, deal).is_some() => CommissionLack::Void,
            Lacks::Decision => CommissionLack::Decision,
            Lacks::Answer => CommissionLack::Answer,
            Lacks::SecondPerson => CommissionLack::SecondPerson,
        },
    };
    Ok(lacking.into_iter().map(fact).collect())
}

fn waivers(steps: &[StepLine]) -> Vec<Waiver> {
    steps
        .iter()
        .filter(|step| step.kind == "waiver")
        .filter_map(|step| serde_json::from_value::<Waiver>(step.detail.clone()).ok())
        .collect()
}

/// Which gates of the handover are red, without a list of what is missing.
pub(crate) struct Red {
    /// Those that are red; papers are the business of the last day and not among them.
    pub(crate) gates: BTreeSet<GateKey>,
    /// Whether something was lent at all.
    pub(crate) had_assets: bool,
    /// Whether accounts are taken down at all.
    pub(crate) had_accounts: bool,
}

impl Red {
    /// Whether there is anything to hand over.
    pub(crate) fn handover(&self) -> bool {
        let moving = [
            GateKey::Customers,
            GateKey::Receivables,
            GateKey::PendingWork,
        ];
        moving.iter().any(|gate| self.gates.contains(gate))
    }
}

/// Asks of each gate whether anything is missing. It stops at the first thing it finds, so somebody
/// with ten thousand customers is asked as quickly as somebody with one.
pub(crate) async fn red(
    books: &mut Reader<'_>,
    leaver: EmployeeId,
    departure: Option<DepartureId>,
    steps: &[StepLine],
) -> Result<Red, Failure> {
    let mut found = BTreeSet::new();
    for kind in HoldingKind::ALL.into_iter().filter(|kind| kind.must_move()) {
        let gate = match kind {
            HoldingKind::CustomerOwnership => GateKey::Customers,
            HoldingKind::ReceivableResponsibility => GateKey::Receivables,
            _ => GateKey::PendingWork,
        };
        if !found.contains(&gate) && holdings::any(books, leaver, kind).await? {
            found.insert(gate);
        }
    }
    if let Some(departure) = departure
        && plans::has_customers_without_staying_owner(books, departure).await?
    {
        found.insert(GateKey::Customers);
    }
    let (assets, accounts) = lent(books, leaver).await?;
    if assets
        .iter()
        .any(|one| matches!(one.state, AssetState::Out))
    {
        found.insert(GateKey::Assets);
    }
    if accounts.iter().any(|one| one.closed_at.is_none()) {
        found.insert(GateKey::Accounts);
    }
    for waiver in waivers(steps) {
        if may_waive(&waiver, leaver).is_ok() {
            found.remove(&waiver.gate);
        }
    }
    Ok(Red {
        gates: found,
        had_assets: !assets.is_empty(),
        had_accounts: !accounts.is_empty(),
    })
}

fn push(facts: &mut GateFacts, holding: Holding, holder: Holder) {
    let kind = holding.key.kind;
    let receivable = kind == HoldingKind::ReceivableResponsibility;
    let thing = HeldThing {
        id: holding.key.subject,
        title: holding.title,
        holder,
        open: receivable.then_some(holding.amount),
    };
    match kind {
        HoldingKind::CustomerOwnership => facts.customers.push(thing),
        HoldingKind::ReceivableResponsibility => facts.receivables.push(thing),
        _ => facts.pending_work.push(thing),
    }
}

type Handed = (HoldingKind, String, String, Holder);

/// What was handed over and has nobody now, or somebody who is leaving too.
async fn handed_badly(
    books: &mut Reader<'_>,
    departure: &Departure,
) -> Result<Vec<Handed>, Failure> {
    let lines = plans::customers_without_staying_owner(books, departure.id).await?;
    let handed = |(id, name, owner): (String, String, Option<EmployeeId>)| {
        let holder = match owner {
            None => Holder::Pool,
            Some(employee) => Holder::Person {
                employee,
                staying: false,
            },
        };
        (HoldingKind::CustomerOwnership, id, name, holder)
    };
    Ok(lines.into_iter().map(handed).collect())
}

async fn lent(
    books: &mut Reader<'_>,
    leaver: EmployeeId,
) -> Result<(Vec<AssetFact>, Vec<AccountFact>), Failure> {
    let zone = books.zone().clone();
    let (mut assets, mut accounts) = (Vec::new(), Vec::new());
    for asset in people::assets_of(books, leaver).await? {
        if asset.kind == "account" {
            let closed = asset.state != Lent::Lent;
            accounts.push(AccountFact {
                system: asset.name,
                closed_at: closed.then(|| Moment::start_of(asset.changed_on, &zone)),
            });
            continue;
        }
        let on = asset.changed_on;
        let state = match (asset.state, asset.cost) {
            (Lent::Lent, _) => AssetState::Out,
            (Lent::CostAgreed, Some(amount)) => AssetState::CostAgreed { amount, on },
            _ => AssetState::Returned { on },
        };
        let (name, serial) = (&asset.name, &asset.serial);
        let (title, title_en) = if serial.is_empty() {
            (name.clone(), name.clone())
        } else {
            (format!("{name}（{serial}）"), format!("{name} ({serial})"))
        };
        assets.push(AssetFact {
            id: asset.id.to_string(),
            title,
            title_en,
            state,
        });
    }
    Ok((assets, accounts))
}
