//! What each would earn under the terms of a plan, as people see it 方案的提成测算.
//!
//! A figure of somebody's pay is shown to whoever may read his commission: to himself, to his
//! superiors, to finance. Whoever may draw up or approve the plan and reads the giver's commission
//! sees everybody's, for he decides between them.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::explain;
use ::commission::forecast::{Basis, CustomerOutlook, Expected, Outlook, Range};
use ::commission::split_after_handover::Agreement;
use ::handover::holding::HoldingKind;
use kernel::{ContractId, CustomerId, Day, EmployeeId, Fen, PlanId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use spine::{Failure, Fault, Reader};
use utoipa::ToSchema;

use super::apart;
use super::loaded::Loaded;
use super::store::{self, Agreed, AgreedTerms};
use super::view::Names;
use crate::commission::outlook::{Ahead, Moving, ahead};
use crate::commission::protection;
use crate::customer::store as customers;
use crate::http::Money;
use crate::people::{PersonName, store as people};
use crate::receivable::store::earning;

/// Most customers that are listed, those with the greatest effect; the sums are of all.
const LISTED: usize = 20;

/// What somebody had on his screen, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// SHA-256 of the body, hex.
    pub digest: String,
    /// [`ForecastFigures`] as JSON.
    pub body: String,
}

impl Seen {
    pub(crate) fn of(figures: &ForecastFigures) -> Result<Seen, Fault> {
        let body = serde_json::to_string(figures)?;
        Ok(Seen {
            digest: hex::encode(Sha256::digest(body.as_bytes())),
            body,
        })
    }

    /// What the entry of a step says of it.
    pub(crate) fn words(seen: Option<&Seen>) -> (&'static str, &'static str) {
        match seen {
            Some(_) => (
                "，其所见提成测算一并存证",
                ", upon the forecast shown at the time",
            ),
            None => ("", ""),
        }
    }
}

/// One amount for each of the customers' poorest, middle and richest years.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ForecastRange {
    #[schema(value_type = Money)]
    low: Fen,
    #[schema(value_type = Money)]
    mid: Fen,
    #[schema(value_type = Money)]
    high: Fen,
}

impl From<Range> for ForecastRange {
    fn from(Range { low, mid, high }: Range) -> ForecastRange {
        ForecastRange { low, mid, high }
    }
}

/// What somebody earns in the next twelve months.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForecastPerson {
    person: PersonName,
    /// `giver`, `receiver`, `other`
    side: &'static str,
    /// When nothing is handed over.
    without: ForecastRange,
    /// Under the terms.
    with: ForecastRange,
    /// The difference.
    change: ForecastRange,
    /// Of what is billed and falls due in these months, when nothing is handed over.
    #[schema(value_type = Money)]
    due_without: Fen,
    /// Of the same, under the terms.
    #[schema(value_type = Money)]
    due_with: Fen,
}

/// Somebody's middle year, month by month from the day of the handover.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForecastMonths {
    person: PersonName,
    #[schema(value_type = Vec<Money>)]
    without: Vec<Fen>,
    #[schema(value_type = Vec<Money>)]
    with: Vec<Fen>,
}

/// One customer of the plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForecastCustomer {
    #[schema(value_type = String)]
    customer_id: CustomerId,
    customer: String,
    /// Numbers of the contracts that go by themselves; empty for the customer with all the others.
    contracts: Vec<String>,
    successor: Option<PersonName>,
    /// `enough` (two years of history), `weak` (one), `too_short` (less: no figures)
    #[schema(value_type = String)]
    basis: Basis,
    #[schema(value_type = Option<String>, format = Date)]
    history_from: Option<Day>,
    /// Twelve-month stretches of history.
    stretches: usize,
    /// What happened in the poorest, the middle and the richest of them.
    turnover: ForecastRange,
    /// Billed, open, and due in the twelve months.
    #[schema(value_type = Money)]
    due: Fen,
    people: Vec<ForecastPerson>,
    /// The terms in one sentence; absent where none were agreed.
    terms_zh: Option<String>,
    terms_en: Option<String>,
}

