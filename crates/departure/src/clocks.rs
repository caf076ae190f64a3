//! Three dates that are often one and must be kept apart 三个日期.
//!
//! | date | drives |
//! | --- | --- |
//! | end of employment 劳动关系终止日 | wages, social insurance, years of N, certificate, file |
//! | last working day 最后工作日 | access, accounts, assets, handover |
//! | commission cut-off 提成截止日 | which events still give credit to the leaver |

use kernel::{Day, Reason, Refusal, Words};
use serde::{Deserialize, Serialize};

use crate::notice::NoticeAnswer;

/// How long credit may go on after the end of employment. What comes in later is paid by a decision
/// at the exit (随回款支付); a longer time is a slip in the year.
const CREDITED_MONTHS: i32 = 6;

/// The three dates of one departure; each is the last day that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// 劳动关系终止日
    pub employment_ends: Day,
    /// 最后工作日, after which access is withdrawn.
    pub last_working_day: Day,
    /// 提成截止日
    pub commission_cut_off: Day,
}

impl Clocks {
    /// All three on the same day, the usual case.
    #[must_use]
    pub fn all_on(day: Day) -> Clocks {
        Clocks {
            employment_ends: day,
            last_working_day: day,
            commission_cut_off: day,
        }
    }
}

/// Checks the three dates against each other and the notice, and explains what follows where they
/// differ.
///
/// # Errors
/// `departure.works_after_end` when the last working day lies after the end of employment;
/// `departure.ends_before_notice` when employment would end before the day that follows from the
/// notice, or that both sides agreed; `departure.credited_too_long` when the cut-off lies more than
/// six months after the end of employment.
pub fn check(clocks: &Clocks, notice: &NoticeAnswer) -> Result<Vec<Reason>, Refusal> {
    let Clocks {
        employment_ends: end,
        last_working_day: last,
        commission_cut_off: cut_off,
    } = *clocks;
    if last > end {
        return Err(Refusal::invalid(
            "departure.works_after_end",
            format!("最后工作日 {last} 晚于劳动关系终止日 {end}"),
            format!("The last working day {last} lies after the end of employment {end}."),
        )
        .remedy((
            "终止后继续用工会形成新的劳动关系，请提前最后工作日或推迟终止日",
            "Work after the end makes a new employment; let the last working day be earlier or \
             the end later",
        ))
        .at(
            "/last_working_day",
            (
                "不能晚于劳动关系终止日",
                "It may not be after the end of employment",
            ),
        ));
    }
    if end < notice.last_day {
        let earliest = notice.last_day;
        let (zh, en) = what_set_it(notice);
        return Err(Refusal::conflict(
            "departure.ends_before_notice",
            format!("劳动关系终止日 {end} 早于{zh} {earliest}"),
            format!("Employment would end on {end}, before {en} {earliest}."),
        )
        .remedy((
            "请改为该日或以后，或先由双方书面约定提前的日期",
            "Choose that day or a later one, or let both sides agree an earlier day in writing \
             first",
        ))
        .at("/employment_ends", Words::not_before(earliest)));
    }
    let latest = end.plus_months(CREDITED_MONTHS);
    if cut_off > latest {
        return Err(Refusal::invalid(
            "departure.credited_too_long",
            format!("提成截止日 {cut_off} 在劳动关系终止日 {end} 之后超过六个月"),
            format!(
                "Credit until {cut_off} would go on for more than six months after the end of \
                 employment on {end}."
            ),
        )
        .remedy((
            format!(
                "请核对年份，最晚为 {latest}；此后到账的提成，请在离职提成决定中选择「随回款支付」"
            ),
            format!(
                "Check the year, {latest} at the latest; for what comes in later decide “As it \
                 comes in” for the open commission"
            ),
        ))
        .at("/commission_cutoff_on", Words::not_after(latest)));
    }
    Ok(explain(clocks))
}

/// What made the last day the one it is: an agreement, the notice, or whoever named a later one.
fn what_set_it(notice: &NoticeAnswer) -> (&'static str, &'static str) {
    let said = |code: &str| notice.reasons.iter().any(|reason| reason.code == code);
    if said("notice.agreed") {
        ("双方书面约定的", "the day agreed in writing,")
    } else if notice.notice_days > 0 && notice.last_day == notice.earliest {
        ("通知期满的", "the notice allows:")
    } else {
        ("已定的终止日", "the day already set,")
    }
}

fn explain(clocks: &Clocks) -> Vec<Reason> {
    let Clocks {
        employment_ends: end,
        last_working_day: last,
        commission_cut_off: cut_off,
    } = *clocks;
    let mut reasons = vec![
        Reason::new(
            "clocks.employment_ends",
            format!("{end}：工资、社保、工作年限计至当日，当日出具离职证明"),
            format!("{end}: wages, social insurance and years count to here; certificate is due."),
        ),
        Reason::new(
            "clocks.last_working_day",
            format!("{last}：当日下班后收回系统权限，资产归还、客户交接截至当日"),
            format!(
                "{last}: access ends after work; assets and customers are handed over by then."
            ),
        ),
        Reason::new(
            "clocks.commission_cut_off",
            format!("{cut_off}：此日及以前发生的业绩按提成方案归本人"),
            format!("{cut_off}: what happened up to here is credited by the plan."),
        ),
    ];
    if last < end {
        let days = last.days_until(end);
        reasons.push(Reason::new(
            "clocks.released_from_work",
            format!("最后工作日之后还有 {days} 天在职但不到岗，工资和社保照常至 {end}"),
            format!("{days} days employed without work; wages and insurance go on to {end}."),
        ));
    }
    if cut_off < last {
        reasons.push(Reason::new(
            "clocks.cut_off_before_last_day",
            format!("提成截止日早于最后工作日 {last}，其间完成的业绩不计提成须有书面约定，否则有争议风险"),
            format!("Work between cut-off and {last} without credit needs a written agreement."),
        ));
    }
    if cut_off > end {
        reasons.push(Reason::new(
            "clocks.cut_off_after_end",
            "提成截止日晚于劳动关系终止日，离职后的提成须另立补充结算，并约定支付方式",
            "Credit after the end of employment needs a later supplementary settlement.",
        ));
    }
    reasons
}
