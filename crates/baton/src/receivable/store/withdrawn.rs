//! Papers that are gone, for the closed months that counted them 已关账月份计过的误录单据.
//!
//! A closed month is worked out again as it was known when it was calculated. What commission read
//! of a contract, an order or an invoice stays here when the paper is taken back; the figures of
//! today look past it.

use std::collections::BTreeMap;

use ::commission::period::Stage;
use kernel::{ContractId, CustomerId, Day, Fen, Moment};
use spine::{Change, Fault, Query, Reader, Select, Writer, binds};

use super::Kind;
use super::withdrawing::Because;
use crate::commission::month::Month;
use crate::commission::store as commission;

const CONTRACT: Select = Select::new(
    "SELECT number, title, customer_id, id AS deal, CAST(NULL AS TEXT) AS order_id, \
     signed_on AS day, ends_on, CAST(NULL AS TEXT) AS shipped_on, amount, product, margin \
     FROM receivable_contract WHERE id = $1",
);
// One that names products came by an import, and goes with it.
const ORDER: Select = Select::new(
    "SELECT number, '' AS title, customer_id, coalesce(contract_id, id) AS deal, \
     CAST(NULL AS TEXT) AS order_id, ordered_on AS day, CAST(NULL AS TEXT) AS ends_on, \
     shipped_on, amount, '' AS product, CAST(NULL AS BIGINT) AS margin \
     FROM receivable_order WHERE id = $1",
);
const INVOICE: Select = Select::new(
    "SELECT i.number AS number, '' AS title, i.customer_id AS customer_id, \
     coalesce(i.contract_id, o.contract_id, i.order_id, i.id) AS deal, i.order_id AS order_id, \
     i.issued_on AS day, CAST(NULL AS TEXT) AS ends_on, CAST(NULL AS TEXT) AS shipped_on, \
     i.amount AS amount, '' AS product, CAST(NULL AS BIGINT) AS margin \
     FROM receivable_invoice i LEFT JOIN receivable_order o ON o.id = i.order_id \
     WHERE i.id = $1",
);
const KEEP: Change = Change::new(
    "INSERT INTO receivable_withdrawn (id, kind, number, title, customer_id, deal_id, order_id, \
     day, ends_on, shipped_on, amount, product, margin, reason, withdrawn_by, withdrawn_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
);

/// The letters of the last id that can have been minted by a moment: the text order of ids is the
/// order in which they were made.
pub(super) fn minted_by(at: Moment) -> String {
    letters(&ContractId::mint(at, [u8::MAX; 10]).to_string()).to_owned()
}

/// An id without its prefix.
fn letters(id: &str) -> &str {
    id.split_once('_').map_or(id, |(_, letters)| letters)
}

/// Whether a closed month was calculated while the paper stood in the books, and of its days or
/// later ones.
async fn may_count(books: &mut Reader<'_>, id: &str, from: Day) -> Result<bool, Fault> {
    let months = commission::periods(books).await?;
    Ok(months.iter().any(|one| {
        let knew = |at: Moment| letters(id) <= minted_by(at).as_str();
        one.stage == Stage::Closed
            && one.month >= Month::of(from)
            && one.calculated_at.is_some_and(knew)
    }))
}

/// Keeps what closed months may have counted of a paper that is about to go.
pub(super) async fn keep(
    books: &mut Writer<'_>,
    (kind, id): (Kind, &str),
    because: &Because<'_>,
) -> Result<(), Fault> {
    let select = match kind {
        Kind::Contract => CONTRACT,
        Kind::Order => ORDER,
        Kind::Invoice => INVOICE,
        // Their rows stay, and say themselves when they were known.
        Kind::Receipt | Kind::Reversal => return Ok(()),
    };
    let row = books.first(&select, binds![id]).await?;
    let row = row.ok_or_else(|| Fault::new("a paper that is not there"))?;
    let (day, shipped_on): (Day, Option<Day>) = (row.get("day")?, row.get("shipped_on")?);
    let from = shipped_on.map_or(day, |shipped| shipped.min(day));
    if !may_count(books, id, from).await? {
        return Ok(());
    }
    let at = books.at();
    let values = binds![
        id,
        kind.name(),
        row.get::<String>("number")?,
        row.get::<String>("title")?,
        row.get::<CustomerId>("customer_id")?,
        row.get::<String>("deal")?,
        row.get::<Option<String>>("order_id")?,
        day,
        row.get::<Option<Day>>("ends_on")?,
        shipped_on,
        row.get::<Fen>("amount")?,
        row.get::<String>("product")?,
        row.get::<Option<Fen>>("margin")?,
        because.reason,
        because.by,
        at,
    ];
    books.run(&KEEP, values).await?;
    Ok(())
}

/// Number and title of those of these papers that are kept here, by id.
pub(super) async fn names(
    books: &mut Reader<'_>,
    ids: Vec<String>,
) -> Result<BTreeMap<String, (String, String)>, Fault> {
    let mut query = Query::new("SELECT id, number, title FROM receivable_withdrawn WHERE id IN ");
    query.bind_list(ids);
    let (select, values) = query.select();
    let mut names = BTreeMap::new();
    for row in books.all(&select, values).await? {
        names.insert(row.get("id")?, (row.get("number")?, row.get("title")?));
    }
    Ok(names)
}