/// A forecast as it is shown to one person.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForecastFigures {
    #[schema(value_type = String)]
    plan_id: PlanId,
    version: u32,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    /// The day whose books it stands on.
    #[schema(value_type = String, format = Date)]
    reckoned_on: Day,
    /// Whether the company has any commission plan.
    plans: bool,
    /// Credit adds up over bands: what is sold to other customers could lift the rates.
    bands: bool,
    people: Vec<ForecastPerson>,
    months: Vec<ForecastMonths>,
    /// At most twenty, those with the greatest effect first; the sums above are of all.
    customers: Vec<ForecastCustomer>,
    /// Customers that were reckoned.
    reckoned: usize,
    /// Of those, with one year of history only.
    weak: usize,
    /// Customers without a year of history, which have no figures.
    too_short: usize,
    /// Customers of the plan nobody is to receive yet.
    unassigned: usize,
}

impl ForecastFigures {
    /// The customers that are named.
    pub(crate) fn customers(&self) -> Vec<CustomerId> {
        self.customers.iter().map(|one| one.customer_id).collect()
    }
}

/// A customer, or contracts of one that go by themselves, named by the first.
type Place = (CustomerId, Option<ContractId>);

fn place(customer: CustomerId, contracts: Option<&BTreeSet<ContractId>>) -> Place {
    (customer, contracts.and_then(|list| list.first().copied()))
}

/// The customers of a plan and what is known of each.
pub(crate) struct Reckoned {
    ahead: Ahead,
    successors: BTreeMap<Place, EmployeeId>,
    terms: BTreeMap<CustomerId, Agreement>,
    unassigned: usize,
}

/// Terms that name a table say what it would say on the effective day.
async fn by_tables(
    books: &mut Reader<'_>,
    moving: &mut [Moving],
    on: kernel::Day,
) -> Result<(), Failure> {
    let asks = |one: &&Moving| {
        let agreement = one.agreement.as_ref();
        agreement.is_some_and(|one| super::terms::by_table(&one.terms))
    };
    if !moving.iter().any(|one| asks(&one)) {
        return Ok(());
    }
    let own = moving.iter().filter(asks);
    let own: Vec<_> = own
        .filter_map(|one| Some((Some(one.customer), one.agreement.clone()?)))
        .collect();
    let ids: Vec<CustomerId> = own.iter().filter_map(|(id, _)| *id).collect();
    let answered = protection::answered(books, &own, &ids, ("plan", on)).await??;
    let said: BTreeMap<_, _> = answered.terms.into_iter().collect();
    for one in moving {
        if let Some(agreement) = said.get(&Some(one.customer)) {
            one.agreement = Some(agreement.clone());
        }
    }
    Ok(())
}

/// Reckons a plan or, for a receiver, his share of it, on these terms.
///
/// # Errors
/// What the engine refuses.
pub(crate) async fn reckon(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    only: Option<EmployeeId>,
    agreed: &[AgreedTerms],
) -> Result<Reckoned, Failure> {
    let general = agreed.iter().find(|one| one.customer.is_none());
    let owned = loaded
        .plan
        .items()
        .iter()
        .filter(|item| item.holding.key.kind == HoldingKind::CustomerOwnership);
    let terms_of = |customer: CustomerId| {
        let own = agreed.iter().find(|one| one.customer == Some(customer));
        own.or(general).map(|one| one.agreement.clone())
    };
    let (mut moving, mut unassigned) = (Vec::new(), 0);
    let mut apart = by_themselves(books, loaded).await?;
    let going = |customer: CustomerId| -> BTreeSet<ContractId> {
        let own = apart.iter().filter(|((of, _), _)| *of == customer);
        own.flat_map(|(_, ids)| ids).copied().collect()
    };
    for item in owned {
        let Some(customer) = item.holding.customer else {
            continue;
        };
        match item.successor() {
            None => unassigned += usize::from(only.is_none()),
            Some(to) if only.is_none_or(|only| only == to) => {
                moving.push(Moving {
                    customer,
                    contracts: None,
                    except: going(customer),
                    to,
                    agreement: terms_of(customer),
                });
            }
            Some(_) => {}
        }
    }
    apart.retain(|(_, to), _| only.is_none_or(|only| only == *to));
    moving.extend(apart.into_iter().map(|((customer, to), ids)| Moving {
        customer,
        contracts: Some(ids),
        except: BTreeSet::new(),
        to,
        agreement: terms_of(customer),
    }));
    by_tables(books, &mut moving, loaded.head.effective_on).await?;
    let when = (loaded.head.id, loaded.head.effective_on, loaded.today);
    let ahead = ahead(books, when, &moving).await?;
    let terms = moving.iter();
    let terms = terms.filter_map(|one| Some((one.customer, one.agreement.clone()?)));
    Ok(Reckoned {
        ahead,
        terms: terms.collect(),
        successors: moving
            .iter()
            .map(|one| (place(one.customer, one.contracts.as_ref()), one.to))
            .collect(),
        unassigned,
    })
}

