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
    /// What it came to: `confirmed`, `explained`, `mistaken`.
    pub conclusion: String,
    /// What was found out and done, 2..=500 characters.
    pub note: String,
}

impl Act for Resolve {
    const NAME: &'static str = "alert.resolve";
    type Facts = Handled;
    type Outcome = Conclusion;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Handled, Failure> {
        store::handled(books, self.alert, &self.officer).await
    }

    fn needs(&self, _: &Handled) -> Need {
        Need::on_everything(permissions::ALERT_HANDLE)
    }

    fn decide(&self, facts: &Handled, _at: Moment) -> Result<Conclusion, Refusal> {
        let conclusion = word::read::<Conclusion>(self.conclusion.clone()).map_err(|_| {
            let zh = "请选择结论：属实、有正当原因或误报";
            let en = "Choose a conclusion: confirmed, explained or mistaken";
            Refusal::invalid("request.unknown_word", zh, en).at("/conclusion", zh)
        })?;
        bounds::length("/note", "处理说明", &self.note, NOTE)?;
        facts.case.resolve(&self.officer)?;
        Ok(conclusion)
    }

    async fn write(
        &self,
        _: &Handled,
        conclusion: &Conclusion,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let note = self.note.trim();
        let end = (self.officer.as_str(), *conclusion, note);
        Ok(store::resolve(books, self.alert, end).await?)
    }

    fn record(&self, facts: &Handled, conclusion: &Conclusion) -> Record {
        let (who, title, title_en) = (&facts.officer, facts.title.0, facts.title.1);
        let (zh, en) = conclusion.words();
        let note = self.note.trim();
        Record::of(
            format!("alert/{}", self.alert),
            format!("{who}处理预警「{title}」，结论：{zh}。{note}"),
            format!("{who} resolved the alert “{title_en}”: {en}. {note}"),
        )
        .why(&word::of(conclusion).unwrap_or_default())
        .detail(serde_json::json!({ "conclusion": conclusion, "note": note }))
    }
}
