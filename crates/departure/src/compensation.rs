//! Economic compensation: N, 2N and N+1 to the fen 经济补偿.
//!
//! 劳动合同法 art. 47, 87; 实施条例 art. 20, 25, 27. Years count in halves, money in whole 分; the only
//! roundings are the average wage and the product with half years, both half up (四舍五入).

use kernel::{Day, Fen, Reason, Refusal};
use serde::{Deserialize, Serialize};

use crate::kind::{CompensationRule, DepartureKind};

/// The 12-year limit of art. 47(2), in half years; only for wages above three times the average.
const CAPPED_HALF_YEARS: u32 = 24;

/// Months of the averaging window, Reg. 27.
const WINDOW_MONTHS: u32 = 12;

/// Years of service in units of half a year, e.g. 13 is 6.5 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HalfYears(pub u32);

impl HalfYears {
    /// Service from `start` to `last_day`, both included: whole years, half a year for a rest below
    /// six months, a year from exactly six months on (六个月以上 includes six). Zero when `last_day`
    /// lies before `start`.
    #[must_use]
    pub fn of_service(start: Day, last_day: Day) -> HalfYears {
        let end = last_day.plus_days(1);
        let mut halves = 0;
        let mut reached = 0;
        // INVARIANT: start + `reached` months is not after `end`.
        while end > start && start.plus_months(reached + 12) <= end {
            reached += 12;
            halves += 2;
        }
        let rest = match () {
            () if end <= start.plus_months(reached) => 0,
            () if end < start.plus_months(reached + 6) => 1,
            () => 2,
        };
        HalfYears(halves + rest)
    }

    /// `amount` for every year, half up.
    fn times(self, amount: Fen) -> Option<Fen> {
        let doubled = i128::from(amount.0) * i128::from(self.0);
        i64::try_from((doubled + 1).div_euclid(2)).ok().map(Fen)
    }
}

/// `7`, `6.5`.
impl std::fmt::Display for HalfYears {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let half = if self.0.is_multiple_of(2) { "" } else { ".5" };
        write!(f, "{}{half}", self.0 / 2)
    }
}

/// What is known about service and wages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompensationFacts {
    /// 用工之日: begin of service that counts, including service taken over (Reg. 10).
    pub start: Day,
    /// Last day of employment.
    pub last_day: Day,
    /// Gross wages due (应得工资, with commission and bonuses) of the last months, together.
    pub wages: Fen,
    /// Months these wages are for: 12, or the months worked when fewer. Range 1..=12.
    pub months: u32,
    /// Wage of the month before the end, for the +1 (Reg. 20).
    pub previous_month_wage: Fen,
    /// Local minimum monthly wage in force, from the settings.
    pub minimum_wage: Fen,
    /// Three times the published local average monthly wage of the year before, from the settings.
    pub cap: Fen,
    /// Compensation for service before 2008-01-01, by hand after the old rules (art. 97(3)).
    pub before_2008: Option<Fen>,
}

/// Which monthly figure was multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthlyBasis {
    /// The person's own average.
    Average,
    /// The minimum wage, the average being lower.
    MinimumWage,
    /// Three times the local average, the person's own being higher; at most 12 years.
    Cap,
}

/// The reckoning, ready to be shown and signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compensation {
    /// Years of service since 2008 or later start.
    pub service: HalfYears,
    /// Years that were multiplied.
    pub counted: HalfYears,
    /// Average monthly wage, half up to the 分.
    pub average: Fen,
    /// The monthly figure used.
    pub monthly: Fen,
    /// Where it comes from.
    pub basis: MonthlyBasis,
    /// N, with any compensation for service before 2008.
    pub n: Fen,
    /// 2N.
    pub twice_n: Fen,
    /// N and one month's wage.
    pub n_plus_one: Fen,
    /// The steps, in order.
    pub reasons: Vec<Reason>,
}

