//! How people, plans and records are called where an explanation names them 称呼.

use std::collections::BTreeSet;

use ::commission::event::Record;
use ::commission::explain::{self, Names as _};
use ::commission::line::Earning;
use ::commission::statement::Called;
use kernel::{ContractId, CustomerId, EmployeeId, Reason};
use spine::{Fault, Reader};

use super::store::{self, Booked};
use crate::customer::store as customers;
use crate::handover::store as handovers;
use crate::people::store as people;
use crate::receivable::store::earning;

/// Reads what these lines name.
pub(crate) async fn called(books: &mut Reader<'_>, lines: &[Booked]) -> Result<Called, Fault> {
    let mut named: BTreeSet<EmployeeId> = lines.iter().map(|line| line.payee).collect();
    let mut records: BTreeSet<String> = lines.iter().map(|line| line.record.clone()).collect();
    for line in lines {
        if let Some(split) = line.kept.split() {
            named.extend([split.from, split.successor]);
            records.insert(split.record.0.clone());
        }
        if let Some(stays) = line.kept.stays() {
            named.extend([stays.leaver, stays.owner]);
        }
        if let Some(Earning::TakenBack { of, .. }) = line.kept.line().map(|one| &one.trace.earning)
        {
            records.insert(of.0.clone());
        }
    }
    let deals: BTreeSet<ContractId> = lines.iter().filter_map(|line| line.deal).collect();
    let deals: Vec<ContractId> = deals.into_iter().collect();
    let mut wanted: BTreeSet<CustomerId> = lines
        .iter()
        .filter_map(|line| line.kept.customer())
        .collect();
    let owners = earning::customers_of(books, &deals).await?;
    wanted.extend(owners.values());
    let plain = |record: String| record.split('#').next().unwrap_or_default().to_owned();
    let records: Vec<String> = records.into_iter().map(plain).collect();
    let plans = store::plans(books).await?.into_iter();
    let mut numbers = earning::record_numbers(books, &records).await?;
    numbers.extend(handovers::numbers(books, &records).await?);
    let people = people::names_of(books, named).await?;
    let names = customers::names_of(books, wanted.iter().copied().collect()).await?;
    let named = |id: CustomerId| Some((id, names.get(&id.to_string())?.clone()));
    Ok(Called {
        people,
        plans: plans.map(|plan| (plan.id, plan.name)).collect(),
        records: numbers,
        deals: earning::deal_names(books, &deals).await?,
        customers: wanted.into_iter().filter_map(named).collect(),
        owners,
    })
}

/// Number and name of a payee.
pub(crate) fn payee(called: &Called, who: EmployeeId) -> (String, String) {
    called.people.get(&who).cloned().unwrap_or_default()
}

/// The number of a record of the books.
pub(crate) fn number(called: &Called, record: &str) -> String {
    called.record(&Record(record.to_owned()))
}

/// Whose customer a line is about.
pub(crate) fn customer(called: &Called, line: &Booked) -> Option<(CustomerId, String)> {
    called.customer(&line.kept, line.deal)
}

/// Why there is this line, sentence by sentence.
pub(crate) fn story(called: &Called, line: &Booked) -> Vec<Reason> {
    explain::booked(line.dated(), called)
}
