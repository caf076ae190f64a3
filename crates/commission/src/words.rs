//! The sentences of an explanation 说明文字

mod handed;

use kernel::{Bps, Fen, Reason};

use crate::assignment::{Assignee, NotChosen};
use crate::draw::Advance;
use crate::explain::Names;
use crate::line::{Absence, Because, Earning, Held, Line};
use crate::plan::{Base, Customers, RuleRow};
use crate::schedule::{BandPart, Exact};
use crate::shares::WHOLE;

pub(crate) use handed::{agreement, split, stays, terms};

/// `3%`, `2.5%`, `0.05%`.
pub(crate) fn percent(share: Bps) -> String {
    let (whole, part) = (share.0 / 100, share.0.unsigned_abs() % 100);
    let text = format!("{whole}.{part:02}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}%")
}

/// Exact fen as yuan with all its places, grouped like the rounded sums beside it: `1,000.01234`.
fn exact(sum: Exact) -> String {
    let sign = if sum.0 < 0 { "-" } else { "" };
    let size = sum.0.unsigned_abs();
    let whole = (size / 1_000_000).to_string();
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(&format!(".{:06}", size % 1_000_000));
    let kept = text.trim_end_matches('0').len().max(text.len() - 4);
    text[..kept].to_owned()
}

pub(crate) fn happened(line: &Line, names: &impl Names) -> Reason {
    let (trace, on) = (&line.trace, line.earned_on);
    let record = names.record(&line.key.record);
    let amount = trace.base_amount;
    if matches!(trace.earning, Earning::TakenBack { .. }) {
        return Reason::new(
            "commission.went_back",
            format!("{on} 退回或核销 {amount} 元（凭据 {record}）"),
            format!("{on}: {amount} went back or was written off (evidence {record})"),
        );
    }
    let (zh_base, en_base) = match trace.base {
        Base::Gross => ("金额", "amount"),
        Base::Margin => ("毛利", "margin"),
    };
    let (zh, en) = (trace.trigger.zh(), trace.trigger.en());
    Reason::new(
        "commission.happened",
        format!("{on} {zh}，计提{zh_base} {amount} 元（凭据 {record}）"),
        format!("{on}: {en}, {en_base} {amount} (evidence {record})"),
    )
}

pub(crate) fn pool() -> Reason {
    let (zh, en) = ("这一部分属于团队份额", "this part belongs to the team");
    Reason::new("commission.pool", zh, en)
}

pub(crate) fn overlay(name: &str) -> Reason {
    Reason::new(
        "commission.overlay",
        format!("作为「{name}」参与，另行计提，不占成交份额"),
        format!("credited as {name}, beside the deal itself"),
    )
}

pub(crate) fn share(line: &Line) -> Reason {
    let (seat, part) = (
        percent(line.trace.seat_share),
        percent(line.trace.part_share),
    );
    let credit = line.credit;
    Reason::new(
        "commission.share",
        format!("席位份额 {seat}，其中本人 {part}，计入业绩 {credit} 元"),
        format!("seat {seat}, of it {part}: credit {credit}"),
    )
}

pub(crate) fn plan(line: &Line) -> Reason {
    let (name, version, component) = (&line.trace.plan_name, line.version, &line.key.component);
    let (zh, en) = match line.trace.assigned_by {
        Assignee::Person(_) => ("本人", "the person"),
        Assignee::Post(_) => ("岗位", "the post"),
        Assignee::Department(_) => ("部门", "the department"),
    };
    Reason::new(
        "commission.plan",
        format!("适用方案「{name}」第 {version} 版「{component}」（指定给{zh}）"),
        format!("plan {name}, version {version}, {component} (given to {en})"),
    )
}

/// What a row of a table decided.
#[derive(Clone, Copy)]
pub(crate) enum Decides {
    Rate,
    Credit,
}

pub(crate) fn rule_row(row: &RuleRow, what: Decides) -> Reason {
    let (code, zh, en) = match what {
        Decides::Rate => ("commission.rule_row", "比例", "rate"),
        Decides::Credit => ("commission.credit_row", "业绩认定", "credit"),
    };
    let RuleRow {
        table,
        version,
        row,
        asked,
        asked_en,
    } = row;
    let (place, place_en) = match row {
        0 => ("缺省行".to_owned(), "the default row".to_owned()),
        row => (format!("第 {row} 行"), format!("row {row}")),
    };
    let (asked, asked_en) = match asked.as_str() {
        "" => (String::new(), String::new()),
        asked => (format!("（{asked}）"), format!(" ({asked_en})")),
    };
    Reason::new(
        code,
        format!("{zh}取自决策表「{table}」第 {version} 版{place}{asked}"),
        format!("{en} from table {table}, version {version}, {place_en}{asked_en}"),
    )
}

