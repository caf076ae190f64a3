//! Finds what a person holds and who should get it 编制方案.

use std::collections::{BTreeMap, BTreeSet};

use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::{Choice, Chosen};
use ::succession::facts::Weights;
use ::succession::suggest::{Advice, Suggestion};
use kernel::{ContractId, CustomerId, EmployeeId};
use spine::{Failure, Reader};

use super::apart;
use super::facts;
use super::holdings::{self, FOLLOWERS, Hangs};
use super::loaded::hangs_of;
use super::store::NewItem;
use crate::customer::store::move_many;
use crate::people::store::{self as people, Employee};

/// The lines of a plan to be.
pub(crate) struct Drawing {
    /// One line a thing; what follows a customer is counted in its line.
    pub(crate) items: Vec<NewItem>,
    /// Customers for whom nobody has room.
    pub(crate) unplaced: usize,
}

/// Everything of the person but for `listed`, which stands in another open plan. With `fill`, each
/// line gets the successor that is suggested for it.
pub(crate) async fn draw(
    books: &mut Reader<'_>,
    person: &Employee,
    listed: &BTreeSet<HoldingKey>,
    fill: bool,
) -> Result<Drawing, Failure> {
    let found = holdings::all(books, person.id).await?;
    let (owned, rest): (Vec<Holding>, Vec<Holding>) = found
        .into_iter()
        .partition(|one| one.key.kind == HoldingKind::CustomerOwnership);
    let own: BTreeSet<CustomerId> = owned.iter().filter_map(|one| one.customer).collect();
    // What he has apart from whoever owns the customers finds a holder of its own.
    let standing = apart::standing(books, person.id).await?;
    let mut hangs = hangs_of(books, &[person.id], &standing).await?;
    let owned: Vec<Holding> = owned
        .into_iter()
        .filter(|one| !listed.contains(&one.key))
        .collect();
    let advice = advise(books, person, &owned).await?;
    let unplaced = advice.unplaced.len();
    let mut suggested: BTreeMap<CustomerId, &Suggestion> = BTreeMap::new();
    for suggestion in &advice.suggestions {
        suggested.insert(suggestion.customer, suggestion);
    }
    let mut items = Vec::with_capacity(owned.len());
    for holding in owned {
        let suggestion = holding
            .customer
            .and_then(|customer| suggested.get(&customer));
        let choice = suggestion.filter(|_| fill).map(|suggestion| Choice {
            successor: suggestion.successor,
            how: Chosen::BySuggestion,
        });
        items.push(NewItem {
            hangs: holding
                .customer
                .and_then(|id| hangs.remove(&(person.id, id)))
                .unwrap_or_default(),
            suggestion: suggestion
                .map(serde_json::to_string)
                .transpose()?
                .unwrap_or_default(),
            holding,
            choice,
        });
    }
    let follows = |one: &Holding| {
        let of_own = one.customer.is_some_and(|customer| own.contains(&customer));
        of_own && FOLLOWERS.contains(&one.key.kind) && !standing.contains(&one.key)
    };
    let apart: Vec<Holding> = rest
        .into_iter()
        .filter(|one| !follows(one) && !listed.contains(&one.key))
        .collect();
    let choices = if fill {
        natural(books, person, &apart).await?
    } else {
        BTreeMap::new()
    };
    items.extend(apart.into_iter().map(|holding| NewItem {
        choice: choices.get(&holding.key).copied(),
        holding,
        hangs: Hangs::new(),
        suggestion: String::new(),
    }));
    Ok(Drawing { items, unplaced })
}

/// These contracts of the person with their papers, and nothing else, each without a successor.
pub(crate) async fn draw_contracts(
    books: &mut Reader<'_>,
    person: &Employee,
    listed: &BTreeSet<HoldingKey>,
    contracts: &[ContractId],
) -> Result<Drawing, Failure> {
    let found = apart::holdings_of(books, person.id, contracts).await?;
    let items = found.into_iter().filter(|one| !listed.contains(&one.key));
    let items = items.map(|holding| NewItem {
        holding,
        choice: None,
        hangs: Hangs::new(),
        suggestion: String::new(),
    });
    Ok(Drawing {
        items: items.collect(),
        unplaced: 0,
    })
}

impl Drawing {
    /// How many things it moves: its lines, and what goes along with their customers.
    pub(crate) fn things(&self) -> usize {
        let along = self.items.iter().flat_map(|item| item.hangs.values());
        let along: i64 = along.map(|hang| hang.count).sum();
        self.items.len() + usize::try_from(along).unwrap_or_default()
    }

    /// Whether all of these contracts are among its lines.
    pub(crate) fn contracts_found(&self, contracts: &[ContractId]) -> bool {
        let lines = self.items.iter().map(|item| &item.holding.key);
        let found: BTreeSet<&str> = lines
            .filter(|key| key.kind == HoldingKind::Contract)
            .map(|key| key.subject.as_str())
            .collect();
        let wanted = contracts.iter().map(ToString::to_string);
        wanted.into_iter().all(|id| found.contains(id.as_str()))
    }
}

async fn advise(
    books: &mut Reader<'_>,
    person: &Employee,
    owned: &[Holding],
) -> Result<Advice, Failure> {
    let wanted: BTreeSet<CustomerId> = owned.iter().filter_map(|one| one.customer).collect();
    let mut customers = facts::customers(books, person).await?;
    customers.retain(|one| wanted.contains(&one.customer));
    let candidates = facts::candidates(books, person, customers.len()).await?;
    Ok(::succession::suggest(
        &customers,
        &candidates,
        &Weights::default(),
    ))
}

/// Who gets what hangs on somebody else's customer: its owner. Who gets tasks and roles: the line
/// manager. Seats and stand-ins lapse unless somebody is named.
async fn natural(
    books: &mut Reader<'_>,
    person: &Employee,
    apart: &[Holding],
) -> Result<BTreeMap<HoldingKey, Choice>, Failure> {
    let customers: Vec<CustomerId> = apart.iter().filter_map(|one| one.customer).collect();
    let owners = move_many::owners_of(books, &customers).await?;
    let manager = match person.line_manager {
        Some(manager) => people::find_employee(books, manager).await?,
        None => None,
    };
    let manager = manager
        .filter(|one| one.state == people::PersonState::Active)
        .map(|one| one.id);
    let receiver = |one: &Holding| -> Option<(EmployeeId, Chosen)> {
        if FOLLOWERS.contains(&one.key.kind) {
            let owner = one
                .customer
                .and_then(|customer| owners.get(&customer).copied().flatten());
            return owner
                .map(|owner| (owner, Chosen::WithCustomer))
                .or(manager_choice(manager));
        }
        if one.key.kind.must_move() {
            manager_choice(manager)
        } else {
            None
        }
    };
    let choice = |one: &Holding| {
        let (successor, how) = receiver(one).filter(|(who, _)| *who != person.id)?;
        // Nobody becomes his own line manager.
        let himself = one.key.kind == HoldingKind::LineManagerRole
            && one.key.subject == successor.to_string();
        (!himself).then(|| (one.key.clone(), Choice { successor, how }))
    };
    Ok(apart.iter().filter_map(choice).collect())
}

fn manager_choice(manager: Option<EmployeeId>) -> Option<(EmployeeId, Chosen)> {
    manager.map(|manager| (manager, Chosen::ByRule))
}
