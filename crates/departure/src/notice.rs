//! When does a resignation take effect? Earliest lawful last day 通知期.
//!
//! 30 days' written notice, 3 in probation (劳动合同法 art. 37). Counted by 民法典 art. 201–203: the
//! day of receipt does not count; when the last day of the period is a 法定休假日, the period ends
//! on the day after it. Which days off count for that is a setting, [`OffDays`], and the answer
//! names it.
//! Nothing here can refuse a resignation: the law gives the employer no say.

use kernel::{Day, Reason, Refusal, Words, WorkCalendar};
use serde::{Deserialize, Serialize};

use crate::kind::{DepartureKind, NoticeRule};

/// 转移档案和社会保险关系: within 15 days of the end of employment (劳动合同法 art. 50(1)).
const FILE_TRANSFER_DAYS: i64 = 15;

/// Which days off move the end of a period (reading of 民法典 art. 203).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffDays {
    /// Every official day off: weekends and holidays by the work calendar.
    #[default]
    All,
    /// The statutory holidays only (13 a year since 2025).
    StatutoryOnly,
    /// None: the period ends where it ends.
    None,
}

/// An earlier (or later) last day both sides agreed to in writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedLastDay {
    /// The agreed last day of employment.
    pub last_day: Day,
    /// When the agreement was made.
    pub agreed_on: Day,
}

/// What is known when a notice arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFacts {
    /// How employment ends.
    pub kind: DepartureKind,
    /// The day the notice reached the other side.
    pub received_on: Day,
    /// Last day of probation, if there was one.
    pub probation_until: Option<Day>,
    /// The last day of the contract, where it has one and is still running (expiry only).
    #[serde(default)]
    pub contract_until: Option<Day>,
    /// The last day the giver of the notice asks for.
    pub wished: Option<Day>,
    /// What both sides agreed.
    pub agreed: Option<AgreedLastDay>,
    /// Whether a month's wage is paid instead of the notice (LCL 40 only).
    pub pay_in_lieu: bool,
    /// Days of notice the city asks for at expiry (`expire.notice_days`); 0 where it asks for none.
    pub local_notice_days: u16,
}

/// When employment ends, and why then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeAnswer {
    /// Days of notice that count.
    pub notice_days: u16,
    /// The last day of the period before any move over days off.
    pub period_ends: Day,
    /// The earliest last day one side can bring about without the other.
    pub earliest: Day,
    /// The last day of employment that follows from all the facts.
    pub last_day: Day,
    /// File and social insurance are transferred by this day.
    pub file_transfer_by: Day,
    /// Which days off were taken to move the end.
    pub off_days: OffDays,
    /// Whether the calendar was complete for the days it was asked about.
    pub certain: bool,
    /// The steps of the reckoning, in order.
    pub reasons: Vec<Reason>,
}

/// When the notice takes effect.
///
/// A wish for an earlier day does not shorten the period, an agreement does; a wish for a later day
/// is honoured. A contract that expires ends on its last day, and what is a fact on the day named.
///
/// # Errors
/// `departure.agreed_before_notice` when the agreed last day lies before the notice was received,
/// `departure.agreed_afterwards` when it lies before the agreement itself;
/// `departure.probation_over` when failed probation is notified, or would end employment, after
/// probation ended; `departure.contract_runs` when an expiry would end it before the contract does.
/// A resignation without an impossible agreement is never refused.
pub fn takes_effect(
    facts: &NoticeFacts,
    off_days: OffDays,
    calendar: &WorkCalendar,
) -> Result<NoticeAnswer, Refusal> {
    refuse_the_impossible(facts)?;
    let mut reasons = Vec::new();
    let notice_days = notice_days(facts, &mut reasons);
    let period_ends = facts.received_on.plus_days(i64::from(notice_days));
    reasons.push(counted(facts.received_on, notice_days, period_ends));
    // Without a period there is no end of a period that could fall on a day off.
    let (period_over, certain) = if notice_days == 0 {
        (period_ends, true)
    } else {
        move_over_days_off(period_ends, off_days, calendar, &mut reasons)
    };
    let last_day = choose_last_day(facts, period_over, &mut reasons);
    ends_in_time(facts, last_day)?;
    // A fact, or the last day of a contract, may come before any period is over.
    let fixed = facts.kind.is_a_fact() || facts.expires_on().is_some();
    let earliest = if fixed {
        period_over.min(last_day)
    } else {
        period_over
    };
    let file_transfer_by = file_transfer_by(last_day);
    reasons.push(Reason::new(
        "notice.file_transfer",
        format!("档案和社保关系最迟于 {file_transfer_by} 转出（劳动合同法第五十条，十五日内）"),
        format!("File and social insurance are transferred by {file_transfer_by} (LCL 50)."),
    ));
    Ok(NoticeAnswer {
        notice_days,
        period_ends,
        earliest,
        last_day,
        file_transfer_by,
        off_days,
        certain,
        reasons,
    })
}

