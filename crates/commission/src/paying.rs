//! What of booked lines is paid in one payment 发放
//!
//! A line is paid part by part as its parts fall due; what is kept back waits for its day. What was
//! taken back is set off first, against anything of the same person. Nothing is ever paid beyond a
//! line, so what is owed back of a line is at most what was paid for it.

use kernel::{Day, Fen, Refusal};

use crate::dues::Due;

/// A booked line of a closed month, as far as paying is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What was booked.
    pub commission: Fen,
    /// Its parts.
    pub dues: Vec<Due>,
    /// What was paid for it, undone payments taken off.
    pub paid: Fen,
    /// When it was earned.
    pub earned_on: Day,
}

impl Open {
    /// What may be paid on a day: everything but what is kept back beyond it. Below zero for what
    /// was taken back and is set off.
    #[must_use]
    pub fn payable(&self, on: Day) -> Fen {
        self.commission - self.withheld(on) - self.paid
    }

    /// Kept back until a later day.
    #[must_use]
    pub fn withheld(&self, on: Day) -> Fen {
        let later = self.dues.iter().filter(|due| due.held && due.on > on);
        let later: Fen = later.map(|due| due.amount).sum();
        later.min((self.commission - self.paid).max(Fen::ZERO))
    }
}

/// What one person's lines come to on a day.
#[must_use]
pub fn net(lines: &[Open], on: Day) -> Fen {
    lines.iter().map(|line| line.payable(on)).sum()
}

/// How one payment is spread over one person's lines, in their order: everything that may be paid
/// on the day, or as much as was paid. Answers one amount for each line, zeros among them.
///
/// # Errors
/// `commission.nothing_to_pay` when nothing is left for the person on that day;
/// `commission.payment_too_much` when more was paid than that.
pub fn spread(lines: &[Open], on: Day, amount: Option<Fen>) -> Result<Vec<Fen>, Refusal> {
    let net = net(lines, on);
    if net <= Fen::ZERO {
        return Err(nothing(net));
    }
    let wanted = amount.unwrap_or(net);
    if wanted <= Fen::ZERO || wanted > net {
        return Err(too_much(wanted, net));
    }
    let set_off = lines.iter().map(|line| line.payable(on).min(Fen::ZERO));
    // INVARIANT: what is left is paid out of lines above zero, which hold net - set_off >= wanted.
    let mut left = wanted - set_off.sum();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|at| (lines[*at].earned_on, *at));
    let mut spread = vec![Fen::ZERO; lines.len()];
    for at in order {
        let payable = lines[at].payable(on);
        spread[at] = payable.min(left.max(Fen::ZERO));
        if payable > Fen::ZERO {
            left = left - spread[at];
        }
    }
    Ok(spread)
}

fn nothing(net: Fen) -> Refusal {
    let zh = match net < Fen::ZERO {
        true => format!("应抵扣 {} 元，本次没有可发放的提成", -net),
        false => "没有应发未发的提成".to_owned(),
    };
    Refusal::conflict(
        "commission.nothing_to_pay",
        zh,
        "nothing is left to be paid",
    )
    .remedy((
        "暂扣部分到期后可发放；应抵扣的部分会在之后的发放中抵扣",
        "What is held back can be paid when its time comes; what is to be set off is set off \
         against later payments",
    ))
}

fn too_much(wanted: Fen, net: Fen) -> Refusal {
    let zh = format!("发放金额 {wanted} 元不在 0 到应发未发的 {net} 元之间");
    Refusal::conflict(
        "commission.payment_too_much",
        zh.clone(),
        format!("{wanted} is not between nothing and the {net} that are due"),
    )
    .remedy((
        "请核对银行回单上的金额",
        "Check the amount on the bank’s receipt",
    ))
    .at("/amount", zh)
}