pub(crate) fn running(line: &Line) -> Reason {
    let (before, after) = (line.before, line.before + line.credit);
    let window = line.trace.window;
    Reason::new(
        "commission.running",
        format!("{}累计业绩由 {before} 元变为 {after} 元", window.zh()),
        format!("credit of {} went from {before} to {after}", window.en()),
    )
}

/// How much of the quota is reached, to a hundredth of a per cent, rounded down: what is not
/// reached is not said to be.
pub(crate) fn quota((quota, whose): (Fen, Option<Assignee>), running: Fen) -> Reason {
    let top = i128::from(running.0) * i128::from(WHOLE);
    let attained = top.div_euclid(i128::from(quota.0.max(1)));
    let attained = percent(Bps(i64::try_from(attained).unwrap_or(i64::MAX)));
    let (zh, en) = match whose {
        None => ("目标", "quota"),
        Some(Assignee::Person(_)) => ("本人目标", "payee's own quota"),
        Some(Assignee::Post(_)) => ("本岗位目标", "quota of the post"),
        Some(Assignee::Department(_)) => ("本部门人员目标", "quota of the department's people"),
    };
    Reason::new(
        "commission.quota",
        format!("{zh} {quota} 元，累计完成 {attained}"),
        format!("{attained} of the {en} of {quota} is reached"),
    )
}

pub(crate) fn band(part: &BandPart) -> Reason {
    let (from, amount, rate) = (part.from, part.amount, percent(part.rate));
    Reason::new(
        "commission.band",
        format!("{from} 元起的一档：{amount} 元 × {rate}"),
        format!("band from {from}: {amount} at {rate}"),
    )
}

pub(crate) fn section(inside: Option<(Fen, Fen, Bps)>) -> Reason {
    match inside {
        Some((from, to, rate)) => Reason::new(
            "commission.section",
            format!("落在 {from} 至 {to} 元区间，全额按 {}", percent(rate)),
            format!("within {from} to {to}: {} of the whole", percent(rate)),
        ),
        None => Reason::new(
            "commission.section_gap",
            "不在任何区间内，不计提",
            "within no section, so nothing is earned",
        ),
    }
}

pub(crate) fn rounding(before: Exact, after: Exact) -> Reason {
    let (was, is) = (before.round(), after.round());
    let (e_was, e_is, gives) = (exact(before), exact(after), is - was);
    Reason::new(
        "commission.rounding",
        format!("累计应得由 {e_was} 变为 {e_is}，四舍五入后 {is} − {was} ＝ {gives} 元"),
        format!("earned in all went from {e_was} to {e_is}; rounded {is} - {was} = {gives}"),
    )
}

pub(crate) fn fixed(whole: Fen, before: Fen, after: Fen, of: Fen) -> Reason {
    Reason::new(
        "commission.fixed",
        format!("整份合同固定 {whole} 元；合同 {of} 元中已发生由 {before} 元变为 {after} 元"),
        format!("{whole} for the whole contract; of {of} went from {before} to {after}"),
    )
}

pub(crate) fn taken_back(
    of: &str,
    earned: Fen,
    paid: Fen,
    cancelled: Fen,
    clawed_back: Fen,
) -> Reason {
    Reason::new(
        "commission.taken_back",
        format!(
            "冲回 {of} 的提成 {earned} 元：未发放部分取消 {cancelled} 元，\
             已发放的 {paid} 元中扣回 {clawed_back} 元"
        ),
        format!(
            "takes back {earned} of {of}: {cancelled} not paid yet is cancelled, \
             {clawed_back} of {paid} paid is owed back"
        ),
    )
}

pub(crate) fn over_cap(amount: Fen) -> Reason {
    Reason::new(
        "commission.over_cap",
        format!("超过封顶额的 {amount} 元不计"),
        format!("{amount} above the cap is not paid"),
    )
}