impl Compensation {
    /// What this way of leaving makes due.
    #[must_use]
    pub fn due(&self, kind: DepartureKind, notice_given: bool) -> Fen {
        match kind.rule().compensation {
            CompensationRule::None => Fen::ZERO,
            CompensationRule::NPlusOneWithoutNotice if !notice_given => self.n_plus_one,
            CompensationRule::N | CompensationRule::NPlusOneWithoutNotice => self.n,
            CompensationRule::TwiceN => self.twice_n,
        }
    }

    /// The last step to the damages of art. 87, where these are due instead of N.
    #[must_use]
    pub fn doubled(&self) -> Reason {
        let Compensation {
            monthly,
            counted,
            n,
            twice_n,
            ..
        } = self;
        let before = *n - counted.times(*monthly).unwrap_or(*n);
        let before = if before == Fen::ZERO {
            String::new()
        } else {
            format!(" + 2008 年以前 {before} 元")
        };
        Reason::new(
            "compensation.twice_n",
            format!(
                "赔偿金 2N =（计算基数 {monthly} 元 × {counted} 个月{before}）× 2 = {n} × 2 = \
                 {twice_n} 元（第八十七条）"
            ),
            format!("2N = {n} × 2 = {twice_n} (LCL 87)."),
        )
    }
}

impl CompensationFacts {
    /// Months worked, a begun one as a whole; no more are told apart than the window has.
    fn months_worked(&self) -> u32 {
        let end = self.last_day.plus_days(1);
        let begun = |months: &u32| {
            let after = i32::try_from(*months).unwrap_or(i32::MAX);
            self.start.plus_months(after) < end
        };
        let whole = (0..WINDOW_MONTHS).take_while(begun).count();
        u32::try_from(whole).unwrap_or(WINDOW_MONTHS)
    }
}

/// Reckons N, 2N and N+1.
///
/// # Errors
/// `departure.service_dates` when the last day lies before the start;
/// `departure.wage_months` when `months` is not 1..=12 or more than were worked;
/// `departure.amount_range` for negative or absurd amounts; `departure.standard_missing` and
/// `departure.cap_below_minimum` for local figures that cannot be; `departure.before_2008` when
/// service began before 2008 and no hand-made segment is given.
pub fn compensation(facts: &CompensationFacts) -> Result<Compensation, Refusal> {
    let begin = start_of_formula(facts)?;
    let average = average(facts)?;
    let service = HalfYears::of_service(begin, facts.last_day);
    let floored = average.max(facts.minimum_wage);
    let (monthly, basis, counted) = if floored > facts.cap {
        let counted = HalfYears(service.0.min(CAPPED_HALF_YEARS));
        (facts.cap, MonthlyBasis::Cap, counted)
    } else if average < facts.minimum_wage {
        (floored, MonthlyBasis::MinimumWage, service)
    } else {
        (floored, MonthlyBasis::Average, service)
    };
    let segment = facts.before_2008.unwrap_or_default();
    let n = counted
        .times(monthly)
        .and_then(|n| n.checked_add(segment))
        .ok_or_else(out_of_range)?;
    let twice_n = n.checked_add(n).ok_or_else(out_of_range)?;
    let n_plus_one = n
        .checked_add(facts.previous_month_wage)
        .ok_or_else(out_of_range)?;
    let mut answer = Compensation {
        service,
        counted,
        average,
        monthly,
        basis,
        n,
        twice_n,
        n_plus_one,
        reasons: Vec::new(),
    };
    answer.reasons = explain(&answer, facts, begin);
    Ok(answer)
}

