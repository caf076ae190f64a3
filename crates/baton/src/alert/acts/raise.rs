//! Something is worth looking at 产生预警.

use ::risk::{Finding, Severity, Step, gather};
use access::Need;
use kernel::{AlertId, DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::alert::store::{self, Newest, Raised};
use crate::alert::words;
use crate::{permissions, word};

/// Opens an alert, or counts new signals into the one that is open. Only the system does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Raise {
    /// What the rules found.
    pub finding: Finding,
    /// Whom or what it is about: `employee/emp_…`, `login/lgn_…`, `job/<kind>`, `log/log`.
    pub about: String,
    /// What that is called, `张三（E002）`.
    pub called: String,
    /// The same in English.
    pub called_en: String,
    /// The departure that is under way, if the person is leaving.
    pub departure: Option<DepartureId>,
}

/// What the decision needs to know.
pub struct Facts {
    id: AlertId,
    newest: Option<Newest>,
}

/// What became of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// The alert.
    pub id: AlertId,
    /// Whether it is a new one.
    pub opened: bool,
    /// How many signals it holds now.
    pub times: i64,
    first_at: Moment,
    last_at: Moment,
    severity: Severity,
    what: Vec<String>,
}

impl Raise {
    fn sentence(&self, outcome: &Outcome) -> (String, String) {
        let said = words::Said {
            kind: self.finding.kind,
            called: &self.called,
            called_en: &self.called_en,
            times: outcome.times,
            what: &outcome.what,
        };
        said.sentence()
    }
}

impl Act for Raise {
    const NAME: &'static str = "alert.raise";
    type Facts = Facts;
    type Outcome = Outcome;

    fn guards(&self) -> Vec<String> {
        vec![format!("alert-about/{}", self.about)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            id: AlertId::mint(books.at(), books.dice()),
            newest: store::newest(books, self.finding.kind, &self.about).await?,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::ALERT_HANDLE)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Outcome, Refusal> {
        let standing = facts.newest.as_ref().map(|newest| newest.standing);
        let step = gather(&self.finding, standing.as_ref(), at);
        let opened = matches!(step, Step::Open(_));
        let (Step::Open(new) | Step::Count(new)) = step else {
            let en = "Nothing new since the alert was raised";
            return Err(Refusal::conflict("alert.nothing_new", "没有新的情况", en));
        };
        let before = facts.newest.as_ref().filter(|_| !opened);
        let last = new.last().copied().unwrap_or(at);
        let mut what = before.map_or(Vec::new(), |before| before.what.clone());
        what.extend(self.finding.what.iter().cloned());
        what.sort_unstable();
        what.dedup();
        let new_times = i64::try_from(new.len()).unwrap_or(i64::MAX);
        Ok(Outcome {
            id: before.map_or(facts.id, |before| before.id),
            opened,
            times: before.map_or(0, |before| before.times) + new_times,
            first_at: before.map_or_else(
                || new.first().copied().unwrap_or(at),
                |before| before.first_at,
            ),
            last_at: last,
            severity: before.map_or(self.finding.severity, |before| {
                before.standing.severity.max(self.finding.severity)
            }),
            what,
        })
    }

    async fn write(
        &self,
        _: &Facts,
        outcome: &Outcome,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let (zh, en) = self.sentence(outcome);
        let raised = Raised {
            id: outcome.id,
            kind: self.finding.kind,
            severity: outcome.severity,
            about: &self.about,
            departure: self.departure,
            zh: &zh,
            en: &en,
            what: &outcome.what,
            times: outcome.times,
            first_at: outcome.first_at,
            last_at: outcome.last_at,
        };
        if outcome.opened {
            store::open(books, &raised).await?;
        } else {
            store::count(books, &raised).await?;
        }
        Ok(())
    }

    fn record(&self, _: &Facts, outcome: &Outcome) -> Record {
        let (zh, en) = self.sentence(outcome);
        let (title, title_en) = self.finding.kind.words();
        let (again, again_en) = if outcome.opened {
            ("预警", "Alert")
        } else {
            ("预警更新", "Alert again")
        };
        // Neither the employee's nor the departure's own history speaks of it: the person whom it
        // is about may read both.
        Record::of(
            format!("alert/{}", outcome.id),
            format!("{again}「{title}」：{zh}"),
            format!("{again_en} “{title_en}”: {en}"),
        )
        .why(&word::of(&self.finding.kind).unwrap_or_default())
        .detail(serde_json::json!({
            "about": self.about,
            "severity": outcome.severity,
            "times": outcome.times,
            "first_at": outcome.first_at,
            "last_at": outcome.last_at,
            "what": outcome.what,
        }))
    }
}
