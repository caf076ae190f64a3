//! The rows of the table 测量项.

pub mod audit;
pub mod evidence;
mod execute;
mod filing;
mod list;
pub mod month;
mod start;

use clap::ValueEnum;

use crate::Problem;
use crate::site::Site;
use crate::spans::Spans;
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
    /// A month of commission of a 5,000-person company, on books of its own.
    Month,
}

/// Measures one row.
pub async fn measure(row: Row, site: &Site, spans: &Spans) -> Result<Vec<Line>, Problem> {
    match row {
        Row::Start => start::measure(site).await,
        Row::List => list::pages(site).await,
        Row::Search => list::search(site).await,
        Row::Evidence => evidence::measure(site, spans).await,
        Row::Audit => audit::measure(site).await,
        Row::Filing => filing::measure(site).await,
        Row::Execute => execute::measure(site).await,
        // On books of its own; the site is not asked.
        Row::Month => Ok(Vec::new()),
    }
}