pub(crate) fn rounds_to_nothing(line: &Line) -> Reason {
    if line.credit == Fen::ZERO {
        return Reason::new(
            "commission.zero_credit",
            "结果为零：计入的业绩为零",
            "it is zero because the credit is zero",
        );
    }
    match &line.trace.earning {
        Earning::Section { inside: None, .. } => Reason::new(
            "commission.zero_gap",
            "结果为零：金额不在任何区间内",
            "it is zero because the amount lies in no section",
        ),
        _ if line.trace.over_cap != Fen::ZERO => Reason::new(
            "commission.zero_cap",
            "结果为零：已达封顶额",
            "it is zero because the cap was reached",
        ),
        _ => Reason::new(
            "commission.zero_rounding",
            "结果为零：该档比例为零，或不足一分",
            "it is zero because the rate is zero or it is less than half a fen",
        ),
    }
}

pub(crate) fn due(line: &Line) -> Reason {
    let (earned, payable) = (line.earned_on, line.payable_on);
    match line.paid_on {
        Some(paid) => Reason::new(
            "commission.paid",
            format!("{earned} 计提，{payable} 应付，{paid} 已发放"),
            format!("earned on {earned}, due on {payable}, paid on {paid}"),
        ),
        None => Reason::new(
            "commission.due",
            format!("{earned} 计提，{payable} 应付"),
            format!("earned on {earned}, due on {payable}"),
        ),
    }
}

pub(crate) fn held(held: &Held) -> Reason {
    let (amount, reason, on) = (held.amount, &held.reason, held.release_on);
    Reason::new(
        "commission.held",
        format!("其中预留 {amount} 元（{reason}），{on} 释放"),
        format!("{amount} is held back ({reason}) until {on}"),
    )
}

pub(crate) fn statement_due() -> Reason {
    Reason::new(
        "commission.statement_due",
        "本人已离职：须向其出具回款对账单",
        "the payee has left and must get a statement of what was collected",
    )
}

pub(crate) fn because(absence: &Absence, names: &impl Names) -> Reason {
    let who = names.person(absence.payee);
    let (code, zh, en) = match &absence.because {
        Because::NoOwner => (
            "commission.no_owner",
            format!("当日该客户没有负责人（{who} 尚未接手）"),
            format!("nobody owned the customer that day ({who} did not yet)"),
        ),
        Because::NoPlan => (
            "commission.no_plan",
            format!("{who} 当日没有适用的提成方案"),
            format!("no plan counts for {who} on that day"),
        ),
        Because::WaitsFor {
            waits_for,
            happened,
        } => (
            "commission.waits_for",
            format!("方案在{}时计提，本次是{}", waits_for.zh(), happened.zh()),
            format!(
                "the plan pays on {}, this is {}",
                waits_for.en(),
                happened.en()
            ),
        ),
        Because::Product { is } => (
            "commission.product",
            format!("产品「{is}」不在该计提项范围内"),
            format!("product {is} is not among those of the component"),
        ),
        Because::Industry { is } => (
            "commission.industry",
            format!("行业「{is}」不在该计提项范围内"),
            format!("industry {is} is not among those of the component"),
        ),
        Because::Customer { asks } => new_or_old(*asks),
        Because::NoMargin => (
            "commission.no_margin",
            "合同毛利未知，无法按毛利计提".to_owned(),
            "the margin of the contract is not known".to_owned(),
        ),
        Because::TableSilent { .. } | Because::NoTable { .. } => no_rate(&absence.because),
        Because::Split(how) => without_share(&who, &split(how, names)),
        Because::StaysWithLeaver(how) => without_share(&who, &stays(*how, names)),
        Because::SettledAtExit => (
            "commission.settled_at_exit",
            format!("{who} 离职时已就该合同一次结清"),
            format!("{who} was settled for this contract at the exit"),
        ),
        Because::TailOver { until } => (
            "commission.tail_over",
            format!("{who} 离职后随回款支付的约定已于 {until} 届满，份额归现负责人"),
            format!("the tail of {who} ended on {until}; the part goes to the owner"),
        ),
        Because::NothingToTakeBack { of } => (
            "commission.nothing_to_take_back",
            format!("账上没有 {of} 的提成可冲回"),
            format!("there is no commission of {of} to take back"),
        ),
    };
    Reason::new(code, zh, en)
}

/// Others have the whole, and why.
fn without_share(who: &str, why: &Reason) -> (&'static str, String, String) {
    let (zh, en) = (&why.zh, &why.en);
    (
        "commission.split_leaves_nothing",
        format!("{who} 无份额。{zh}"),
        format!("{who} has no share: {en}"),
    )
}

