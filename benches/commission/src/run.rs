//! From the four files to `lines.parquet` and `summary.parquet`, on two threads.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use commission::bulk::{Credit, Lines, Orders, Scatter, Terms, settle};
use parquet::file::reader::FileReader;

use crate::input::{self, Columns, Error};
use crate::output::{Output, Shape};

/// Threads; the machine it was measured on has two cores.
const THREADS: usize = 2;

/// Credits of all orders, by thread and block. Each thread takes row groups that lie together, so
/// that what the threads threw into a block, put together, is in the order of the file.
pub fn scatter(
    folder: &Path,
    scatter: &Scatter<'_>,
    blocks: usize,
) -> Result<Vec<Vec<Vec<Credit>>>, Error> {
    let groups = input::open(folder, "orders")?.num_row_groups();
    let part = |thread: usize| -> Result<Vec<Vec<Credit>>, Error> {
        let file = input::open(folder, "orders")?;
        let own = groups * thread / THREADS..groups * (thread + 1) / THREADS;
        let rows = own
            .clone()
            .map(|group| file.metadata().row_group(group).num_rows());
        let rows = usize::try_from(rows.sum::<i64>())?;
        let each = rows / blocks.max(1);
        let mut thrown: Vec<Vec<Credit>> = Vec::new();
        thrown.resize_with(blocks, || Vec::with_capacity(each + each / 16));
        let mut columns = Columns::default();
        for group in own {
            columns.clear();
            columns.read(&file, group)?;
            scatter.throw(as_orders(&columns), &mut thrown)?;
        }
        Ok(thrown)
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|n| scope.spawn(move || part(n))).collect();
        let joined = threads.into_iter().map(|thread| match thread.join() {
            Ok(thrown) => thrown,
            Err(_) => Err("a thread panicked".into()),
        });
        joined.collect()
    })
}

pub fn as_orders(columns: &Columns) -> Orders<'_> {
    Orders {
        order: &columns.order,
        customer: &columns.customer,
        day: &columns.day,
        amount: &columns.amount,
    }
}

/// Everything; returns lines, credit and commission in all.
pub fn run(folder: &Path, out: &Path) -> Result<(usize, i64, i64), Error> {
    let owners = input::owners(folder)?;
    let terms = input::terms(folder)?;
    let thrower = Scatter::new(&owners, &terms)?;
    let thrown = scatter(folder, &thrower, terms.blocks())?;
    drop(thrower);
    drop(owners);
    let (output, shape) = Output::lines(out)?;
    let totals = write_blocks(thrown, &terms, &shape, output)?;
    let (mut output, shape) = Output::summary(out)?;
    let mut summary = totals;
    summary.sort_unstable();
    let column = |index: usize| summary.iter().map(|row| row[index]).collect::<Vec<i64>>();
    let columns: Vec<Vec<i64>> = (0..5).map(column).collect();
    if !summary.is_empty() {
        output.append(shape.encode(&columns)?)?;
    }
    output.close()?;
    let sum = |index: usize| columns[index].iter().sum::<i64>();
    Ok((usize::try_from(sum(2))?, sum(3), sum(4)))
}

type Blocks = Vec<Mutex<Vec<Vec<Credit>>>>;

fn write_blocks(
    thrown: Vec<Vec<Vec<Credit>>>,
    terms: &Terms,
    shape: &Shape,
    output: Output,
) -> Result<Vec<[i64; 5]>, Error> {
    let mut blocks: Blocks = (0..terms.blocks()).map(|_| Mutex::default()).collect();
    for part in thrown {
        for (block, credits) in blocks.iter_mut().zip(part) {
            block
                .get_mut()
                .map_err(|_| "a thread panicked")?
                .push(credits);
        }
    }
    let (next, output, totals) = (
        AtomicUsize::new(0),
        Mutex::new(output),
        Mutex::new(Vec::new()),
    );
    let work = || -> Result<(), Error> {
        let (mut room, mut lines, mut wide) = (Vec::new(), Lines::default(), Vec::new());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(block) = blocks.get(number) else {
                return Ok(());
            };
            let parts = std::mem::take(&mut *block.lock().map_err(|_| "a thread panicked")?);
            let mut parts = parts.into_iter();
            let mut credits = parts.next().unwrap_or_default();
            parts.for_each(|part| credits.extend_from_slice(&part));
            if credits.is_empty() {
                continue;
            }
            lines.clear();
            settle(number, &mut credits, &mut room, terms, &mut lines)?;
            drop(credits);
            let encoded = shape.encode_lines(&lines, &mut wide)?;
            output
                .lock()
                .map_err(|_| "a thread panicked")?
                .append(encoded)?;
            totals
                .lock()
                .map_err(|_| "a thread panicked")?
                .extend(summary(&lines));
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        let joined = threads.into_iter().map(|thread| match thread.join() {
            Ok(done) => done,
            Err(_) => Err("a thread panicked".into()),
        });
        joined.collect::<Result<Vec<()>, Error>>()
    })?;
    output
        .into_inner()
        .map_err(|_| "a thread panicked")?
        .close()?;
    Ok(totals.into_inner().map_err(|_| "a thread panicked")?)
}

/// Rep, quarter, lines, credit, commission.
fn summary(lines: &Lines) -> Vec<[i64; 5]> {
    let mut at = 0;
    let row = |run: &commission::bulk::Run| {
        let own = at..at + run.lines;
        at = own.end;
        let count = i64::try_from(run.lines).unwrap_or(i64::MAX);
        let credit = lines.credit[own.clone()].iter().sum();
        let commission = lines.commission[own].iter().sum();
        [
            i64::from(run.payee),
            i64::from(run.window),
            count,
            credit,
            commission,
        ]
    };
    lines.runs.iter().map(row).collect()
}
