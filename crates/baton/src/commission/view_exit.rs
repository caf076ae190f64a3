//! What the browser sees of open commission of a leaver 离职提成视图.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::booking::SettledRow;
use ::commission::exit::Decision;
use ::commission::explain;
use ::document::Kind;
use access::RowFilter;
use kernel::{ContractId, Day, EmployeeId, Fen, Moment, PlanId};
use serde::Serialize;
use spine::{Failure, Reader};
use utoipa::ToSchema;

use super::exiting::Facts;
use super::leaving::{self, OpenItem};
use super::ledger;
use super::month::Month;
use super::passed_on::PassedOn;
use super::store::{self, ExitSaid, ExitWord, Lacks};
use crate::customer::store as customers;
use crate::document::store::{self as documents, DocumentFilter};
use crate::handover::store as handovers;
use crate::http::Money;
use crate::people::PersonName;
use crate::people::store as people;
use crate::receivable::store::earning;

/// What the caller may do.
#[derive(Clone, Copy)]
pub(crate) struct May {
    pub(crate) decides: bool,
    pub(crate) objects: bool,
}

/// Open commission of a leaver.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExitCommission {
    /// 提成截止日
    #[schema(value_type = String, format = Date)]
    cut_off: Day,
    /// Whether it was settled with the departure.
    settled: bool,
    items: Vec<ExitItem>,
    /// Earned before the first month that was opened: not settled here.
    #[schema(value_type = Money)]
    before_books: Fen,
    /// The first month that was opened, `2026-11`.
    #[schema(value_type = Option<String>)]
    first_month: Option<Month>,
    /// The day inside that month on which commission begins, where the books began inside it: what
    /// happened in it before is not settled here either.
    #[schema(value_type = Option<String>, format = Date)]
    begins: Option<Day>,
    /// Earned and not paid.
    #[schema(value_type = Money)]
    owed: Fen,
    /// What is to come.
    #[schema(value_type = Money)]
    to_come: Fen,
    /// Booked in closed months and not paid yet.
    #[schema(value_type = Money)]
    unpaid: Fen,
    /// Of that, kept back until a later day.
    #[schema(value_type = Money)]
    withheld: Fen,
    /// The day by which he must be told what came in, where he is paid on collection.
    #[schema(value_type = Option<String>, format = Date)]
    statement_due: Option<Day>,
    /// Contracts that still lack something.
    lacking: usize,
    /// What came in since, month by month.
    supplements: Vec<ExitSupplement>,
    /// What the caller may do: `decide`, `object`.
    may: Vec<&'static str>,
}

/// One open contract.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExitItem {
    #[schema(value_type = String)]
    deal_id: ContractId,
    number: String,
    title: String,
    customer: String,
    #[schema(value_type = Option<String>, format = Date)]
    signed_on: Option<Day>,
    /// What has not come in of the contract.
    #[schema(value_type = Option<Money>)]
    uncollected: Option<Fen>,
    #[schema(value_type = Money)]
    owed: Fen,
    #[schema(value_type = Money)]
    to_come: Fen,
    /// Set where terms of a handover ever leave him less of it: `to_come` is what he would have
    /// without them.
    passed_on: Option<PassedOnView>,
    /// What is suggested while nothing was decided that can stand.
    suggested: Option<DecisionView>,
    decided: Option<DecisionView>,
    /// Whether what was decided does not count any more, since a handover leaves him less now.
    void: bool,
    /// `decision`, `answer`, `second_person`; nothing when it is in order
    lacks: Option<Lacks>,
    /// What was said, oldest first.
    said: Vec<ExitWordView>,
    /// What was paid with the departure.
    #[schema(value_type = Option<Money>)]
    now: Option<Fen>,
    /// What stays open and is paid as it comes in.
    #[schema(value_type = Option<Money>)]
    later: Option<Fen>,
}

/// A decision, as it is sent and in words.
#[derive(Serialize, ToSchema)]
#[schema(as = ExitDecisionView)]
pub(crate) struct DecisionView {
    #[schema(value_type = Object)]
    decision: Decision,
    zh: String,
    en: String,
}

impl DecisionView {
    fn of(decision: &Decision) -> DecisionView {
        let (zh, en) = explain::decision(decision);
        DecisionView {
            decision: decision.clone(),
            zh,
            en,
        }
    }
}

