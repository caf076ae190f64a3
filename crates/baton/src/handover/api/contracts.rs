//! Which contracts of a customer go where 单独交接的合同接口.

use std::collections::BTreeMap;

use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{ContractId, CustomerId, EmployeeId, Fen};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::read::for_caller;
use crate::customer::reading;
use crate::customer::store as customers;
use crate::handover::apart::{self, WithPapers, contract_key};
use crate::handover::holdings;
use crate::handover::loaded::Loaded;
use crate::house::House;
use crate::http::{Caller, Money, Reply};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::receivable::store::earning;

/// Most contracts that are listed.
const LISTED: usize = 500;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(plan_contracts))
}

#[derive(Deserialize, IntoParams)]
struct ContractQuery {
    /// Only those of this customer; those with a line of their own when absent.
    customer: Option<String>,
}

/// A running contract of the giver and where it goes.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanContract {
    #[schema(value_type = String)]
    contract_id: ContractId,
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    customer: String,
    number: String,
    title: String,
    #[schema(value_type = Money)]
    amount: Fen,
    /// Open on its invoices in the giver's hands.
    #[schema(value_type = Money)]
    open: Fen,
    /// How many of these invoices.
    invoices: usize,
    /// How many open orders.
    orders: usize,
    /// It has a line of its own; else it goes with its customer.
    apart: bool,
    /// It was handed over by itself before, so that it goes with no customer.
    standing: bool,
    /// Who gets it by a line of its own.
    successor: Option<PersonName>,
}

/// What of a customer can go by itself, or what of a plan does; at most 500 contracts.
#[utoipa::path(get, path = "/handover-plans/{id}/contracts", tag = "handover",
    params(("id" = String, Path), ContractQuery),
    responses((status = 200, body = Vec<PlanContract>), (status = 404, description = "absent")))]
async fn plan_contracts(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Query(query): Query<ContractQuery>,
) -> Reply<Json<Vec<PlanContract>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let (loaded, only) = for_caller(&mut look, &caller, &text).await?;
    let of: Option<CustomerId> = query
        .customer
        .as_deref()
        .map(|text| id(text, "customer"))
        .transpose()?;
    let mut books = look.books();
    let mut lines = Vec::new();
    for holder in loaded.givers() {
        let kinds = [
            HoldingKind::ReceivableResponsibility,
            HoldingKind::Contract,
            HoldingKind::OrderInProgress,
        ];
        let mut found = holdings::of_kinds(&mut books, holder, &kinds).await?;
        found.retain(|one| of.is_none_or(|of| one.customer == Some(of)));
        let wanted = listed(&loaded, &found, (of, only));
        let with = apart::with_papers(&mut books, holder, &wanted).await?;
        let standing = apart::standing(&mut books, holder).await?;
        let held: BTreeMap<&HoldingKey, &Holding> =
            found.iter().map(|one| (&one.key, one)).collect();
        lines.extend(rows(&loaded, &with, &held).map(|mut row| {
            row.standing = standing.contains(&contract_key(row.contract_id));
            row
        }));
    }
    lines.truncate(LISTED);
    let ids: Vec<ContractId> = lines.iter().map(|one| one.contract_id).collect();
    let numbers = earning::deal_names(&mut books, &ids).await?;
    let named: Vec<CustomerId> = lines.iter().filter_map(|one| one.customer_id).collect();
    let called = customers::names_of(&mut books, named.clone()).await?;
    let people = lines.iter().filter_map(|one| successor(&loaded, one));
    let names = people::names_of(&mut books, people).await?;
    for line in &mut lines {
        if let Some((number, _)) = numbers.get(&line.contract_id) {
            line.number.clone_from(number);
        }
        let customer = line.customer_id.map(|id| id.to_string());
        let name = customer.and_then(|id| called.get(&id).cloned());
        line.customer = name.unwrap_or_default();
        line.successor = PersonName::among(&names, successor(&loaded, line));
    }
    reading::charge(&house, &caller, &mut look, named).await?;
    Ok(Json(lines))
}

fn successor(loaded: &Loaded, line: &PlanContract) -> Option<EmployeeId> {
    loaded
        .plan
        .item(&contract_key(line.contract_id))?
        .successor()
}

/// Contracts to be told of: those of a customer, or those with lines of their own; a receiver sees
/// those he gets.
fn listed(
    loaded: &Loaded,
    found: &[Holding],
    (of, only): (Option<CustomerId>, Option<EmployeeId>),
) -> Vec<ContractId> {
    let contracts = found.iter().filter(|one| {
        let item = loaded.plan.item(&one.key);
        let to = item.and_then(::handover::plan::Item::successor);
        one.key.kind == HoldingKind::Contract
            && (of.is_some() || item.is_some())
            && only.is_none_or(|only| to == Some(only))
    });
    contracts.flat_map(|one| one.key.subject.parse()).collect()
}

fn rows<'a>(
    loaded: &'a Loaded,
    with: &'a WithPapers,
    held: &'a BTreeMap<&'a HoldingKey, &'a Holding>,
) -> impl Iterator<Item = PlanContract> + 'a {
    with.of.iter().filter_map(move |(contract, papers)| {
        let holding = held.get(&contract_key(*contract))?;
        let of = |kind: HoldingKind| papers.iter().filter(move |key| key.kind == kind);
        let invoices = of(HoldingKind::ReceivableResponsibility);
        Some(PlanContract {
            contract_id: *contract,
            customer_id: holding.customer,
            customer: String::new(),
            number: String::new(),
            title: holding.title.clone(),
            amount: holding.amount,
            open: invoices
                .clone()
                .filter_map(|key| held.get(key))
                .map(|one| one.amount)
                .sum(),
            invoices: invoices.count(),
            orders: of(HoldingKind::OrderInProgress).count(),
            apart: loaded.plan.item(&holding.key).is_some(),
            standing: false,
            successor: None,
        })
    })
}
