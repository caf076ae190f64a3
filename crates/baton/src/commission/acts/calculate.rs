//! Everything is calculated 核算提成.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use ::commission::booking::{Advanced, Given, Settlement};
use ::commission::calculate::Books;
use ::commission::period::{Posting, SettlementPeriod};
use access::Need;
use kernel::{Fen, Moment, Refusal, many};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Item, Reader, Record, Writer};

use crate::commission::leaving;
use crate::commission::ledger::{self, Calculated};
use crate::commission::month::Month;
use crate::commission::store::{self, PeriodRow};
use crate::permissions;
use crate::rules::store::{self as rules, Decision};

/// Reads contracts, receipts, owners, terms and plans as they stand, and writes the lines of every
/// month that is not closed. Closed months do not move; what would come out otherwise there is a
/// difference in the first month that is not.
#[derive(Debug, Serialize, Deserialize)]
pub struct Calculate {}

/// What the decision needs to know.
pub struct Facts {
    books: Books,
    decisions: Vec<Decision>,
    /// Digests of decisions that are kept already.
    kept: BTreeSet<String>,
    periods: Vec<SettlementPeriod>,
    closed: Vec<Posting>,
    settlements: Vec<Settlement>,
    /// What closed months hold of guarantees and draws.
    advanced: Vec<Advanced>,
    run: i64,
    at: Moment,
    /// What came out; calculated once.
    done: OnceLock<Result<Calculated, Refusal>>,
}

/// What came out.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sums {
    /// Months that were calculated.
    pub months: Vec<Month>,
    /// Lines, zeros among them.
    pub lines: usize,
    /// People.
    pub people: usize,
    /// All of it.
    pub total: Fen,
}

impl Facts {
    fn booked(&self) -> Result<&Calculated, Refusal> {
        let done = self.done.get_or_init(|| {
            ledger::book(Given {
                books: &self.books,
                periods: &self.periods,
                closed: &self.closed,
                settlements: &self.settlements,
                advanced: &self.advanced,
                at: self.at,
            })
        });
        done.as_ref().map_err(Clone::clone)
    }
}

impl Facts {
    /// Decisions of tables that lines of this calculation stand on.
    fn decisions(&self) -> Vec<&Decision> {
        let booked = self.booked().map_or(&[][..], |done| &done.lines);
        let traced = booked
            .iter()
            .filter_map(|line| Some((line, &line.kept.line()?.trace)));
        let (mut rates, mut credits) = (BTreeSet::new(), BTreeSet::new());
        for (line, trace) in traced {
            if trace.decided_by.is_some() {
                rates.insert((line.record.as_str(), line.deal));
            }
            if trace.credited_by.is_some() {
                credits.insert(line.deal);
            }
        }
        let credit = |one: &Decision| {
            let about = one.record.strip_prefix("contract/");
            about == one.deal.map(|id| id.to_string()).as_deref() && credits.contains(&one.deal)
        };
        let stands =
            |one: &&Decision| rates.contains(&(one.record.as_str(), one.deal)) || credit(one);
        self.decisions.iter().filter(stands).collect()
    }

    /// Which versions decided how often, for the evidence.
    fn by_table(&self) -> Vec<serde_json::Value> {
        let mut counts: BTreeMap<(String, u32), i64> = BTreeMap::new();
        for one in self.decisions() {
            *counts
                .entry((one.table.to_string(), one.version))
                .or_default() += 1;
        }
        let each = counts.into_iter().map(|((table, version), decisions)| {
            serde_json::json!({ "table": table, "version": version, "decisions": decisions })
        });
        each.collect()
    }
}

impl Act for Calculate {
    const NAME: &'static str = "commission.calculate";
    type Facts = Facts;
    type Outcome = Sums;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let known = ledger::facts(books).await?;
        let kept = match known.decisions.is_empty() {
            true => Vec::new(),
            false => rules::decided(books).await?,
        };
        let periods = store::periods(books).await?;
        Ok(Facts {
            books: known.books,
            decisions: known.decisions,
            kept: kept.into_iter().collect(),
            periods: periods.iter().map(PeriodRow::settlement).collect(),
            closed: store::closed(books).await?,
            settlements: leaving::settlements(books, ledger::EVER).await?,
            advanced: store::advanced(books, ledger::EVER).await?,
            run: store::next_run(books).await?,
            at: books.at(),
            done: OnceLock::new(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Sums, Refusal> {
        let done = facts.booked()?;
        let people: BTreeSet<_> = done.lines.iter().map(|line| line.payee).collect();
        Ok(Sums {
            total: done.lines.iter().map(|line| line.commission).sum(),
            lines: done.lines.len(),
            people: people.len(),
            months: done.months.clone(),
        })
    }

    async fn write(&self, facts: &Facts, _: &Sums, books: &mut Writer<'_>) -> Result<(), Failure> {
        let done = facts.booked()?;
        store::add_lines(books, facts.run, &done.lines).await?;
        let mut fresh = facts.decisions();
        fresh.retain(|one| !facts.kept.contains(&one.digest));
        rules::add_decisions(books, &fresh).await?;
        for month in &done.months {
            store::calculated(books, *month, facts.run).await?;
        }
        Ok(())
    }

    fn record(&self, facts: &Facts, sums: &Sums) -> Record {
        let months: Vec<String> = sums.months.iter().map(Month::to_string).collect();
        let months = months.join("、");
        let (lines, people, total) = (sums.lines, sums.people, sums.total);
        let last = sums.months.last().map(Month::to_string).unwrap_or_default();
        let booked = facts.booked().map_or(&[][..], |done| &done.lines);
        let items = ledger::by_payee(booked).into_iter();
        let mut detail = serde_json::json!({
            "months": sums.months,
            "lines": lines,
            "people": people,
            "total": total,
        });
        let by_table = facts.by_table();
        if !by_table.is_empty() {
            detail["by_table"] = by_table.into();
        }
        Record::of(
            format!("commission_period/{last}"),
            format!("核算提成 {months}：{people} 人、{lines} 条，合计 {total} 元"),
            format!(
                "Calculated {}: {}, {}, {total}",
                months.replace('、', ", "),
                many(&people, "people"),
                many(&lines, "lines")
            ),
        )
        .detail(detail)
        .items(
            items
                .map(|(payee, (lines, total))| Item {
                    subject: format!("commission/{payee}"),
                    detail: serde_json::json!({
                        "months": sums.months,
                        "lines": lines,
                        "total": total,
                    }),
                })
                .collect(),
        )
    }
}
