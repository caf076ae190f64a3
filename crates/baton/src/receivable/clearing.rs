//! What money may clear: the same rules when it is entered and when what was left over is matched.

use kernel::{Fen, Refusal};

use crate::receivable::store::{Clearing, OpenInvoice};

/// What `amount` clears: what was named, when it adds up, else the oldest due day first.
///
/// # Errors
/// `receivable.clearing`.
pub(super) fn cleared(
    named: Option<&[Clearing]>,
    open: &[OpenInvoice],
    amount: Fen,
) -> Result<Vec<Clearing>, Refusal> {
    match named {
        Some(named) => {
            check_named(named, open, amount)?;
            Ok(named.to_vec())
        }
        None => Ok(oldest_first(open, amount)),
    }
}

/// What clearings come to.
pub(super) fn sum(clearings: &[Clearing]) -> Fen {
    clearings.iter().map(|clearing| clearing.amount).sum()
}

/// What the money clears when nobody says: the oldest due day first.
pub(super) fn oldest_first(open: &[OpenInvoice], amount: Fen) -> Vec<Clearing> {
    let mut left = amount;
    let mut clearings = Vec::new();
    for invoice in open {
        if left <= Fen::ZERO {
            break;
        }
        let part = left.min(invoice.open);
        clearings.push(Clearing {
            invoice: invoice.id,
            amount: part,
        });
        left = left - part;
    }
    clearings
}

fn check_named(named: &[Clearing], open: &[OpenInvoice], amount: Fen) -> Result<(), Refusal> {
    let wrong = |zh: String, en: String, pointer: &str| {
        Err(
            Refusal::invalid("receivable.clearing", zh.clone(), en.clone())
                .remedy((
                    "请核对每张发票的核销金额",
                    "Check the amount matched with each invoice",
                ))
                .at(pointer, (zh, en)),
        )
    };
    if named.len() > 200 {
        let zh = "一次最多核销 200 张发票".to_owned();
        let en = "At most 200 invoices are matched at once".to_owned();
        return wrong(zh, en, "/clearings");
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut sum = Fen::ZERO;
    for (index, clearing) in named.iter().enumerate() {
        let pointer = format!("/clearings/{index}");
        let Some(invoice) = open.iter().find(|invoice| invoice.id == clearing.invoice) else {
            let zh = "该发票不属于此客户，或已结清".to_owned();
            let en = "The invoice is not this customer's, or nothing of it is open".to_owned();
            return wrong(zh, en, &pointer);
        };
        if !seen.insert(clearing.invoice) {
            let zh = format!("发票 {} 重复出现", invoice.number);
            let en = format!("Invoice {} is named twice", invoice.number);
            return wrong(zh, en, &pointer);
        }
        if clearing.amount <= Fen::ZERO || clearing.amount > invoice.open {
            let open = invoice.open;
            let zh = format!("发票 {} 未结 {open} 元", invoice.number);
            let en = format!("{open} yuan of invoice {} are open", invoice.number);
            return wrong(zh, en, &pointer);
        }
        sum = sum.checked_add(clearing.amount).unwrap_or(Fen(i64::MAX));
    }
    if sum > amount {
        return wrong(
            format!("核销合计 {sum} 元超过回款 {amount} 元"),
            format!("{sum} yuan are matched, the receipt is {amount} yuan"),
            "/clearings",
        );
    }
    Ok(())
}
