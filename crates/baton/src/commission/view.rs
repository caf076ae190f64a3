//! What the browser sees of commission 提成视图.

use std::collections::BTreeMap;

use ::commission::assignment::Assignee;
use ::commission::booking::Kept;
use ::commission::period::Stage;
use ::commission::plan::ChangeInside;
use ::commission::statement::Called;
use ::commission::window::Window;
use kernel::{CommissionPlanId, CustomerId, Day, EmployeeId, Fen, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use super::month::Month;
use super::offer::Offer;
use super::paying::Standing;
use super::store::{
    Attached, Booked, Edition, PayeeSum, PayoutRow, PeriodRow, Said, SignOffRow, Word,
};
use super::telling;
use crate::http::Money;
use crate::people::PersonName;

/// Names read together.
pub(super) type Names = BTreeMap<EmployeeId, (String, String)>;

/// A plan with its versions and who has it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommissionPlanView {
    #[schema(value_type = String)]
    pub(crate) id: CommissionPlanId,
    pub(crate) name: String,
    /// `each`, `month`, `quarter`, `year`
    #[schema(value_type = String)]
    pub(crate) adds_up: Window,
    /// `next_window`, `carries_on`, `starts_afresh`
    #[schema(value_type = String)]
    pub(crate) change_inside: ChangeInside,
    /// The overlay it pays; absent for the deal itself.
    pub(crate) overlay: Option<String>,
    /// The newest first.
    pub(crate) versions: Vec<VersionView>,
    /// Who has it now or later.
    pub(crate) assigned: Vec<AssignedView>,
}

/// A version of a plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionView {
    pub(crate) version: u32,
    #[schema(value_type = String, format = Date)]
    pub(crate) valid_from: Day,
    /// The first day on which it does not count any more.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) valid_until: Option<Day>,
    pub(crate) offer: Offer,
    pub(crate) published_by: Option<PersonName>,
    #[schema(value_type = String)]
    pub(crate) published_at: Moment,
}

/// Somebody who has a plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssignedView {
    /// `person`, `post`, `department`
    pub(crate) kind: &'static str,
    pub(crate) id: String,
    pub(crate) name: String,
    #[schema(value_type = String, format = Date)]
    pub(crate) from: Day,
    /// The first day on which he has it no more.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) until: Option<Day>,
    /// A quota of his own, instead of the plan's.
    #[schema(value_type = Option<Money>)]
    pub(crate) quota: Option<Fen>,
}

/// Kind and id of an assignee.
pub(crate) fn assignee(to: Assignee) -> (&'static str, String) {
    match to {
        Assignee::Person(id) => ("person", id.to_string()),
        Assignee::Post(id) => ("post", id.to_string()),
        Assignee::Department(id) => ("department", id.to_string()),
    }
}

/// A month of settlement.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommissionMonth {
    /// `2026-11`
    #[schema(value_type = String)]
    month: Month,
    /// `open`, `calculated`, `reviewed`, `closed`
    #[schema(value_type = String)]
    stage: Stage,
    #[schema(value_type = Option<String>)]
    calculated_at: Option<Moment>,
    #[schema(value_type = Option<String>)]
    closed_at: Option<Moment>,
    /// By when payees were asked to confirm it, when they were.
    #[schema(value_type = Option<String>, format = Date)]
    confirm_by: Option<Day>,
    /// Of a month that can be reviewed: the last day that is proposed.
    #[schema(value_type = Option<String>, format = Date)]
    proposed_confirm_by: Option<Day>,
    /// What went to payroll; only for whoever calculates.
    payout: Option<PayoutView>,
}

/// An export to payroll.
#[derive(Serialize, ToSchema)]
pub(crate) struct PayoutView {
    people: i64,
    lines: i64,
    #[schema(value_type = Money)]
    total: Fen,
    /// SHA-256 of the workbook, hex.
    xlsx_digest: String,
    /// SHA-256 of the plain lines, hex.
    csv_digest: String,
    exported_by: Option<PersonName>,
    #[schema(value_type = String)]
    exported_at: Moment,
}

