//! One back-dated move of one customer after the other, in standing results, each timed; then a
//! full run with all moves, which must give the same lines.

use std::path::Path;
use std::time::{Duration, Instant};

use commission::bulk::{NOBODY, OwnerRow, Owners, Scatter, Standing, Terms};
use parquet::file::reader::FileReader;

use crate::input::{self, Columns, Error};
use crate::run::{as_orders, scatter};

pub struct Timed {
    pub times: Vec<Duration>,
    pub differences: usize,
    pub lines: usize,
}

/// Moves `count` customers far apart, each back-dated into the middle of the history.
pub fn moves(folder: &Path, count: u32) -> Result<Timed, Error> {
    let owners = input::owners(folder)?;
    let terms = input::terms(folder)?;
    let thrower = Scatter::new(&owners, &terms)?;
    let columns = all_orders(folder)?;
    let orders = as_orders(&columns);
    let mut standing = Standing::keep(&terms, orders, together(folder, &thrower, &terms)?)?;
    let customers = u32::try_from(columns.customer.iter().copied().max().unwrap_or(0))?;
    let reps = u32::try_from(terms.rates.len() / terms.window_count())? - 1;
    let mut changed: Vec<(u32, Vec<OwnerRow>)> = Vec::new();
    let (mut times, mut differences) = (Vec::new(), 0);
    for n in 0..count {
        let customer = 1 + (n * 7_919) % customers;
        if changed.iter().any(|(other, _)| *other == customer) {
            continue;
        }
        let old = owners.of(customer).to_vec();
        let new = moved(&old, n, reps);
        #[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
        let begun = Instant::now();
        let found = standing.move_customer(&thrower, customer, &old, &new)?;
        times.push(begun.elapsed());
        differences += found.len();
        changed.push((customer, new));
    }
    let lines = same_as_full_run(folder, &owners, &terms, changed, standing)?;
    times.sort_unstable();
    Ok(Timed {
        times,
        differences,
        lines,
    })
}

/// The rows of a customer when somebody else has had it since some day in the past.
fn moved(old: &[OwnerRow], n: u32, reps: u32) -> Vec<OwnerRow> {
    let day = 19_723 + 60 + i32::try_from(n * 31 % 600).unwrap_or(0);
    let kept = old.iter().filter(|row| row.from < day);
    let mut rows: Vec<OwnerRow> = kept.copied().collect();
    let to = 1 + (n * 104_729) % reps;
    if let Some(last) = rows.last_mut() {
        last.until = day;
        let previous = if last.owner == to { NOBODY } else { last.owner };
        rows.push(OwnerRow {
            from: day,
            until: 60_000,
            owner: to,
            previous,
        });
    }
    rows
}

fn all_orders(folder: &Path) -> Result<Columns, Error> {
    let file = input::open(folder, "orders")?;
    let mut columns = Columns::default();
    for group in 0..file.num_row_groups() {
        columns.read(&file, group)?;
    }
    Ok(columns)
}

fn together(
    folder: &Path,
    thrower: &Scatter<'_>,
    terms: &Terms,
) -> Result<Vec<Vec<commission::bulk::Credit>>, Error> {
    let mut blocks = vec![Vec::new(); terms.blocks()];
    for part in scatter(folder, thrower, terms.blocks())? {
        for (block, credits) in blocks.iter_mut().zip(part) {
            block.extend(credits);
        }
    }
    Ok(blocks)
}

fn same_as_full_run(
    folder: &Path,
    owners: &Owners,
    terms: &Terms,
    changed: Vec<(u32, Vec<OwnerRow>)>,
    standing: Standing<'_>,
) -> Result<usize, Error> {
    let after = standing.lines()?;
    drop(standing);
    let highest = changed
        .iter()
        .map(|(customer, _)| *customer)
        .max()
        .unwrap_or(0);
    let (mut rows, mut customer) = (Vec::new(), 0);
    while customer <= highest || !owners.of(customer).is_empty() {
        match changed.iter().find(|(other, _)| *other == customer) {
            Some((_, new)) => rows.extend(new.iter().map(|row| (customer, *row))),
            None => rows.extend(owners.of(customer).iter().map(|row| (customer, *row))),
        }
        customer += 1;
    }
    let moved = Owners::new(customer, rows)?;
    let thrower = Scatter::new(&moved, terms)?;
    let none = input::Columns::default();
    let blocks = together(folder, &thrower, terms)?;
    let full = Standing::keep(terms, as_orders(&none), blocks)?.lines()?;
    if full != after {
        return Err("the full run gives other lines than the moves one by one".into());
    }
    Ok(full.len())
}
