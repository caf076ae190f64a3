//! A paper that was entered by mistake 误录撤回.

use kernel::{CustomerId, Day, Fen, InvoiceId, ReceiptId};
use spine::{Change, Chosen, Fault, Pointer, Query, Reader, Writer, binds};

use super::{Kind, unload, withdrawn};
use crate::commission::store as commission;

/// Columns of a paper that nothing clears, and that is of no other.
macro_rules! untouched {
    () => {
        "amount, CAST(0 AS BIGINT) AS cleared, CAST(NULL AS TEXT) AS invoice, \
         CAST(NULL AS TEXT) AS receipt, "
    };
}

/// A paper as it stands.
pub(crate) struct Standing {
    pub(crate) number: String,
    pub(crate) customer: CustomerId,
    /// 0 once it was taken back.
    pub(crate) amount: Fen,
    /// Of an invoice: what came of it.
    pub(crate) cleared: Fen,
    /// Of a refund or a bad debt: of which invoice; none where it was of no invoice.
    pub(crate) invoice: Option<InvoiceId>,
    /// Of a refund: of which receipt.
    pub(crate) receipt: Option<ReceiptId>,
    /// The first day on which commission may look at it; none where it never does: a receipt that
    /// cleared nothing, a refund of what was left over.
    pub(crate) counts_from: Option<Day>,
}

/// The paper of this kind with this id.
pub(crate) async fn standing(
    books: &mut Reader<'_>,
    kind: Kind,
    id: &str,
) -> Result<Option<Standing>, Fault> {
    let mut query = Query::new("SELECT number, customer_id, ");
    query.push(match kind {
        Kind::Invoice => {
            "amount, cleared, CAST(NULL AS TEXT) AS invoice, CAST(NULL AS TEXT) AS receipt, \
             issued_on AS counts_from FROM "
        }
        Kind::Reversal => {
            concat!(
                "CASE WHEN ",
                stands!("receivable_reversal"),
                " THEN amount ELSE 0 END AS amount, CAST(0 AS BIGINT) AS cleared, \
                 invoice_id AS invoice, receipt_id AS receipt, \
                 CASE WHEN invoice_id IS NOT NULL THEN reversed_on END AS counts_from FROM "
            )
        }
        Kind::Contract => concat!(untouched!(), "signed_on AS counts_from FROM "),
        Kind::Order => concat!(
            untouched!(),
            "CASE WHEN shipped_on < ordered_on THEN shipped_on ELSE ordered_on END \
             AS counts_from FROM "
        ),
        Kind::Receipt => concat!(
            untouched!(),
            "CASE WHEN EXISTS (SELECT 1 FROM receivable_clearing c \
             WHERE c.receipt_id = receivable_receipt.id) THEN received_on END AS counts_from FROM "
        ),
    });
    query.push(table(kind)).push(" WHERE id = ").bind(id);
    let (select, values) = query.select();
    let Some(row) = books.first(&select, values).await? else {
        return Ok(None);
    };
    Ok(Some(Standing {
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        amount: row.get("amount")?,
        cleared: row.get("cleared")?,
        invoice: row.get("invoice")?,
        receipt: row.get("receipt")?,
        counts_from: row.get("counts_from")?,
    }))
}

fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Contract => "receivable_contract",
        Kind::Order => "receivable_order",
        Kind::Invoice => "receivable_invoice",
        Kind::Receipt => "receivable_receipt",
        Kind::Reversal => "receivable_reversal",
    }
}

/// The paper as a set of one.
fn alone(kind: Kind, id: &str) -> Chosen {
    let from = match kind {
        Kind::Contract => "receivable_contract p WHERE p.id = ",
        Kind::Order => "receivable_order p WHERE p.id = ",
        Kind::Invoice => "receivable_invoice p WHERE p.id = ",
        Kind::Receipt => "receivable_receipt p WHERE p.id = ",
        Kind::Reversal => "receivable_reversal p WHERE p.id = ",
    };
    Chosen::of("p.id", from, id)
}

/// Histories that end with the paper: clearings of a receipt are balanced, those of an invoice are
/// its `cleared`; who chased it was told when it was entered, and stays told.
const HISTORIES: [&str; 2] = ["receivable_clearing", "receivable_responsibility"];

/// How commission calls what it pays for, see [`as_deal`].
const DEAL: &str = "deal_id";

/// The same paper as the deal that it is when it belongs to no contract.
fn as_deal(kind: Kind, id: &str) -> Chosen {
    let from = match kind {
        Kind::Order => "receivable_order p WHERE p.id = ",
        Kind::Invoice => "receivable_invoice p WHERE p.id = ",
        Kind::Contract | Kind::Receipt | Kind::Reversal => return alone(kind, id),
    };
    Chosen::of("'ctr_' || substr(p.id, 5)", from, id)
}