/// The day from which art. 47 counts.
fn start_of_formula(facts: &CompensationFacts) -> Result<Day, Refusal> {
    if facts.last_day < facts.start {
        return Err(Refusal::invalid(
            "departure.service_dates",
            format!("最后一日 {} 早于入职日 {}", facts.last_day, facts.start),
            "The last day lies before the first.",
        )
        .remedy((
            "请核对入职日和劳动关系终止日",
            "Check the first day and the end of employment",
        )));
    }
    let law_in_force = Day::of(2008, 1, 1).unwrap_or(facts.start);
    if facts.start < law_in_force && facts.before_2008.is_none() {
        return Err(Refusal::invalid(
            "departure.before_2008",
            "2008 年 1 月 1 日以前的工作年限须按当时规定单独核算",
            "Service before 2008-01-01 is reckoned separately under the old rules.",
        )
        .remedy((
            "请由人力资源核算该段经济补偿后填入（劳动合同法第九十七条第三款），没有则填 0",
            "Let HR reckon the compensation for that time and fill it in (Labour Contract Law, \
             article 97 (3)), or 0 if there is none",
        ))
        .at(
            "/before_2008",
            (
                "请填写 2008 年以前的经济补偿金额",
                "Give the compensation for the years before 2008",
            ),
        ));
    }
    if facts.start >= law_in_force && facts.before_2008.is_some_and(|segment| segment > Fen::ZERO) {
        let zh = format!("{} 入职，没有 2008 年以前的工作年限", facts.start);
        let en = "There was no service before 2008-01-01.";
        return Err(Refusal::invalid("departure.before_2008", zh, en)
            .remedy(("请不填或填 0", "Leave it empty or put 0"))
            .at(
                "/before_2008",
                (
                    "没有 2008 年以前的工作年限",
                    "There are no years before 2008",
                ),
            ));
    }
    Ok(facts.start.max(law_in_force))
}

fn average(facts: &CompensationFacts) -> Result<Fen, Refusal> {
    if !(1..=WINDOW_MONTHS).contains(&facts.months) {
        return Err(Refusal::invalid(
            "departure.wage_months",
            format!("平均工资的月数为 {}，应在 1 到 12 之间", facts.months),
            "The months of the average wage must be 1 to 12.",
        )
        .remedy((
            "工作满十二个月的填 12，不满的填实际工作月数（实施条例第二十七条）",
            "Put 12 after twelve months of work, else the months worked in fact (Implementing \
             Regulations, article 27)",
        ))
        .at(
            "/months",
            ("应在 1 到 12 之间", "It should be from 1 to 12"),
        ));
    }
    let worked = facts.months_worked();
    let year = facts.start.plus_months(12) <= facts.last_day.plus_days(1);
    if year && facts.months < WINDOW_MONTHS {
        let zh = "已工作满十二个月，平均工资按前十二个月计算";
        let en = "After twelve months of service the average is over twelve months.";
        return Err(Refusal::invalid("departure.wage_months", zh, en)
            .remedy((
                "请填 12，并填前十二个月的应得工资合计（劳动合同法第四十七条第三款）",
                "Put 12, and the wages due for the twelve months before (Labour Contract Law, \
                 article 47 (3))",
            ))
            .at("/months", ("应为 12", "It should be 12")));
    }
    if facts.months > worked {
        let (start, last) = (facts.start, facts.last_day);
        let zh = format!("自 {start} 至 {last} 只工作了 {worked} 个月");
        return Err(Refusal::invalid(
            "departure.wage_months",
            format!("{zh}，平均工资的月数不能是 {}", facts.months),
            format!("Only {worked} months were worked; the wages cannot be of more."),
        )
        .remedy((
            "不满十二个月的，请填实际工作月数和这些月的应得工资合计（实施条例第二十七条）",
            "With less than twelve months, put the months worked in fact and the wages due for \
             them (Implementing Regulations, article 27)",
        ))
        .at("/months", (zh, format!("Only {worked} months were worked"))));
    }
    let amounts = [
        facts.wages,
        facts.previous_month_wage,
        facts.minimum_wage,
        facts.cap,
    ];
    let segment = facts.before_2008.unwrap_or_default();
    if amounts
        .iter()
        .chain([&segment])
        .any(|amount| *amount < Fen::ZERO)
    {
        return Err(out_of_range());
    }
    local_figures(facts)?;
    let months = i64::from(facts.months);
    let (whole, rest) = (facts.wages.0 / months, facts.wages.0 % months);
    Ok(Fen(whole + i64::from(rest * 2 >= months)))
}