impl PayoutView {
    pub(crate) fn of(row: PayoutRow, names: &Names) -> PayoutView {
        PayoutView {
            people: row.people,
            lines: row.lines,
            total: row.total,
            xlsx_digest: row.xlsx_digest,
            csv_digest: row.csv_digest,
            exported_by: PersonName::among(names, row.exported_by.parse().ok()),
            exported_at: row.exported_at,
        }
    }
}

impl CommissionMonth {
    /// With what of it went to payroll, and the last day that was named and that is proposed.
    pub(crate) fn with(
        row: &PeriodRow,
        payout: Option<PayoutView>,
        (confirm_by, proposed): (Option<Day>, Day),
    ) -> CommissionMonth {
        let reviews = row.stage == Stage::Calculated;
        CommissionMonth {
            month: row.month,
            stage: row.stage,
            calculated_at: row.calculated_at,
            closed_at: row.closed_at,
            confirm_by,
            proposed_confirm_by: reviews
                .then(|| confirm_by.map_or(proposed, |named| named.max(proposed))),
            payout,
        }
    }
}

/// The months, and the one that can be opened next.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommissionMonths {
    /// The newest first.
    pub(crate) items: Vec<CommissionMonth>,
    /// Absent while it lies ahead.
    #[schema(value_type = Option<String>)]
    pub(crate) next: Option<Month>,
    /// Objections nobody has answered, within the caller's reach.
    pub(crate) objections: usize,
    /// Years whose holidays are not entered though the proposed last day is reckoned in them.
    pub(crate) unknown_years: Vec<i16>,
}

/// A statement in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatementItem {
    payee: PersonName,
    department: String,
    /// Lines with an amount.
    lines: i64,
    /// Absences and lines of zero.
    zeros: i64,
    #[schema(value_type = Money)]
    commission: Fen,
    confirmed: i64,
    /// Objections that nobody has answered.
    objected: i64,
    /// Signed off as a whole, by its payee.
    #[schema(value_type = Option<String>)]
    signed_at: Option<Moment>,
}

impl From<PayeeSum> for StatementItem {
    fn from(sum: PayeeSum) -> StatementItem {
        StatementItem {
            payee: PersonName::of(sum.payee),
            department: sum.department,
            lines: sum.lines,
            zeros: sum.zeros,
            commission: sum.commission,
            confirmed: sum.confirmed,
            objected: sum.objected,
            signed_at: sum.signed_at,
        }
    }
}

/// The statements of a month.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatementList {
    /// The day inside the month on which commission begins, where the books began inside it.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) begins: Option<Day>,
    pub(crate) items: Vec<StatementItem>,
    #[schema(value_type = Money)]
    pub(crate) total: Fen,
}

/// Somebody's month.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatementView {
    #[schema(value_type = String)]
    pub(crate) month: Month,
    /// `open`, `calculated`, `reviewed`, `closed`
    #[schema(value_type = String)]
    pub(crate) stage: Stage,
    /// The day inside the month on which commission begins, where the books began inside it.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) begins: Option<Day>,
    pub(crate) payee: Option<PersonName>,
    #[schema(value_type = Money)]
    pub(crate) total: Fen,
    /// What was paid of it.
    #[schema(value_type = Money)]
    pub(crate) paid: Fen,
    /// What is still owed of it, kept back among it.
    #[schema(value_type = Money)]
    pub(crate) owed: Fen,
    /// Lines, differences after them.
    pub(crate) lines: Vec<StatementLine>,
    /// The statement on paper, once it was issued.
    #[schema(value_type = Option<String>)]
    pub(crate) document_id: Option<kernel::DocumentId>,
    /// What the caller may do: `confirm`, `sign_off`, `answer`, `issue`, `export`.
    pub(crate) may: Vec<&'static str>,
    /// What stands on it, SHA-256; whoever signs it off hands it back.
    pub(crate) digest: String,
    /// The newest signature of its payee under the whole of it.
    pub(crate) signed_off: Option<SignedOffView>,
    /// By when he is asked to confirm it; absent where he is not.
    pub(crate) asked: Option<AskedView>,
    /// What each calculation of the month said to him, the newest first.
    pub(crate) editions: Vec<EditionView>,
    /// Set when it is shown as it stood at a moment.
    #[schema(value_type = Option<String>)]
    pub(crate) as_of: Option<Moment>,
}

