//! An officer takes an alert into his hands 接手预警.

use access::Need;
use kernel::{AlertId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::alert::store::{self, Handled};
use crate::permissions;

/// Takes an alert, also from a colleague who has it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Take {
    /// Which alert.
    pub alert: AlertId,
    /// Who takes it: the opaque id under which he acts.
    pub officer: String,
}

impl Act for Take {
    const NAME: &'static str = "alert.take";
    type Facts = Handled;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Handled, Failure> {
        store::handled(books, self.alert, &self.officer).await
    }

    fn needs(&self, _: &Handled) -> Need {
        Need::on_everything(permissions::ALERT_HANDLE)
    }

    fn decide(&self, facts: &Handled, _at: Moment) -> Result<(), Refusal> {
        facts.case.take(&self.officer)
    }

    async fn write(&self, _: &Handled, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::take(books, self.alert, &self.officer).await?)
    }

    fn record(&self, facts: &Handled, _: &()) -> Record {
        let (who, title, title_en) = (&facts.officer, facts.title.0, facts.title.1);
        Record::of(
            format!("alert/{}", self.alert),
            format!("{who}接手预警「{title}」"),
            format!("{who} took the alert “{title_en}”"),
        )
        .why("take")
        .detail(serde_json::json!({ "before": facts.case.taken_by, "after": self.officer }))
    }
}