/// A table that was asked said nothing.
fn no_rate(because: &Because) -> (&'static str, String, String) {
    match because {
        Because::TableSilent {
            table,
            version,
            zh,
            en,
        } => (
            "commission.table_silent",
            format!("决策表「{table}」第 {version} 版对该合同没有给出比例：{zh}"),
            format!("table {table}, version {version} has no rate for this deal: {en}"),
        ),
        Because::NoTable { table } => (
            "commission.no_table",
            format!("决策表「{table}」当日没有生效的版本"),
            format!("no version of table {table} was in force that day"),
        ),
        _ => ("commission.no_rate", String::new(), String::new()),
    }
}

fn new_or_old(asks: Customers) -> (&'static str, String, String) {
    let (zh, en) = match asks {
        Customers::New => ("新", "new"),
        Customers::Old | Customers::Any => ("老", "old"),
    };
    (
        "commission.customer",
        format!("该计提项只适用于{zh}客户"),
        format!("the component is for {en} customers"),
    )
}

pub(crate) fn not_chosen(plan: &str, why: NotChosen) -> Reason {
    let (code, zh, en) = match why {
        NotChosen::NotAtThisTime => (
            "commission.not_at_this_time",
            "当日不在指定期内",
            "not at this time",
        ),
        NotChosen::NearerOneCounts => (
            "commission.nearer_one_counts",
            "有更直接的方案（个人先于岗位，岗位先于部门）",
            "something nearer to the person counts",
        ),
        NotChosen::NoVersion => (
            "commission.no_version",
            "当日没有生效的版本",
            "it has no version then",
        ),
        NotChosen::OtherPlace => (
            "commission.other_place",
            "它针对成交中的另一席位",
            "it pays another place of the deal",
        ),
    };
    Reason::new(
        code,
        format!("方案「{plan}」未采用：{zh}"),
        format!("plan {plan} was not used: {en}"),
    )
}

pub(crate) fn promised(one: &Advance) -> Reason {
    let (name, version, from, to) = (&one.plan_name, one.version, one.from, one.to);
    let (whole, promised) = (one.draw.amount, one.promised);
    let (kind, kind_en) = match one.draw.recoverable {
        true => ("预支", "draw"),
        false => ("保底", "guarantee"),
    };
    let (part, part_en) = match one.days == one.of_days {
        true => (String::new(), String::new()),
        false => (
            format!(
                "，适用 {} 天（共 {} 天），折算 {promised} 元",
                one.days, one.of_days
            ),
            format!(", {promised} for {} of {} days", one.days, one.of_days),
        ),
    };
    Reason::new(
        "commission.promised",
        format!("方案「{name}」第 {version} 版：{from} 至 {to} {kind} {whole} 元{part}"),
        format!("plan {name}, version {version}: {kind_en} of {whole}, {from} to {to}{part_en}"),
    )
}

pub(crate) fn topped_up(one: &Advance) -> Reason {
    let step = one.step;
    let (earned, added, recovered, balance) =
        (step.earned, step.added, step.recovered, step.balance);
    let (zh, en) = match (added > Fen::ZERO, recovered > Fen::ZERO) {
        (true, _) => (
            format!("本期计提 {earned} 元，不足部分补 {added} 元"),
            format!("earned {earned}, so {added} is added"),
        ),
        (_, true) => (
            format!("本期计提 {earned} 元，从超出部分收回此前预支 {recovered} 元"),
            format!("earned {earned}; {recovered} advanced before is recovered from the excess"),
        ),
        _ => (
            format!("本期计提 {earned} 元，已达到，不补"),
            format!("earned {earned}: nothing is added"),
        ),
    };
    let (left, left_en) = match one.draw.recoverable {
        true => (
            format!("，尚待收回 {balance} 元"),
            format!("; {balance} is still to be recovered"),
        ),
        false => ("，不再收回".to_owned(), "; it is not recovered".to_owned()),
    };
    Reason::new(
        "commission.topped_up",
        format!("{zh}{left}"),
        format!("{en}{left_en}"),
    )
}

pub(crate) fn advance_due(one: &Advance) -> Reason {
    let (to, due) = (one.to, one.payable_on);
    Reason::new(
        "commission.advance_due",
        format!("{to} 结算，{due} 应付"),
        format!("settled on {to}, due on {due}"),
    )
}
