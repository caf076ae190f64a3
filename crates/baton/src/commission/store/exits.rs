//! What was said of open commission at an exit, and what was settled 离职提成存取.

use std::collections::BTreeMap;

use ::commission::booking::SettledRow;
use ::commission::exit::Decision;
use kernel::{ContractId, DepartureId, EmployeeId, Fen, Moment};
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader, Row, Select, Writer, binds};
use utoipa::ToSchema;

use crate::commission::month::Month;
use crate::word;

/// What can be said of an open contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ExitSaid)]
pub enum ExitSaid {
    /// 决定
    Decided,
    /// 第二人复核
    Checked,
    /// 本人有异议
    Objected,
}

/// One word.
#[derive(Clone, Debug)]
pub(crate) struct ExitWord {
    pub(crate) deal: ContractId,
    pub(crate) said: ExitSaid,
    /// With a decision.
    pub(crate) decision: Option<Decision>,
    pub(crate) reason: String,
    /// What it was said of.
    pub(crate) owed: Fen,
    pub(crate) to_come: Fen,
    pub(crate) by: String,
    pub(crate) at: Moment,
}

/// What an open contract still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ExitLacks)]
pub enum Lacks {
    /// None of the four decisions.
    Decision,
    /// An answer to an objection: a decision, the same or another one.
    Answer,
    /// A second person.
    SecondPerson,
}

/// The decision that stands for a contract: the newest one.
pub(crate) fn decided(words: &[ExitWord], deal: ContractId) -> Option<&ExitWord> {
    let of = |word: &&ExitWord| word.deal == deal && word.said == ExitSaid::Decided;
    words.iter().rfind(of)
}

/// What is missing, if anything is.
pub(crate) fn lacks(words: &[ExitWord], deal: ContractId) -> Option<Lacks> {
    let own = words.iter().filter(|word| word.deal == deal);
    let mut lacks = Some(Lacks::Decision);
    for word in own {
        lacks = match (word.said, &word.decision) {
            (ExitSaid::Objected, _) => Some(Lacks::Answer),
            (ExitSaid::Decided, Some(Decision::Nothing { .. })) => Some(Lacks::SecondPerson),
            (ExitSaid::Decided, _) => None,
            (ExitSaid::Checked, _) if lacks == Some(Lacks::SecondPerson) => None,
            (ExitSaid::Checked, _) => lacks,
        };
    }
    lacks
}

const WORDS: Select = Select::new(
    "SELECT deal_id, said, body, reason, owed, to_come, said_by, said_at \
     FROM commission_exit_word WHERE departure_id = $1 ORDER BY deal_id, seq",
);

/// Everything that was said in a departure, contract by contract, oldest first.
pub(crate) async fn exit_words(
    books: &mut Reader<'_>,
    departure: DepartureId,
) -> Result<Vec<ExitWord>, Fault> {
    let rows = books.all(&WORDS, binds![departure]).await?;
    let said = |row: &Row| {
        let body: String = row.get("body")?;
        Ok(ExitWord {
            deal: row.get("deal_id")?,
            said: word::read(row.get("said")?)?,
            decision: match body.as_str() {
                "" => None,
                body => Some(serde_json::from_str(body)?),
            },
            reason: row.get("reason")?,
            owed: row.get("owed")?,
            to_come: row.get("to_come")?,
            by: row.get("said_by")?,
            at: row.get("said_at")?,
        })
    };
    rows.iter().map(said).collect()
}

const ADD: &str = "INSERT INTO commission_exit_word (departure_id, deal_id, seq, payee_id, said, \
                   body, reason, owed, to_come, said_by, said_at) VALUES ";

/// Adds words; `so_far` are those of the departure up to now.
pub(crate) async fn add_exit_words(
    books: &mut Writer<'_>,
    (departure, payee): (DepartureId, EmployeeId),
    so_far: &[ExitWord],
    new: &[ExitWord],
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(new.len());
    for one in new {
        let count = so_far.iter().filter(|word| word.deal == one.deal).count();
        let seq = i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1);
        let body = match &one.decision {
            Some(decision) => serde_json::to_string(decision)?,
            None => String::new(),
        };
        rows.push(binds![
            departure,
            one.deal,
            seq,
            payee,
            word::of(&one.said)?,
            body,
            one.reason.as_str(),
            one.owed,
            one.to_come,
            one.by.as_str(),
            one.at,
        ]);
    }
    books.insert_many(ADD, "", rows).await
}

