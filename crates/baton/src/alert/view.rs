//! What the browser sees of alerts 预警视图.

use std::collections::HashMap;

use ::risk::{AlertKind, Severity, State};
use kernel::Moment;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Alert, Attempted};
use super::words;
use crate::{registry, word};

/// A key with its name in both languages.
#[derive(Serialize, ToSchema)]
pub(crate) struct Named {
    key: String,
    zh: String,
    en: String,
}

fn named<T: Serialize>(value: &T, (zh, en): (&str, &str)) -> Named {
    Named {
        key: word::of(value).unwrap_or_default(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

/// Somebody by the opaque id under which he acts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Officer {
    id: String,
    name: String,
}

/// One alert in the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlertItem {
    pub(crate) id: String,
    /// `handover_denied`, `many_denied`, …
    kind: Named,
    /// `low`, `high`, `critical`
    severity: Named,
    /// `open`, `taken`, `resolved`
    state: Named,
    /// What happened, in a sentence; employees are named, customers never.
    zh: String,
    en: String,
    /// Signals counted into it.
    times: i64,
    #[schema(value_type = String, format = DateTime)]
    first_at: Moment,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) last_at: Moment,
    /// The departure that was under way, if the person was leaving.
    departure_id: Option<String>,
    /// Who has it in hand; only for those who may read alerts.
    taken_by: Option<Officer>,
}

/// How it ended.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ending {
    by: Officer,
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Moment>,
    conclusion: Option<Named>,
    note: String,
}

/// One denied attempt.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttemptLine {
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// The act or the read that was tried.
    act: Named,
    /// The permission that was missing.
    permission: Named,
    in_handover: bool,
}

/// One alert with what led to it.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlertView {
    #[serde(flatten)]
    item: AlertItem,
    /// `employee/emp_…`, `login/lgn_…`, `job/<kind>`, `logins/all`, `log/log`
    about: String,
    /// `alert/alr_…`, the subject under which the evidence log speaks of it.
    subject: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    taken_at: Option<Moment>,
    ending: Option<Ending>,
    /// The denied attempts, newest first, at most 100.
    attempts: Vec<AttemptLine>,
    /// Whether the caller may take and resolve it.
    may_handle: bool,
}

/// How many alerts wait.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlertCounts {
    /// 待处理
    pub(crate) open: i64,
    /// 处理中
    pub(crate) taken: i64,
    /// Of both, those graver than 一般.
    pub(crate) grave: i64,
}

/// The choices of the filters.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlertWords {
    kinds: Vec<Named>,
    severities: Vec<Named>,
    states: Vec<Named>,
}

impl AlertWords {
    pub(super) fn all() -> AlertWords {
        let severities = [Severity::Critical, Severity::High, Severity::Low];
        let states = [State::Open, State::Taken, State::Resolved];
        AlertWords {
            kinds: AlertKind::ALL.iter().map(|k| named(k, k.words())).collect(),
            severities: severities.iter().map(|s| named(s, s.words())).collect(),
            states: states.iter().map(|s| named(s, s.words())).collect(),
        }
    }
}

/// Names of officers by their opaque ids.
pub(super) type Names = HashMap<String, String>;

fn officer(id: &str, names: &Names) -> Officer {
    Officer {
        id: id.to_owned(),
        name: names.get(id).cloned().unwrap_or_else(|| id.to_owned()),
    }
}

impl AlertItem {
    /// `names` is `None` for those who see that there was an alert, but not who handles it.
    pub(super) fn of(alert: &Alert, names: Option<&Names>) -> AlertItem {
        let taken_by = names.zip(alert.taken_by.as_deref());
        AlertItem {
            id: alert.id.to_string(),
            kind: named(&alert.kind, alert.kind.words()),
            severity: named(&alert.severity, alert.severity.words()),
            state: named(&alert.state, alert.state.words()),
            zh: alert.zh.clone(),
            en: alert.en.clone(),
            times: alert.times,
            first_at: alert.first_at,
            last_at: alert.last_at,
            departure_id: alert.subject.strip_prefix("departure/").map(str::to_owned),
            taken_by: taken_by.map(|(names, id)| officer(id, names)),
        }
    }
}

impl AlertView {
    pub(super) fn of(
        alert: &Alert,
        names: &Names,
        attempts: &[Attempted],
        may_handle: bool,
    ) -> AlertView {
        let ending = alert.handled_by.as_deref().map(|by| Ending {
            by: officer(by, names),
            at: alert.handled_at,
            conclusion: alert.conclusion.map(|one| named(&one, one.words())),
            note: alert.note.clone().unwrap_or_default(),
        });
        AlertView {
            item: AlertItem::of(alert, Some(names)),
            about: alert.about.clone(),
            subject: format!("alert/{}", alert.id),
            taken_at: alert.taken_at,
            ending,
            attempts: attempts.iter().map(attempt).collect(),
            may_handle,
        }
    }
}

fn attempt(one: &Attempted) -> AttemptLine {
    let permission = words::permission(&one.reason);
    let act = registry::act(&one.act).map_or(permission, |line| (line.zh, line.en));
    AttemptLine {
        at: one.at,
        act: named(&one.act, act),
        permission: named(&one.reason, permission),
        in_handover: one.in_handover,
    }
}
