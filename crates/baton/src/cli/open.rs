//! Opens the house for a command 打开账册.

use kernel::Moment;
use spine::Failure;

use crate::config::Config;
use crate::house::{House, Surroundings};
use crate::{demo, rehearsal};

/// Which books, and whether with a clock that is set by hand.
pub(super) struct Books {
    pub(super) config: Config,
    pub(super) rehearsal: Option<Moment>,
}

impl Books {
    /// Opens them.
    pub(super) async fn open(self) -> Result<House, String> {
        demo::must_be_whole(&self.config).await?;
        match self.rehearsal {
            None => House::open(self.config, Surroundings::default())
                .await
                .map_err(|fault| fault.to_string()),
            Some(moment) => rehearsal::open(self.config, moment).await.map_err(told),
        }
    }
}

/// A failure as the console tells it.
pub(super) fn told(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusal) if refusal.remedy.is_empty() => refusal.message,
        Failure::Refused(refusal) => format!("{}；{}", refusal.message, refusal.remedy),
        other => other.to_string(),
    }
}