/// Whether this is what others call a paper of the kind by.
fn points(kind: Kind, pointer: &Pointer) -> bool {
    let columns: &[&str] = match kind {
        Kind::Contract => &["contract_id", DEAL],
        Kind::Order => &["order_id", DEAL],
        Kind::Invoice => &["invoice_id", DEAL],
        Kind::Receipt => &["receipt_id"],
        Kind::Reversal => &[],
    };
    columns.contains(&pointer.column) && !HISTORIES.contains(&pointer.table)
}

/// What came to rest on the paper since it was entered: `发票`, `退款与坏账`.
pub(crate) async fn resting(
    books: &mut Reader<'_>,
    kind: Kind,
    id: &str,
) -> Result<Vec<&'static str>, Fault> {
    let all = unload::POINTERS.iter().chain(commission::POINTERS);
    let pointers = all.filter(|one| points(kind, one)).copied();
    let (deals, papers): (Vec<Pointer>, Vec<Pointer>) =
        pointers.partition(|one| one.column == DEAL);
    let mut found = books.pointed_at(&papers, &alone(kind, id), None).await?;
    let of_deal = books.pointed_at(&deals, &as_deal(kind, id), None).await?;
    found.extend(of_deal);
    let mut named: Vec<&str> = found.into_iter().map(|(_, what)| what).collect();
    named.dedup();
    Ok(named)
}

/// Why a paper is taken back, and by whom.
pub(crate) struct Because<'a> {
    pub(crate) reason: &'a str,
    pub(crate) by: &'a str,
}

const NEVER_WAS: Change = Change::new(
    "INSERT INTO receivable_reversal_withdrawal (reversal_id, reason, withdrawn_by, withdrawn_at) \
     VALUES ($1, $2, $3, $4)",
);

/// Takes the paper out of the books. What the history speaks of stays at zero and gives up its
/// number, see [`unload`]; beside a refund or a bad debt stands that it never was. What closed
/// months counted of a contract, an order or an invoice is kept for them, see [`withdrawn`].
pub(crate) async fn withdraw(
    books: &mut Writer<'_>,
    (kind, id): (Kind, &str),
    because: &Because<'_>,
) -> Result<(), Fault> {
    let (chosen, suffix) = (alone(kind, id), format!("~{}", tail(id)));
    withdrawn::keep(books, (kind, id), because).await?;
    match kind {
        Kind::Contract => unload::contracts(books, &chosen).await,
        Kind::Order => unload::orders(books, &chosen).await,
        Kind::Invoice => unload::invoices(books, &chosen, &suffix).await,
        Kind::Receipt => unload::receipts(books, &chosen, &suffix).await,
        Kind::Reversal => {
            let values = binds![id, because.reason, because.by, books.at()];
            books.run(&NEVER_WAS, values).await.map(drop)
        }
    }
}

/// The last six characters of an id, which are ASCII.
fn tail(id: &str) -> &str {
    id.get(id.len().saturating_sub(6)..).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::{HISTORIES, Kind, points, unload};

    // A new reference to a paper must be asked about before the paper goes.
    #[test]
    fn every_reference_to_a_paper_is_called_by_the_name_that_is_asked() {
        let kinds = [
            ("receivable_contract", Kind::Contract),
            ("receivable_order", Kind::Order),
            ("receivable_invoice", Kind::Invoice),
            ("receivable_receipt", Kind::Receipt),
        ];
        let mut seen = 0;
        for step in crate::migrations::ALL {
            let mut inside = "";
            for line in step.text.lines() {
                let words: Vec<&str> = line.split_whitespace().collect();
                if let ["CREATE" | "ALTER", "TABLE", name, ..] = words.as_slice() {
                    inside = name.strip_suffix("_new").unwrap_or(name);
                }
                let Some(at) = words.iter().position(|word| *word == "REFERENCES") else {
                    continue;
                };
                let target = kinds.iter().find(|(table, _)| *table == words[at + 1]);
                let Some((table, kind)) = target.filter(|_| !HISTORIES.contains(&inside)) else {
                    continue;
                };
                let mut all = unload::POINTERS.iter();
                let asked = all.any(|one| one.column == words[0] && points(*kind, one));
                assert!(asked, "{table} is referred to by {inside}.{}", words[0]);
                seen += 1;
            }
        }
        assert!(seen >= 6, "the schema tells of {seen} references");
    }
}