/// By which plan a contract was passed on, if by one, and who has it now.
#[derive(Serialize, ToSchema)]
#[schema(as = ExitPassedOn)]
pub(crate) struct PassedOnView {
    /// Absent where it changed hands without a plan, or by several.
    #[schema(value_type = Option<String>)]
    plan_id: Option<PlanId>,
    /// Its number.
    plan: Option<String>,
    to: Option<PersonName>,
    /// What its terms leave him if all comes in on the day below; absent where no day leaves him
    /// anything. As it comes in needs his signature under them.
    #[schema(value_type = Option<Money>)]
    leaves: Option<Fen>,
    /// The cut-off, or the first day of the terms where that lies after it.
    #[schema(value_type = String, format = Date)]
    leaves_on: Day,
    /// What its terms say.
    zh: String,
    en: String,
}

/// A word about an open contract.
#[derive(Serialize, ToSchema)]
#[schema(as = ExitWord)]
pub(crate) struct ExitWordView {
    said: ExitSaid,
    decided: Option<DecisionView>,
    reason: String,
    by: Option<PersonName>,
    #[schema(value_type = String)]
    at: Moment,
}

/// What a month pays after the exit.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExitSupplement {
    /// `2026-11`
    #[schema(value_type = String)]
    month: Month,
    /// `line`, `difference`, `settlement`
    kind: &'static str,
    #[schema(value_type = String, format = Date)]
    earned_on: Day,
    number: String,
    #[schema(value_type = Money)]
    commission: Fen,
    /// Whether the month is closed.
    closed: bool,
    /// What was paid of it.
    #[schema(value_type = Money)]
    paid: Fen,
    /// As on a statement: `paid`, `part`, `payable`, …
    pay: &'static str,
}

type DealNames = BTreeMap<ContractId, (String, String)>;
type Names = BTreeMap<kernel::EmployeeId, (String, String)>;

struct Called {
    deals: DealNames,
    /// Numbers of plans, by `plan/pln_…`.
    plans: BTreeMap<String, String>,
    customers: BTreeMap<String, String>,
    people: Names,
}

impl Called {
    fn said(&self, words: &[ExitWord], deal: ContractId) -> Vec<ExitWordView> {
        let own = words.iter().filter(|word| word.deal == deal);
        own.map(|word| ExitWordView {
            said: word.said,
            decided: word.decision.as_ref().map(DecisionView::of),
            reason: word.reason.clone(),
            by: PersonName::among(&self.people, word.by.parse().ok()),
            at: word.at,
        })
        .collect()
    }

    fn deal(&self, deal: ContractId) -> (String, String) {
        self.deals.get(&deal).cloned().unwrap_or_default()
    }

    fn customer(&self, id: kernel::CustomerId) -> String {
        let name = self.customers.get(&id.to_string());
        name.cloned().unwrap_or_default()
    }

    fn passed_on(&self, one: &PassedOn, left: Fen) -> PassedOnView {
        let number = |plan: PlanId| self.plans.get(&format!("plan/{plan}")).cloned();
        PassedOnView {
            plan_id: one.plan,
            plan: one.plan.and_then(number),
            to: PersonName::among(&self.people, Some(one.to)),
            leaves: one.part.then_some(left),
            leaves_on: one.first,
            zh: one.terms.zh.to_string(),
            en: one.terms.en.to_string(),
        }
    }

    fn open(&self, item: &OpenItem, words: &[ExitWord]) -> ExitItem {
        let (number, title) = self.deal(item.deal);
        let decided = store::decided(words, item.deal);
        let decision = decided.and_then(|word| word.decision.as_ref());
        let passed_on = item.passed_on.as_ref();
        let line = item.line();
        let stands = decision.is_some_and(|decision| line.stands(decision).is_ok());
        ExitItem {
            deal_id: item.deal,
            number,
            title,
            customer: self.customer(item.customer),
            signed_on: Some(item.signed_on),
            uncollected: Some(item.uncollected),
            owed: item.owed,
            to_come: item.to_come,
            passed_on: passed_on.map(|one| self.passed_on(one, item.left)),
            suggested: (!stands).then(|| DecisionView::of(&item.suggested)),
            decided: decision.map(DecisionView::of),
            void: decision.is_some() && !stands,
            lacks: leaving::lacks(item, words),
            said: self.said(words, item.deal),
            now: None,
            later: None,
        }
    }

