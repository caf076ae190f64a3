//! Papers that were entered by mistake are taken back 误录撤回接口.

use axum::Json;
use axum::extract::Path;
use kernel::{ContractId, InvoiceId, OrderId, ReceiptId, ReversalId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::withdraw::Withdraw;
use super::store::Kind;
use crate::house::House;
use crate::http::{Reply, Writing, Written};
use crate::people::api::id;

/// Routes of this part.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(withdraw_contract))
        .routes(routes!(withdraw_order))
        .routes(routes!(withdraw_invoice))
        .routes(routes!(withdraw_receipt))
        .routes(routes!(withdraw_reversal))
}

/// Why it was a mistake.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakenBack {
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

async fn withdrawn(writing: Writing, kind: Kind, id: String, new: TakenBack) -> Reply<Written> {
    let act = Withdraw {
        kind,
        id: id.clone(),
        reason: new.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |()| id).await
}

/// Take back a contract that was entered by mistake.
#[utoipa::path(post, path = "/contracts/{id}/withdraw", tag = "receivable",
    request_body = TakenBack,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "in use")))]
async fn withdraw_contract(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<TakenBack>,
) -> Reply<Written> {
    id::<ContractId>(&text, "contract")?;
    withdrawn(writing, Kind::Contract, text, new).await
}

/// Take back an order that was entered by mistake.
#[utoipa::path(post, path = "/orders/{id}/withdraw", tag = "receivable",
    request_body = TakenBack, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "in use")))]
async fn withdraw_order(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<TakenBack>,
) -> Reply<Written> {
    id::<OrderId>(&text, "order")?;
    withdrawn(writing, Kind::Order, text, new).await
}

/// Take back an invoice that was entered by mistake.
#[utoipa::path(post, path = "/invoices/{id}/withdraw", tag = "receivable",
    request_body = TakenBack, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "in use")))]
async fn withdraw_invoice(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<TakenBack>,
) -> Reply<Written> {
    id::<InvoiceId>(&text, "invoice")?;
    withdrawn(writing, Kind::Invoice, text, new).await
}

/// Take back a receipt that was entered by mistake: what it had cleared is open again.
#[utoipa::path(post, path = "/receipts/{id}/withdraw", tag = "receivable",
    request_body = TakenBack, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "in use")))]
async fn withdraw_receipt(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<TakenBack>,
) -> Reply<Written> {
    id::<ReceiptId>(&text, "receipt")?;
    withdrawn(writing, Kind::Receipt, text, new).await
}

/// Take back a refund or a bad debt that was recorded by mistake: what it had undone stands.
#[utoipa::path(post, path = "/reversals/{id}/withdraw", tag = "receivable",
    request_body = TakenBack, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "withdrawn before")))]
async fn withdraw_reversal(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<TakenBack>,
) -> Reply<Written> {
    id::<ReversalId>(&text, "reversal")?;
    withdrawn(writing, Kind::Reversal, text, new).await
}