/// Contracts that go to somebody other than their customer and take their pay along, by customer
/// and receiver.
async fn by_themselves(
    books: &mut Reader<'_>,
    loaded: &Loaded,
) -> Result<BTreeMap<(CustomerId, EmployeeId), BTreeSet<ContractId>>, Failure> {
    let mut found: BTreeMap<_, BTreeSet<ContractId>> = BTreeMap::new();
    for change in apart::changes(books, loaded, |_| true).await? {
        let list = found.entry((change.customer, change.to)).or_default();
        list.insert(change.contract);
    }
    Ok(found)
}

impl Reckoned {
    /// Everybody whose figures are in it, the givers first and the receivers after them.
    pub(crate) fn people(&self, loaded: &Loaded) -> Vec<EmployeeId> {
        let mut people = loaded.handing_over();
        let receivers: BTreeSet<EmployeeId> = self.successors.values().copied().collect();
        let earning = self.ahead.forecast.people.iter();
        for one in receivers.into_iter().chain(earning.map(|one| one.employee)) {
            if !people.contains(&one) {
                people.push(one);
            }
        }
        people
    }

    /// As these people's figures are shown, and nobody else's.
    pub(crate) async fn shown(
        &self,
        books: &mut Reader<'_>,
        loaded: &Loaded,
        sees: &[EmployeeId],
    ) -> Result<ForecastFigures, Fault> {
        let named = sees
            .iter()
            .copied()
            .chain(self.successors.values().copied());
        let names = people::names_of(books, named).await?;
        let forecast = &self.ahead.forecast;
        let mut listed: Vec<&CustomerOutlook> = forecast.customers.iter().collect();
        listed.sort_by_key(|one| (-effect(one, sees), -one.turnover.mid.0, one.customer));
        listed.truncate(LISTED);
        let ids = listed.iter().map(|one| one.customer).collect();
        let called = customers::names_of(books, ids).await?;
        let deals: Vec<ContractId> = listed
            .iter()
            .flat_map(|one| one.contracts.iter().flatten())
            .copied()
            .collect();
        let numbers = earning::deal_names(books, &deals).await?;
        let of = Showing {
            numbers: &numbers,
            names: &names,
            givers: loaded.handing_over(),
            receivers: self.successors.values().copied().collect(),
        };
        // A customer of which some contracts go by themselves is one customer.
        let counted = |wanted: &dyn Fn(Basis) -> bool| {
            let all = forecast.customers.iter();
            let found = all.filter(|one| wanted(one.basis)).map(|one| one.customer);
            found.collect::<BTreeSet<CustomerId>>().len()
        };
        let people = sees.iter().map(|who| {
            let known = forecast.people.iter().find(|one| one.employee == *who);
            known.copied().unwrap_or(Outlook {
                employee: *who,
                without: Range::default(),
                with: Range::default(),
                due: Expected::default(),
            })
        });
        let months = forecast.months.iter();
        let months = months.filter(|one| sees.contains(&one.employee));
        Ok(ForecastFigures {
            plan_id: loaded.head.id,
            version: loaded.head.version,
            effective_on: loaded.head.effective_on,
            reckoned_on: loaded.today,
            plans: self.ahead.plans,
            bands: forecast.bands,
            people: people.filter_map(|one| of.person(one)).collect(),
            months: months
                .filter_map(|one| {
                    Some(ForecastMonths {
                        person: PersonName::among(&names, Some(one.employee))?,
                        without: one.without.clone(),
                        with: one.with.clone(),
                    })
                })
                .collect(),
            customers: listed
                .into_iter()
                .map(|one| self.customer(one, &of, (sees, &called)))
                .collect(),
            reckoned: counted(&|basis| basis != Basis::TooShort),
            weak: counted(&|basis| basis == Basis::Weak),
            too_short: counted(&|basis| basis == Basis::TooShort),
            unassigned: self.unassigned,
        })
    }