    fn settled(&self, row: &SettledRow, words: &[ExitWord]) -> ExitItem {
        let (number, title) = self.deal(row.deal);
        ExitItem {
            deal_id: row.deal,
            number,
            title,
            customer: self.customer(row.customer),
            signed_on: None,
            uncollected: None,
            owed: row.owed,
            to_come: row.to_come,
            passed_on: None,
            suggested: None,
            decided: Some(DecisionView::of(&row.decision)),
            void: false,
            lacks: None,
            said: self.said(words, row.deal),
            now: Some(row.now),
            later: Some(row.later),
        }
    }
}

/// The day of his last statement on paper.
async fn told_on(books: &mut Reader<'_>, who: EmployeeId) -> Result<Option<Day>, Failure> {
    let filter = DocumentFilter {
        employee: Some(who),
        kind: Some(Kind::CommissionStatement),
        ..DocumentFilter::default()
    };
    let newest = documents::list(books, &RowFilter::Everything, &filter, 1).await?;
    let zone = books.zone();
    Ok(newest.first().map(|one| one.issued_at.day_in(zone)))
}

/// Reads what the list names.
async fn called(
    books: &mut Reader<'_>,
    facts: &Facts,
    rows: &[SettledRow],
) -> Result<Called, Failure> {
    let listed = facts.items.iter().map(|item| (item.deal, item.customer));
    let listed: BTreeMap<_, _> = listed
        .chain(rows.iter().map(|row| (row.deal, row.customer)))
        .collect();
    let deals: Vec<ContractId> = listed.keys().copied().collect();
    let owners = listed.into_values().collect();
    let speakers = facts.words.iter().filter_map(|word| word.by.parse().ok());
    let passed_on = || {
        facts
            .items
            .iter()
            .filter_map(|item| item.passed_on.as_ref())
    };
    let plans = passed_on().filter_map(|one| one.plan);
    let plans: BTreeSet<String> = plans.map(|plan| format!("plan/{plan}")).collect();
    let plans: Vec<String> = plans.into_iter().collect();
    let named = speakers.chain(passed_on().map(|one| one.to));
    Ok(Called {
        plans: handovers::numbers(books, &plans).await?,
        deals: earning::deal_names(books, &deals).await?,
        customers: customers::names_of(books, owners).await?,
        people: people::names_of(books, named).await?,
    })
}

/// Everything about it.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn read(
    books: &mut Reader<'_>,
    facts: &Facts,
    may: May,
) -> Result<ExitCommission, Failure> {
    let departure = &facts.found.departure;
    let rows: Vec<SettledRow> = store::settled(books, ledger::EVER)
        .await?
        .into_iter()
        .filter(|row| row.departure == departure.id)
        .collect();
    let late = leaving::supplements(books, departure.id, departure.employee).await?;
    let called = called(books, facts, &rows).await?;
    let words = &facts.words;
    let open = facts.items.iter().map(|item| called.open(item, words));
    let settled = rows.iter().map(|row| called.settled(row, words));
    let items: Vec<ExitItem> = open.chain(settled).collect();
    let running = departure.closed_at.is_none();
    let (unpaid, withheld) = leaving::still_owed(books, departure.employee).await?;
    let mine: Vec<&SettledRow> = rows.iter().collect();
    let last = told_on(books, departure.employee).await?;
    let statement_due = leaving::statement_due(&mine, last, books.today());
    let may = [("decide", may.decides), ("object", may.objects)];
    Ok(ExitCommission {
        cut_off: departure.clocks.commission_cut_off,
        settled: !rows.is_empty(),
        before_books: facts.before_books,
        first_month: facts.first_month,
        begins: facts.begins,
        owed: items.iter().map(|item| item.owed).sum(),
        to_come: items.iter().map(|item| item.to_come).sum(),
        unpaid,
        withheld,
        statement_due,
        lacking: items.iter().filter(|item| item.lacks.is_some()).count(),
        items,
        supplements: late
            .into_iter()
            .map(|(line, closed, pay)| ExitSupplement {
                paid: pay.paid,
                pay: pay.state,
                month: line.month,
                kind: line.kept.word(),
                earned_on: line.earned_on,
                number: line
                    .deal
                    .map(|deal| called.deal(deal).0)
                    .unwrap_or_default(),
                commission: line.commission,
                closed,
            })
            .collect(),
        may: may
            .into_iter()
            .filter(|(_, may)| *may && running)
            .map(|(step, _)| step)
            .collect(),
    })
}
