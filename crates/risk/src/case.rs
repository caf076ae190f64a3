//! How an alert is handled 预警处置.

use kernel::Refusal;
use serde::{Deserialize, Serialize};

/// Where an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待处理
    Open,
    /// 处理中
    Taken,
    /// 已处理
    Resolved,
}

impl State {
    /// What it is called: Chinese, English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            State::Open => ("待处理", "Open"),
            State::Taken => ("处理中", "Being looked at"),
            State::Resolved => ("已处理", "Resolved"),
        }
    }
}

/// What looking at it showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// 属实
    Confirmed,
    /// 有正当原因
    Explained,
    /// 误报
    Mistaken,
}

impl Conclusion {
    /// What it is called: Chinese, English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Conclusion::Confirmed => ("属实", "Confirmed"),
            Conclusion::Explained => ("有正当原因", "Explained"),
            Conclusion::Mistaken => ("误报", "False alarm"),
        }
    }
}

/// An alert in the hands of officers, who are known by opaque ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Where it stands.
    pub state: State,
    /// Who took it.
    pub taken_by: Option<String>,
    /// Everybody whom it is about: his employee's id and his login's id.
    pub about: Vec<String>,
}

impl Case {
    /// Whether this officer may take it into his hands; also from a colleague who has it.
    ///
    /// # Errors
    /// `alert.resolved`, `alert.about_yourself`, `alert.yours_already`.
    pub fn take(&self, officer: &str) -> Result<(), Refusal> {
        self.must_be_open_to(officer)?;
        if self.taken_by.as_deref() == Some(officer) {
            let zh = "这条预警已由您处理";
            return Err(Refusal::conflict(
                "alert.yours_already",
                zh,
                "You have it already",
            ));
        }
        Ok(())
    }

    /// Whether this officer may close it.
    ///
    /// # Errors
    /// `alert.resolved`, `alert.about_yourself`, `alert.taken_by_another`.
    pub fn resolve(&self, officer: &str) -> Result<(), Refusal> {
        self.must_be_open_to(officer)?;
        if self.taken_by.as_deref().is_some_and(|by| by != officer) {
            return Err(Refusal::conflict(
                "alert.taken_by_another",
                "这条预警正由同事处理",
                "A colleague is looking at this alert",
            )
            .remedy((
                "如需改由您处理，请先接手",
                "Take it over first to deal with it yourself",
            )));
        }
        Ok(())
    }

    fn must_be_open_to(&self, officer: &str) -> Result<(), Refusal> {
        if self.state == State::Resolved {
            return Err(Refusal::conflict(
                "alert.resolved",
                "这条预警已经处理完毕",
                "This alert is resolved",
            )
            .remedy((
                "同样的情况再次发生时会有新的预警",
                "A new alert comes when the same happens again",
            )));
        }
        if self.about.iter().any(|who| who == officer) {
            return Err(Refusal::conflict(
                "alert.about_yourself",
                "不能处理关于自己的预警",
                "Nobody handles an alert about themselves",
            )
            .remedy((
                "请由另一位安全管理员处理",
                "Let another security administrator deal with it",
            )));
        }
        Ok(())
    }
}