    fn customer(
        &self,
        one: &CustomerOutlook,
        of: &Showing<'_>,
        (sees, called): (&[EmployeeId], &BTreeMap<String, String>),
    ) -> ForecastCustomer {
        let said = self.terms.get(&one.customer).map(explain::agreement);
        let people = one.people.iter();
        let people = people.filter(|person| sees.contains(&person.employee));
        let successor = self
            .successors
            .get(&place(one.customer, one.contracts.as_ref()))
            .copied();
        let contracts = one.contracts.iter().flatten();
        let contracts = contracts.filter_map(|id| of.numbers.get(id));
        ForecastCustomer {
            contracts: contracts.map(|(number, _)| number.clone()).collect(),
            customer_id: one.customer,
            customer: called
                .get(&one.customer.to_string())
                .cloned()
                .unwrap_or_default(),
            successor: PersonName::among(of.names, successor),
            basis: one.basis,
            history_from: one.history_from,
            stretches: one.stretches,
            turnover: one.turnover.into(),
            due: one.due,
            people: people.filter_map(|person| of.person(*person)).collect(),
            terms_zh: said.as_ref().map(|said| said.zh.to_string()),
            terms_en: said.as_ref().map(|said| said.en.to_string()),
        }
    }
}

/// How much it changes for the people whose figures are shown.
fn effect(one: &CustomerOutlook, sees: &[EmployeeId]) -> i64 {
    let people = one.people.iter();
    let people = people.filter(|person| sees.contains(&person.employee));
    people
        .map(|person| {
            let history = (person.with.mid - person.without.mid).0.abs();
            history.max((person.due.with - person.due.without).0.abs())
        })
        .max()
        .unwrap_or_default()
}

/// Who is who in the plan.
struct Showing<'a> {
    /// Number and title of contracts that go by themselves.
    numbers: &'a BTreeMap<ContractId, (String, String)>,
    names: &'a Names,
    givers: Vec<EmployeeId>,
    receivers: BTreeSet<EmployeeId>,
}

impl Showing<'_> {
    fn person(&self, one: Outlook) -> Option<ForecastPerson> {
        let side = if self.givers.contains(&one.employee) {
            "giver"
        } else if self.receivers.contains(&one.employee) {
            "receiver"
        } else {
            "other"
        };
        let change = Range {
            low: one.with.low - one.without.low,
            mid: one.with.mid - one.without.mid,
            high: one.with.high - one.without.high,
        };
        Some(ForecastPerson {
            person: PersonName::among(self.names, Some(one.employee))?,
            side,
            without: one.without.into(),
            with: one.with.into(),
            change: change.into(),
            due_without: one.due.without,
            due_with: one.due.with,
        })
    }
}

/// The terms of a plan with some of them changed, before anybody says so.
pub(crate) fn tried(
    mut agreed: Vec<AgreedTerms>,
    customers: &[CustomerId],
    agreement: &Agreement,
) -> Vec<AgreedTerms> {
    if customers.is_empty() {
        agreed.clear();
        agreed.push(AgreedTerms {
            customer: None,
            agreement: agreement.clone(),
        });
    }
    agreed.retain(|one| one.customer.is_none_or(|one| !customers.contains(&one)));
    agreed.extend(customers.iter().map(|customer| AgreedTerms {
        customer: Some(*customer),
        agreement: agreement.clone(),
    }));
    agreed
}

/// What somebody agreed upon, kept as it was shown to him.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgreedForecast {
    person: PersonName,
    /// `answer`, `approve`
    step: String,
    version: i64,
    /// SHA-256 of what was shown, as the entry of the step names it.
    digest: String,
    #[schema(value_type = String)]
    at: kernel::Moment,
    /// [`ForecastFigures`] as they were then.
    #[schema(value_type = ForecastFigures)]
    figures: serde_json::Value,
}

/// What was kept of a plan, for whoever sees all of it or is the person himself.
pub(crate) async fn agreed_for(
    books: &mut Reader<'_>,
    plan: PlanId,
    may_see: impl Fn(&Agreed) -> bool,
) -> Result<Vec<AgreedForecast>, Fault> {
    let mut kept = store::agreed(books, plan).await?;
    kept.retain(may_see);
    let names = people::names_of(books, kept.iter().map(|one| one.person)).await?;
    let view = |one: Agreed| {
        Some(AgreedForecast {
            person: PersonName::among(&names, Some(one.person))?,
            step: one.step,
            version: one.version,
            digest: one.digest,
            at: one.at,
            figures: one.figures,
        })
    };
    Ok(kept.into_iter().filter_map(view).collect())
}
