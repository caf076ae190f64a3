//! Who has to do what by when once a departure is filed 离职待办.

use kernel::{Day, WorkCalendar};
use serde::{Deserialize, Serialize};

use crate::clocks::Clocks;
use crate::kind::DepartureKind;

/// The office a task goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// 财务
    Finance,
    /// 销售主管 (the leaver's line manager)
    SalesManager,
    /// IT / 安全管理员
    It,
    /// 行政
    Administration,
    /// 人力资源
    Hr,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitTaskKey {
    /// 通知工会
    UnionNotice,
    /// 核定日期
    ConfirmDates,
    /// 制定交接方案
    HandoverPlan,
    /// 核对应收
    ReceivableCheck,
    /// 离职面谈
    ExitInterview,
    /// 收回资产
    CollectAssets,
    /// 关闭账号
    CloseAccounts,
    /// 离职结算
    FinalSettlement,
    /// 出具离职证明
    LeavingCertificate,
}

/// One task to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ExitTask {
    /// Which.
    pub key: ExitTaskKey,
    /// Who does it.
    pub office: Office,
    /// Chinese title.
    pub title: &'static str,
    /// English title.
    pub title_en: &'static str,
    /// Last day to do it.
    pub due: Day,
}

/// What a due day is measured from.
enum When {
    OnFiling,
    WorkDaysAfterFiling(i64),
    LastWorkingDay,
    EndOfEmployment,
}

type Row = (ExitTaskKey, Office, When, &'static str, &'static str);

/// Wages are paid in one go at the end (工资支付暂行规定 art. 9), the certificate is issued at the end
/// (劳动合同法 art. 50); the other days are the house's own.
const ROWS: [Row; 9] = {
    use ExitTaskKey as Key;
    use Office::{Administration, Finance, Hr, It, SalesManager};
    use When::{EndOfEmployment, LastWorkingDay, OnFiling, WorkDaysAfterFiling as After};
    [
        (
            Key::UnionNotice,
            Hr,
            OnFiling,
            "将解除理由通知工会",
            "Tell the union the reason",
        ),
        (
            Key::ConfirmDates,
            Hr,
            After(1),
            "核定三个日期",
            "Confirm the three dates",
        ),
        (
            Key::HandoverPlan,
            SalesManager,
            After(3),
            "制定交接方案",
            "Make the handover plan",
        ),
        (
            Key::ReceivableCheck,
            Finance,
            After(5),
            "核对名下应收账款",
            "Check the receivables",
        ),
        (
            Key::ExitInterview,
            Hr,
            After(10),
            "离职面谈",
            "Exit interview",
        ),
        (
            Key::CollectAssets,
            Administration,
            LastWorkingDay,
            "收回公司资产",
            "Collect assets",
        ),
        (
            Key::CloseAccounts,
            It,
            LastWorkingDay,
            "关闭系统账号",
            "Close accounts",
        ),
        (
            Key::FinalSettlement,
            Finance,
            EndOfEmployment,
            "结算并一次付清工资",
            "Settle and pay",
        ),
        (
            Key::LeavingCertificate,
            Hr,
            EndOfEmployment,
            "出具离职证明",
            "Issue the certificate",
        ),
    ]
};

/// The tasks of this departure, by due day. `filed_on` is the day the notice was received; tasks of
/// the handover fall due some working days after it, but never after the last working day.
#[must_use]
pub fn tasks(
    kind: DepartureKind,
    filed_on: Day,
    clocks: &Clocks,
    calendar: &WorkCalendar,
) -> Vec<ExitTask> {
    let applies = |key| match key {
        ExitTaskKey::UnionNotice => kind.rule().union_first,
        ExitTaskKey::ExitInterview => kind != DepartureKind::Death,
        _ => true,
    };
    let due = |when: &When| match when {
        When::OnFiling => filed_on,
        When::WorkDaysAfterFiling(days) => {
            let day = calendar.add_work_days(filed_on, *days).value;
            day.min(clocks.last_working_day)
        }
        When::LastWorkingDay => clocks.last_working_day,
        When::EndOfEmployment => clocks.employment_ends,
    };
    let mut tasks: Vec<ExitTask> = ROWS
        .iter()
        .filter(|(key, ..)| applies(*key))
        .map(|&(key, office, ref when, title, title_en)| ExitTask {
            key,
            office,
            title,
            title_en,
            due: due(when),
        })
        .collect();
    tasks.sort_by_key(|task| (task.due, task.key));
    tasks
}