/// By when a payee is asked to confirm a month under review.
#[derive(Serialize, ToSchema)]
pub(crate) struct AskedView {
    #[schema(value_type = String, format = Date)]
    confirm_by: Day,
    /// Days left; 0 on the last day, below zero after it.
    days_left: i64,
    /// Lines of which he said nothing, or of which he said it at another amount; absences are not
    /// asked about.
    waiting: usize,
}

impl AskedView {
    pub(crate) fn of(confirm_by: Day, today: Day, lines: &[StatementLine]) -> AskedView {
        let waits = |line: &&StatementLine| line.kind != "absence" && line.state == "waiting";
        AskedView {
            confirm_by,
            days_left: today.days_until(confirm_by),
            waiting: lines.iter().filter(waits).count(),
        }
    }
}

/// What a calculation said to one person.
#[derive(Serialize, ToSchema)]
pub(crate) struct EditionView {
    #[schema(value_type = String)]
    calculated_at: Moment,
    lines: i64,
    #[schema(value_type = Money)]
    total: Fen,
}

impl From<Edition> for EditionView {
    fn from(edition: Edition) -> EditionView {
        EditionView {
            calculated_at: edition.at,
            lines: edition.lines,
            total: edition.total,
        }
    }
}

/// A signature under a whole statement.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedOffView {
    #[schema(value_type = String)]
    at: Moment,
    lines: i64,
    #[schema(value_type = Money)]
    total: Fen,
    /// Whether the statement is still the one that was signed.
    holds: bool,
}

impl SignedOffView {
    /// Whether the statement is still the one that was signed.
    pub(crate) fn holds(&self) -> bool {
        self.holds
    }

    pub(crate) fn of(row: &SignOffRow, now: &str) -> SignedOffView {
        SignedOffView {
            at: row.at,
            lines: row.lines,
            total: row.total,
            holds: row.digest == now,
        }
    }
}

/// One line of a statement.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatementLine {
    /// Its name within the month.
    pub(crate) key: String,
    /// `line`, `absence`, `difference`, `settlement`, `advance`
    kind: &'static str,
    #[schema(value_type = String, format = Date)]
    earned_on: Day,
    /// When it falls due.
    #[schema(value_type = Option<String>, format = Date)]
    payable_on: Option<Day>,
    /// What was paid of it.
    #[schema(value_type = Money)]
    paid: Fen,
    /// On which day last.
    #[schema(value_type = Option<String>, format = Date)]
    paid_on: Option<Day>,
    /// Kept back until a later day.
    #[schema(value_type = Money)]
    withheld: Fen,
    /// `paid`, `part`, `payable`, `withheld`, `set_off`; `open` in a month that is not closed,
    /// `unrecorded` where payments were not written down yet, `none` for a line of zero.
    pay: &'static str,
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    customer: Option<String>,
    /// Number of the contract, or of the order or invoice that has none.
    deal: Option<String>,
    deal_title: Option<String>,
    /// Number of the receipt, invoice, order or contract behind it.
    record: String,
    /// The whole amount of what happened.
    #[schema(value_type = Option<Money>)]
    base: Option<Fen>,
    /// The payee's share of it in basis points.
    share: Option<i64>,
    /// What of it he is credited with.
    #[schema(value_type = Money)]
    credit: Fen,
    #[schema(value_type = Money)]
    commission: Fen,
    /// Why, sentence by sentence.
    why: Vec<WhySentence>,
    /// What was said of it, oldest first.
    said: Vec<SaidView>,
    /// `waiting`, `confirmed`, `objected`, `accepted`, `partly`, `refused`, `put_right`; `waiting`
    /// again when the amount is another one than it was said of; an objection stays until it is
    /// answered.
    state: &'static str,
}

