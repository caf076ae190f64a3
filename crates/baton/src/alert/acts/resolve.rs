//! An officer says what an alert came to 处理预警.

use ::risk::Conclusion;
use access::Need;
use kernel::{AlertId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::alert::store::{self, Handled};
use crate::{bounds, permissions, word};

/// How long the note may be, in characters.
const NOTE: std::ops::RangeInclusive<usize> = 2..=500;

/// Closes an alert with what was found out and done.
#[derive(Debug, Serialize, Deserialize)]
pub struct Resolve {
    /// Which alert.
    pub alert: AlertId,
    /// Who closes it: the opaque id under which he acts.
    pub officer: String,
    /// What it came to.
    pub conclusion: Conclusion,
    /// What was found out and done, 2..=500 characters.
    pub note: String,
}

impl Act for Resolve {
    const NAME: &'static str = "alert.resolve";
    type Facts = Handled;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Handled, Failure> {
        store::handled(books, self.alert, &self.officer).await
    }

    fn needs(&self, _: &Handled) -> Need {
        Need::on_everything(permissions::ALERT_HANDLE)
    }

    fn decide(&self, facts: &Handled, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/note", "处理说明", &self.note, NOTE)?;
        facts.case.resolve(&self.officer)
    }

    async fn write(&self, _: &Handled, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let note = self.note.trim();
        let end = (self.officer.as_str(), self.conclusion, note);
        Ok(store::resolve(books, self.alert, end).await?)
    }

    fn record(&self, facts: &Handled, _: &()) -> Record {
        let (who, title, title_en) = (&facts.officer, facts.title.0, facts.title.1);
        let (zh, en) = self.conclusion.words();
        let note = self.note.trim();
        Record::of(
            format!("alert/{}", self.alert),
            format!("{who}处理预警「{title}」，结论：{zh}。{note}"),
            format!("{who} resolved the alert “{title_en}”: {en}. {note}"),
        )
        .why(&word::of(&self.conclusion).unwrap_or_default())
        .detail(serde_json::json!({ "conclusion": self.conclusion, "note": note }))
    }
}