fn counted(received: Day, days: u16, ends: Day) -> Reason {
    Reason::new(
        "notice.counted",
        format!("{received} 收到通知，当日不计，第 {days} 日为 {ends}（民法典第二百零一条）"),
        format!("Received on {received}, not counted; day {days} is {ends}."),
    )
}

/// The last day for transferring file and social insurance: 15 days after the end of employment.
/// It is the employer's duty, so days off do not put it off.
#[must_use]
pub fn file_transfer_by(last_day: Day) -> Day {
    last_day.plus_days(FILE_TRANSFER_DAYS)
}

impl NoticeFacts {
    /// The day on which the contract ends by itself, where that is how employment ends.
    #[must_use]
    pub fn expires_on(&self) -> Option<Day> {
        self.contract_until.filter(|_| self.kind.is_expiry())
    }
}

fn refuse_the_impossible(facts: &NoticeFacts) -> Result<(), Refusal> {
    agreed_in_time(facts)?;
    let named = facts.agreed.map(|agreed| agreed.last_day).or(facts.wished);
    if let (Some(until), Some(day)) = (facts.expires_on(), named)
        && day < until
    {
        return Err(the_contract_runs(facts.kind, until));
    }
    let probation_runs = facts
        .probation_until
        .is_some_and(|until| facts.received_on <= until);
    if facts.kind.rule().notice == NoticeRule::BeforeProbationEnds && !probation_runs {
        return Err(Refusal::conflict(
            "departure.probation_over",
            format!(
                "{} 已不在试用期内，不能以试用期不符合录用条件解除",
                facts.received_on
            ),
            "Probation is over; failed probation is no ground any more.",
        )
        .remedy((
            "请改用其他解除依据，或与员工协商解除",
            "Choose another ground of dismissal, or agree on a termination",
        )));
    }
    Ok(())
}

/// Employment does not end in the past by an agreement, whatever day is written on it.
fn agreed_in_time(facts: &NoticeFacts) -> Result<(), Refusal> {
    let Some(AgreedLastDay {
        last_day,
        agreed_on,
    }) = facts.agreed
    else {
        return Ok(());
    };
    let (code, zh, en, pointed) = if last_day < facts.received_on {
        let received = facts.received_on;
        (
            "departure.agreed_before_notice",
            format!("约定的最后工作日 {last_day} 早于收到通知的 {received}"),
            format!("The agreed last day {last_day} lies before the notice of {received}."),
            (
                "不能早于收到通知的日期",
                "Not before the day the notice was received",
            ),
        )
    } else if last_day < agreed_on {
        (
            "departure.agreed_afterwards",
            format!("约定的最后一日 {last_day} 早于达成约定的 {agreed_on}"),
            format!("The agreed last day {last_day} lies before the agreement of {agreed_on}."),
            ("不能早于达成约定的日期", "Not before the agreement"),
        )
    } else {
        return Ok(());
    };
    Err(Refusal::invalid(code, zh, en)
        .remedy((
            "请核对日期；劳动关系不能倒签终止",
            "Check the date; an employment is not ended backwards",
        ))
        .at("/agreed/last_day", pointed))
}

