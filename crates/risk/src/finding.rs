//! Something a person should look at 风险发现.

use kernel::Moment;
use serde::{Deserialize, Serialize};

/// What kind of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// 交接期越权: somebody who is leaving asked for more than he may.
    HandoverDenied,
    /// 频繁越权: many denied attempts of one person in a short time.
    ManyDenied,
    /// 连续登录失败: somebody guesses one login's password.
    LoginGuessing,
    /// 多账号登录失败: somebody tries many logins.
    LoginSpraying,
    /// 大量查看联系方式: more looks at phone numbers than work explains.
    ManyReveals,
    /// 后台任务失败: a job gave up.
    JobFailed,
    /// 存证无法签名: the log cannot be signed.
    LogUnsigned,
    /// 外部锚定逾期: a witness or a timestamp authority has said nothing of the log for too long.
    AnchorLate,
    /// 见证不符: a witness remembers another log than the one that is here.
    AnchorBroken,
    /// 账册与存证不符: tables are not what acts wrote, or the log is not what was signed.
    BooksDiffer,
}

impl AlertKind {
    /// Every kind, as lists and filters show them.
    pub const ALL: [AlertKind; 10] = [
        AlertKind::HandoverDenied,
        AlertKind::ManyDenied,
        AlertKind::LoginGuessing,
        AlertKind::LoginSpraying,
        AlertKind::ManyReveals,
        AlertKind::JobFailed,
        AlertKind::LogUnsigned,
        AlertKind::AnchorLate,
        AlertKind::AnchorBroken,
        AlertKind::BooksDiffer,
    ];

    /// What it is called: Chinese, English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            AlertKind::HandoverDenied => ("交接期越权", "Denied in the notice period"),
            AlertKind::ManyDenied => ("频繁越权", "Many denied attempts"),
            AlertKind::LoginGuessing => ("连续登录失败", "Failed logins in a row"),
            AlertKind::LoginSpraying => ("多账号登录失败", "Failed logins of many accounts"),
            AlertKind::ManyReveals => ("大量查看联系方式", "Many contacts revealed"),
            AlertKind::JobFailed => ("后台任务失败", "A background job gave up"),
            AlertKind::LogUnsigned => ("存证无法签名", "The log cannot be signed"),
            AlertKind::AnchorLate => ("外部锚定逾期", "An outside anchor is late"),
            AlertKind::AnchorBroken => ("见证不符", "A witness contradicts the log"),
            AlertKind::BooksDiffer => ("账册与存证不符", "Tables differ from the log"),
        }
    }
}

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 一般: look at it this week.
    Low,
    /// 较高: look at it today.
    High,
    /// 紧急: look at it now.
    Critical,
}

impl Severity {
    /// What it is called: Chinese, English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Severity::Low => ("一般", "Low"),
            Severity::High => ("较高", "High"),
            Severity::Critical => ("紧急", "Critical"),
        }
    }
}

/// Signals that together are worth an alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind.
    pub kind: AlertKind,
    /// How grave.
    pub severity: Severity,
    /// When the signals came, oldest first; never empty.
    pub moments: Vec<Moment>,
    /// How many signals make a new alert of this kind.
    pub least: usize,
    /// What was tried: names of permissions, each once.
    pub what: Vec<String>,
}
