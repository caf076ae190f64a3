//! The one surface: `/api/v1`, and the browser client beside it 接口.

mod assets;
mod brought;
mod caller;
mod metrics;
mod money;
mod page;
mod problem;
mod server;
mod words;
mod writing;
mod written;

pub(crate) use brought::scan;
pub(crate) use caller::{COOKIE, refuse_foreign_sites};
pub use caller::{Caller, Keyed};
pub use metrics::Metrics;
pub use money::Money;
pub use page::{Cursor, Page};
pub use problem::{Problem, Reply};
pub use server::{StopSignals, api, openapi_json, router, serve};
pub use writing::Writing;
pub use written::Written;