fn the_contract_runs(kind: DepartureKind, until: Day) -> Refusal {
    let (zh, en) = if kind == DepartureKind::ExpiryByEmployee {
        ("提前离职请选择辞职", "to leave before, resign")
    } else {
        (
            "提前终止请选择协商解除或其他解除依据",
            "to end it before, agree or name another ground",
        )
    };
    let zh = format!("合同至 {until} 才到期；{zh}");
    let en = format!("The contract runs until {until}; {en}.");
    Refusal::conflict("departure.contract_runs", zh, en)
        .remedy((
            format!("请把最后一日改为 {until} 或以后，或改选离职类型"),
            format!("Choose {until} or a later last day, or another way of leaving"),
        ))
        .at("/wished_on", Words::not_before(until))
}

/// Whether employment still ends while this way of ending it is open.
///
/// # Errors
/// `departure.probation_over` when failed probation would end employment after probation.
pub fn ends_in_time(facts: &NoticeFacts, end: Day) -> Result<(), Refusal> {
    let in_probation = facts.kind.rule().notice == NoticeRule::BeforeProbationEnds;
    let Some(until) = facts.probation_until.filter(|_| in_probation) else {
        return Ok(());
    };
    if end <= until {
        return Ok(());
    }
    Err(Refusal::conflict(
        "departure.probation_over",
        format!("试用期至 {until}，不能以试用期不符合录用条件在 {end} 解除"),
        format!("Probation ends on {until}; employment cannot end on {end} for failing it."),
    )
    .remedy((
        format!("请把最后一日定在 {until} 或以前，或改用其他解除依据"),
        format!("Choose {until} or an earlier last day, or another ground of dismissal"),
    ))
    .at("/wished_on", Words::not_after(until)))
}

fn notice_days(facts: &NoticeFacts, reasons: &mut Vec<Reason>) -> u16 {
    let in_probation = facts
        .probation_until
        .is_some_and(|until| facts.received_on <= until);
    let (days, zh, en) = match facts.kind.rule().notice {
        NoticeRule::ThirtyDaysOrThreeInProbation if in_probation => (
            3,
            "试用期内提前三日通知（劳动合同法第三十七条）",
            "In probation: three days' notice (LCL 37).",
        ),
        NoticeRule::ThirtyDaysOrThreeInProbation => (
            30,
            "提前三十日书面通知（劳动合同法第三十七条），单位无需也无权批准",
            "30 days' written notice (LCL 37); the employer need not and may not approve it.",
        ),
        NoticeRule::ThirtyDaysOrOneMonthPay if facts.pay_in_lieu => (
            0,
            "以代通知金代替三十日通知（劳动合同法第四十条）",
            "A month's wage is paid instead of 30 days' notice (LCL 40).",
        ),
        NoticeRule::ThirtyDaysOrOneMonthPay => (
            30,
            "提前三十日书面通知（劳动合同法第四十条）",
            "30 days' written notice (LCL 40).",
        ),
        NoticeRule::ThirtyDays => (
            30,
            "提前三十日说明情况（劳动合同法第四十一条）",
            "30 days' prior explanation (LCL 41).",
        ),
        NoticeRule::AtOnce | NoticeRule::BeforeProbationEnds => (
            0,
            "通知送达即生效，无通知期",
            "Takes effect when received; no notice period.",
        ),
        NoticeRule::Local => (
            facts.local_notice_days,
            "按当地规定的到期通知天数",
            "Notice at expiry as the city asks.",
        ),
        NoticeRule::None => (
            0,
            "法律未规定通知期，以约定或法定日期为准",
            "No notice period; the agreed or statutory day counts.",
        ),
    };
    reasons.push(Reason::new("notice.period", zh, en));
    days
}