const SETTLED: Select = Select::new(
    "SELECT departure_id, deal_id, payee_id, cut_off, customer_id, body, earned, owed, to_come, \
     paid_now, paid_later FROM commission_exit WHERE settled_at <= $1 \
     ORDER BY settled_at, departure_id, deal_id",
);

/// Everything that was settled at an exit by a moment.
pub(crate) async fn settled(books: &mut Reader<'_>, by: Moment) -> Result<Vec<SettledRow>, Fault> {
    let rows = books.all(&SETTLED, binds![by]).await?;
    let settled = |row: &Row| {
        Ok(SettledRow {
            departure: row.get("departure_id")?,
            deal: row.get("deal_id")?,
            payee: row.get("payee_id")?,
            cut_off: row.get("cut_off")?,
            customer: row.get("customer_id")?,
            decision: serde_json::from_str(&row.get::<String>("body")?)?,
            earned: row.get("earned")?,
            owed: row.get("owed")?,
            to_come: row.get("to_come")?,
            now: row.get("paid_now")?,
            later: row.get("paid_later")?,
        })
    };
    rows.iter().map(settled).collect()
}

const SETTLE: &str = "INSERT INTO commission_exit (departure_id, deal_id, payee_id, cut_off, \
                      customer_id, body, earned, owed, to_come, paid_now, paid_later, \
                      settled_at) VALUES ";

/// Writes what closing settles.
pub(crate) async fn settle(books: &mut Writer<'_>, new: &[SettledRow]) -> Result<(), Fault> {
    let at = books.at();
    let mut rows = Vec::with_capacity(new.len());
    for row in new {
        rows.push(binds![
            row.departure,
            row.deal,
            row.payee,
            row.cut_off,
            row.customer,
            serde_json::to_string(&row.decision)?,
            row.earned,
            row.owed,
            row.to_come,
            row.now,
            row.later,
            at,
        ]);
    }
    books.insert_many(SETTLE, "", rows).await
}

/// What this person was paid, by contract, for what was not settled at an exit. Closed months
/// before `since`, in which nobody wrote payments down, count as paid; all of them where there is
/// none.
pub(crate) async fn paid_sums(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    since: Option<Month>,
) -> Result<BTreeMap<ContractId, Fen>, Fault> {
    let since = since.map_or_else(|| "9999-12".to_owned(), |month| month.to_string());
    let mut query = Query::new("SELECT l.deal_id AS deal_id, CAST(sum(CASE WHEN l.month < ");
    query.bind(since);
    query.push(
        " THEN l.commission ELSE coalesce(x.paid, 0) END) AS BIGINT) AS paid \
         FROM commission_line l JOIN commission_period p ON p.month = l.month AND p.run = l.run \
         LEFT JOIN (SELECT month, key, sum(amount) AS paid FROM commission_payment \
         WHERE payee_id = ",
    );
    query.bind(payee);
    query.push(
        " GROUP BY month, key) x ON x.month = l.month AND x.key = l.key \
         WHERE p.stage = 'closed' AND l.kind <> 'settlement' AND l.payee_id = ",
    );
    query.bind(payee).push(" GROUP BY l.deal_id");
    let (select, values) = query.select();
    let mut sums = BTreeMap::new();
    for row in books.all(&select, values).await? {
        if let Ok(deal) = row.get::<String>("deal_id")?.parse() {
            sums.insert(deal, row.get("paid")?);
        }
    }
    Ok(sums)
}

const BOOKED: Select = Select::new(
    "SELECT l.key AS name, CAST(sum(l.commission) AS BIGINT) AS paid FROM commission_line l \
     JOIN commission_period p ON p.month = l.month AND p.run = l.run \
     WHERE p.stage = 'closed' AND p.closed_at < $1 AND l.kind = 'settlement' GROUP BY l.key",
);

/// What months that were closed before a moment booked of settlements, by the name of the line.
pub(crate) async fn settlements_booked(
    books: &mut Reader<'_>,
    by: Moment,
) -> Result<BTreeMap<String, Fen>, Fault> {
    let rows = books.all(&BOOKED, binds![by]).await?;
    let paid = |row: &Row| Ok((row.get("name")?, row.get("paid")?));
    rows.iter().map(paid).collect()
}