/// Neither figure is ever nothing, and three average wages are more than the least one.
fn local_figures(facts: &CompensationFacts) -> Result<(), Refusal> {
    let (least, cap) = (facts.minimum_wage, facts.cap);
    for (amount, pointer, zh, en) in [
        (least, "/minimum_wage", "当地月最低工资", "minimum wage"),
        (cap, "/cap", "三倍封顶标准", "cap"),
    ] {
        if amount == Fen::ZERO {
            let zh = format!("{zh}不能为 0");
            let en = format!("The local {en} cannot be nothing.");
            return Err(
                Refusal::invalid("departure.standard_missing", zh.clone(), en)
                    .remedy((
                        "请填写劳动合同履行地公布的现行标准",
                        "Give the standard in force that was published where the contract is \
                         performed",
                    ))
                    .at(pointer, zh),
            );
        }
    }
    if cap < least {
        let zh = format!("三倍封顶标准 {cap} 元低于当地月最低工资 {least} 元");
        let en = format!("The cap of {cap} is below the minimum wage of {least}.");
        return Err(
            Refusal::invalid("departure.cap_below_minimum", zh.clone(), en)
                .remedy((
                    "请核对：封顶为当地上年度职工月平均工资的三倍（第四十七条第二款）",
                    "Check it: the cap is three times the local average monthly wage of the year \
                     before (article 47 (2))",
                ))
                .at("/cap", zh),
        );
    }
    Ok(())
}

fn out_of_range() -> Refusal {
    Refusal::invalid(
        "departure.amount_range",
        "工资或标准金额为负数或过大，无法计算经济补偿",
        "An amount is negative or too large.",
    )
    .remedy((
        "请核对工资总额、最低工资和封顶标准",
        "Check the wages, the minimum wage and the cap",
    ))
}

fn explain(answer: &Compensation, facts: &CompensationFacts, begin: Day) -> Vec<Reason> {
    let Compensation {
        service,
        counted,
        average,
        monthly,
        n,
        ..
    } = answer;
    let basis_zh = match answer.basis {
        MonthlyBasis::Average => {
            format!("月平均工资 {average} 元，在最低工资与三倍封顶之间，据实计算")
        }
        MonthlyBasis::MinimumWage => {
            format!(
                "月平均工资 {average} 元低于最低工资，按 {monthly} 元计算（实施条例第二十七条）"
            )
        }
        MonthlyBasis::Cap => format!(
            "月平均工资 {average} 元高于当地职工月平均工资三倍 {monthly} 元，按三倍计算，年限最高十二年（第四十七条第二款）"
        ),
    };
    let mut reasons = vec![
        Reason::new(
            "compensation.service",
            format!(
                "自 {begin} 至 {}，计 {service} 年（六个月以上按一年，不满六个月按半年）",
                facts.last_day
            ),
            format!("From {begin} to {}: {service} years.", facts.last_day),
        ),
        Reason::new(
            "compensation.monthly",
            basis_zh,
            format!("Average {average}; monthly figure used {monthly}."),
        ),
        Reason::new(
            "compensation.n",
            format!(
                "经济补偿 N = {monthly} × {counted} = {} 元",
                *n - facts.before_2008.unwrap_or_default()
            ),
            format!("N = {monthly} × {counted}."),
        ),
    ];
    if let Some(segment) = facts.before_2008 {
        reasons.push(Reason::new(
            "compensation.before_2008",
            format!("另加 2008 年以前工作年限的补偿 {segment} 元，合计 {n} 元"),
            format!("Plus {segment} for service before 2008: {n}."),
        ));
    }
    reasons
}
