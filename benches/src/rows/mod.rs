//! The rows of the table 测量项.

pub mod audit;
pub mod evidence;
mod execute;
mod filing;
mod list;
mod start;

use clap::ValueEnum;

use crate::Problem;
use crate::site::Site;
use crate::table::Line;

/// What can be measured; in this order, since filing and executing change the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Row {
    /// Start on full books, idle memory.
    Start,
    /// Pages of the list of customers.
    List,
    /// The search in it.
    Search,
    /// What the proof adds to a transaction; proofs.
    Evidence,
    /// The audit of the whole log.
    Audit,
    /// Filing a resignation.
    Filing,
    /// Executing a handover plan.
    Execute,
}

/// Measures one row.
pub async fn measure(
    row: Row,
    site: &Site,
    appends: &evidence::Appends,
) -> Result<Vec<Line>, Problem> {
    match row {
        Row::Start => start::measure(site).await,
        Row::List => list::pages(site).await,
        Row::Search => list::search(site).await,
        Row::Evidence => evidence::measure(site, appends).await,
        Row::Audit => audit::measure(site).await,
        Row::Filing => filing::measure(site).await,
        Row::Execute => execute::measure(site).await,
    }
}