/// One sentence of an explanation.
#[derive(Serialize, ToSchema)]
pub(crate) struct WhySentence {
    zh: String,
    en: String,
}

impl From<kernel::Reason> for WhySentence {
    fn from(one: kernel::Reason) -> WhySentence {
        WhySentence {
            zh: one.zh.into_owned(),
            en: one.en.into_owned(),
        }
    }
}

/// A word about a line.
#[derive(Serialize, ToSchema)]
pub(crate) struct SaidView {
    said: Said,
    reason: String,
    /// The amount it was said of.
    #[schema(value_type = Money)]
    amount: Fen,
    /// What was claimed or granted.
    #[schema(value_type = Option<Money>)]
    wanted: Option<Fen>,
    /// The file that came with it.
    attachment: Option<AttachmentView>,
    by: Option<PersonName>,
    #[schema(value_type = String)]
    at: Moment,
}

/// A file beside an objection.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttachmentView {
    /// Its number among what was said of the line.
    seq: i64,
    name: String,
    size: i64,
    /// SHA-256, hex.
    digest: String,
}

impl SaidView {
    fn of(word: &Word, (names, files): (&Names, &[Attached])) -> SaidView {
        let own = |file: &&Attached| file.key == word.key && file.seq == word.seq;
        let file = files.iter().find(own);
        SaidView {
            said: word.said,
            reason: word.reason.clone(),
            amount: word.commission,
            wanted: word.amount,
            attachment: file.map(|file| AttachmentView {
                seq: file.seq,
                name: file.name.clone(),
                size: file.size,
                digest: file.digest.clone(),
            }),
            by: PersonName::among(names, word.by.parse().ok()),
            at: word.at,
        }
    }
}

fn state(words: &[&Word], now: Fen) -> &'static str {
    let Some(word) = words.last() else {
        return "waiting";
    };
    match word.said {
        Said::Objected => "objected",
        // Another figure than it was said of: the payee is asked again.
        _ if word.commission != now => "waiting",
        Said::Confirmed => "confirmed",
        Said::Accepted => "accepted",
        Said::Partly => "partly",
        Said::Refused => "refused",
        Said::PutRight => "put_right",
    }
}

/// What was said of a statement, by whom, and the files that came with it.
pub(crate) struct Spoken<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) names: &'a Names,
    pub(crate) files: &'a [Attached],
}

impl StatementLine {
    pub(crate) fn of(line: &Booked, called: &Called, spoken: &Spoken<'_>, pay: &Standing) -> Self {
        let Spoken {
            words,
            names,
            files,
        } = *spoken;
        let engine = line.kept.line();
        let words: Vec<&Word> = words.iter().filter(|word| word.key == line.key).collect();
        let customer = telling::customer(called, line);
        let deal = called.deal(line.deal);
        let story = telling::story(called, line).into_iter();
        StatementLine {
            key: line.key.clone(),
            kind: line.kept.word(),
            earned_on: line.earned_on,
            payable_on: match &line.kept {
                Kept::Advance { advance } => Some(advance.payable_on),
                _ => engine.map(|one| one.payable_on),
            },
            paid: pay.paid,
            paid_on: pay.paid_on,
            withheld: pay.withheld,
            pay: pay.state,
            customer_id: customer.as_ref().map(|(id, _)| *id),
            customer: customer.map(|(_, name)| name),
            deal: deal.map(|(number, _)| number.clone()),
            deal_title: deal
                .map(|(_, title)| title.clone())
                .filter(|title| !title.is_empty()),
            record: telling::number(called, &line.record),
            base: engine.map(|one| one.trace.base_amount),
            share: engine.map(|one| one.trace.part_share.0),
            credit: line.credit,
            commission: line.commission,
            why: story.map(WhySentence::from).collect(),
            state: state(&words, line.commission),
            said: words
                .iter()
                .map(|word| SaidView::of(word, (names, files)))
                .collect(),
        }
    }
}