/// The end of the period after any move over days off, and whether the calendar knew every day.
fn move_over_days_off(
    ends: Day,
    off_days: OffDays,
    calendar: &WorkCalendar,
    reasons: &mut Vec<Reason>,
) -> (Day, bool) {
    let (moved, caveat, rule_zh, rule_en) = match off_days {
        OffDays::All => {
            let answer = calendar.workday_on_or_after(ends);
            let rule = ("全部公休日顺延", "every day off moves it");
            let unknown = answer.unknown_year.zip(answer.caveat());
            (answer.value, unknown, rule.0, rule.1)
        }
        OffDays::StatutoryOnly => {
            let mut day = ends;
            while calendar.is_statutory(day) == Some(true) {
                day = day.plus_days(1);
            }
            let year = day.date().year();
            let caveat = calendar.is_statutory(day).is_none().then(|| {
                let zh = format!("{year} 年的法定节假日尚未录入，未作顺延，请录入后重新计算");
                (year, zh)
            });
            let rule = ("仅法定节假日顺延", "statutory holidays only move it");
            (day, caveat, rule.0, rule.1)
        }
        OffDays::None => (ends, None, "不顺延", "nothing moves it"),
    };
    let (zh, en) = if moved == ends {
        (
            format!("期满日 {ends} 无需顺延"),
            format!("The end {ends} stands"),
        )
    } else {
        (
            format!("期满日 {ends} 为休假日，顺延至 {moved}（民法典第二百零三条）"),
            format!("The end {ends} is a day off and moves to {moved}"),
        )
    };
    reasons.push(Reason::new(
        "notice.off_days",
        format!("{zh}；所用口径：{rule_zh}"),
        format!("{en}; rule used: {rule_en}."),
    ));
    let certain = caveat.is_none();
    reasons.extend(caveat.map(|(year, zh)| {
        let en = format!("The holidays of {year} are not entered yet; reckon again when they are.");
        Reason::new("notice.calendar_unknown", zh, en)
    }));
    (moved, certain)
}

fn choose_last_day(facts: &NoticeFacts, earliest: Day, reasons: &mut Vec<Reason>) -> Day {
    if let Some(agreed) = facts.agreed {
        reasons.push(Reason::new(
            "notice.agreed",
            format!(
                "双方于 {} 书面约定最后一日为 {}",
                agreed.agreed_on, agreed.last_day
            ),
            format!(
                "Both sides agreed on {} that the last day is {}.",
                agreed.agreed_on, agreed.last_day
            ),
        ));
        return agreed.last_day;
    }
    if let Some(day) = facts.wished.filter(|_| facts.kind.is_a_fact()) {
        let basis = facts.kind.rule().basis;
        reasons.push(Reason::new(
            "notice.fact",
            format!("劳动关系于 {day} 终止，以该日为准，不因通知推后（{basis}）"),
            format!("Employment ends on {day}; no notice puts that off."),
        ));
        return day;
    }
    if let Some(until) = facts.expires_on() {
        let day = facts.wished.unwrap_or(until);
        reasons.push(Reason::new(
            "notice.expiry",
            format!("劳动合同至 {until} 到期，劳动关系至 {day}（劳动合同法第四十四条）"),
            format!("The contract runs until {until}; employed until {day} (LCL 44)."),
        ));
        if day < earliest {
            reasons.push(Reason::new(
                "notice.expiry_late",
                format!("到期通知不足当地规定的天数（应至 {earliest}），请按当地规定支付"),
                format!("Told later than the city asks ({earliest}); pay as the city rules."),
            ));
        }
        return day;
    }
    match facts.wished {
        Some(wish) if wish < earliest => {
            reasons.push(Reason::new(
                "notice.wish_too_early",
                format!(
                    "希望 {wish} 离职，早于通知期满；双方书面约定后方可提前，否则为 {earliest}"
                ),
                format!("The wish {wish} is before the period ends; earlier only by agreement."),
            ));
            earliest
        }
        Some(wish) => {
            reasons.push(Reason::new(
                "notice.wish",
                format!("希望 {wish} 离职，晚于最早日期 {earliest}，从其意愿"),
                format!("The wish {wish} is not before {earliest} and is honoured."),
            ));
            wish
        }
        None => earliest,
    }
}
