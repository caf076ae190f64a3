//! What is left over of a receipt: what it would clear, and paying it back 余款接口.

use axum::Json;
use axum::extract::{Path, State};
use kernel::{CustomerId, Day, Fen, InvoiceId, ReceiptId};
use serde::{Deserialize, Serialize};
use spine::Act as _;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::match_credit::MatchCredit;
use super::acts::refund_credit::RefundCredit;
use super::api::NewClearing;
use super::clearing::oldest_first;
use crate::customer::reading;
use crate::house::House;
use crate::http::{Caller, Money, Reply, Writing, Written};
use crate::people::api::id;

/// As many invoices as one match may name.
const SHOWN: usize = 200;

/// Routes of this part.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(offered, matched))
        .routes(routes!(paid_back))
}

/// What is left of a receipt, and what is open.
#[derive(Serialize, ToSchema)]
struct MatchOffer {
    #[schema(value_type = String)]
    id: ReceiptId,
    number: String,
    #[schema(value_type = String)]
    customer_id: CustomerId,
    customer: String,
    /// What is left over.
    #[schema(value_type = crate::http::Money)]
    credit: Fen,
    /// What the customer owes, and those merged into it, the oldest due day first; at
    /// most 200.
    invoices: Vec<MatchItem>,
}

/// An open invoice, and what it would get of what is left.
#[derive(Serialize, ToSchema)]
struct MatchItem {
    #[schema(value_type = String)]
    invoice_id: InvoiceId,
    number: String,
    #[schema(value_type = String, format = Date)]
    due_on: Day,
    #[schema(value_type = crate::http::Money)]
    open: Fen,
    /// 0 where older ones take everything.
    #[schema(value_type = crate::http::Money)]
    takes: Fen,
}

/// What is left of a receipt and what it would clear when nobody says; nothing is written.
#[utoipa::path(get, path = "/receipts/{id}/matches", tag = "receivable",
    params(("id" = String, Path)),
    responses((status = 200, body = MatchOffer), (status = 404, description = "absent")))]
async fn offered(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<MatchOffer>> {
    let act = MatchCredit {
        receipt: id(&text, "receipt")?,
        clearings: None,
    };
    let mut look = house.spine.look(&caller.by).await?;
    let facts = act.load(&mut look.books()).await?;
    look.allow("receivable.match_offer", &act.needs(&facts))
        .await?;
    reading::charge(&house, &caller, &mut look, [facts.customer.id]).await?;
    let taken = oldest_first(&facts.open, facts.receipt.left);
    let takes = |id: InvoiceId| {
        let own = taken.iter().find(|clearing| clearing.invoice == id);
        own.map_or(Fen::ZERO, |clearing| clearing.amount)
    };
    let item = |invoice: super::store::OpenInvoice| MatchItem {
        takes: takes(invoice.id),
        invoice_id: invoice.id,
        number: invoice.number,
        due_on: invoice.due_on,
        open: invoice.open,
    };
    Ok(Json(MatchOffer {
        id: act.receipt,
        number: facts.receipt.number,
        customer_id: facts.customer.id,
        customer: facts.customer.name,
        credit: facts.receipt.left,
        invoices: facts.open.into_iter().take(SHOWN).map(item).collect(),
    }))
}

/// What shall be cleared.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMatch {
    /// The oldest due day first when absent.
    clearings: Option<Vec<NewClearing>>,
}

/// Match what is left of a receipt to open invoices.
#[utoipa::path(post, path = "/receipts/{id}/matches", tag = "receivable", request_body = NewMatch,
    params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn matched(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewMatch>,
) -> Reply<Written> {
    let act = MatchCredit {
        receipt: id(&text, "receipt")?,
        clearings: new.clearings.map(NewClearing::all),
    };
    writing.make(&act, |_| text).await
}

/// Money that goes back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCreditRefund {
    #[schema(min_length = 1, max_length = 64)]
    number: String,
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// At most what is left over.
    #[schema(value_type = Money)]
    amount: Fen,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Pay back to the customer what is left of a receipt; no commission is taken back.
#[utoipa::path(post, path = "/receipts/{id}/refunds", tag = "receivable",
    request_body = NewCreditRefund, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn paid_back(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewCreditRefund>,
) -> Reply<Written> {
    let act = RefundCredit {
        receipt: id(&text, "receipt")?,
        number: new.number,
        on: new.on,
        amount: new.amount,
        reason: new.reason,
        by: writing.caller.by.id(),
    };
    writing.make(&act, ToString::to_string).await
}
