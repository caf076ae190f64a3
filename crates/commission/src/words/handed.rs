//! The sentences about what a handover leaves to whom 交接条款的说明

use kernel::{Bps, Reason};

use super::percent;
use crate::explain::Names;
use crate::plan::RuleRow;
use crate::split_after_handover::{
    Agreement, Clause, Covers, Piece, Split, Stays, Step, TableStep, Terms,
};

pub(crate) fn split(split: &Split, names: &impl Names) -> Reason {
    let (from, to) = (names.person(split.from), names.person(split.successor));
    let days = split.days;
    let (zh, en) = clause(&split.clause);
    let (row_zh, row_en) = split
        .decided_by
        .as_ref()
        .map_or_else(Default::default, |row| {
            let RuleRow {
                table,
                version,
                row,
                asked,
                asked_en,
            } = row;
            let (asked, asked_en) = match asked.as_str() {
                "" => (String::new(), String::new()),
                asked => (format!("（{asked}）"), format!(" ({asked_en})")),
            };
            (
                format!("；依据决策表「{table}」第 {version} 版第 {row} 行{asked}"),
                format!("; by table {table}, version {version}, row {row}{asked_en}"),
            )
        });
    let record = names.record(&split.record);
    let (pool_zh, pool_en) = split.pool.map_or_else(Default::default, |share| {
        let share = percent(share);
        (
            format!("；团队先得 {share}"),
            format!("; {share} goes to the team first"),
        )
    });
    let (gone_zh, gone_en) = leavers(split);
    let (zh, en) = (
        format!("{zh}{row_zh}{pool_zh}{gone_zh}"),
        format!("{en}{row_en}{pool_en}{gone_en}"),
    );
    let (what_zh, what_en) = handed(split, (&from, &to));
    Reason::new(
        "commission.split_after_handover",
        format!("{what_zh}（{record}），至今第 {days} 天：{zh}"),
        format!("{what_en} ({record}), day {days}: {en}"),
    )
}

/// What changed hands, when, and who has it.
fn handed(split: &Split, (from, to): (&str, &str)) -> (String, String) {
    let on = split.effective_on;
    match (split.goes_on, split.merged, split.apart) {
        (true, _, true) => (
            format!("本合同于 {on} 由 {from} 单独交接，后再次移交，现由 {to} 负责"),
            format!(
                "this contract alone was handed over by {from} on {on}, and is {to}'s by a later \
                 handover"
            ),
        ),
        (true, _, false) => (
            format!("该客户于 {on} 由 {from} 交接，后再次移交，现由 {to} 负责"),
            format!("handed over by {from} on {on}, and {to}'s by a later handover"),
        ),
        (false, true, _) => (
            format!("该客户于 {on} 由 {from} 交接，后因客户合并由 {to} 负责"),
            format!("handed over by {from} on {on}, and {to}'s by a merge since"),
        ),
        (false, false, true) => (
            format!("本合同于 {on} 由 {from} 单独交接给 {to}"),
            format!("this contract alone was handed over from {from} to {to} on {on}"),
        ),
        (false, false, false) => (
            format!("该客户于 {on} 由 {from} 交接给 {to}"),
            format!("handed over from {from} to {to} on {on}"),
        ),
    }
}

/// What of it goes on for people who have left.
fn leavers(split: &Split) -> (String, String) {
    let first = split.leavers.map(percent);
    match (split.goes_on, first) {
        (true, _) => (
            "；已离职人员的份额不因再次移交而终止".to_owned(),
            "; what was left to somebody who has left goes on".to_owned(),
        ),
        (false, Some(share)) => (
            format!("；已离职人员按此前的条款先得 {share}"),
            format!("; {share} goes first to people who have left, by earlier terms"),
        ),
        (false, None) => Default::default(),
    }
}

/// Whose owner's part goes on though somebody else has the customer.
pub(crate) fn stays(stays: Stays, names: &impl Names) -> Reason {
    let (leaver, owner) = (names.person(stays.leaver), names.person(stays.owner));
    let on = stays.left_on;
    Reason::new(
        "commission.stays_with_leaver",
        format!(
            "{leaver} 于 {on} 离职，该客户此后未经其交接，现由 {owner} 负责；本合同于其离职前\
             签订，负责人的份额仍归其本人"
        ),
        format!(
            "{leaver} left on {on} and the customer is {owner}'s without a handover from \
             {leaver}, who keeps the owner's part of this contract: it was signed before"
        ),
    )
}

fn clause(clause: &Clause) -> (String, String) {
    match clause {
        Clause::WithinDays { before_day } => (
            format!("在 {before_day} 天保护期档内"),
            format!("within the step of {before_day} days"),
        ),
        Clause::Over { after } => (
            format!("{after} 天保护期已过"),
            format!("the protection of {after} days is over"),
        ),
        Clause::ContractRuns => (
            "合同仍在履行期内".to_owned(),
            "the contract is still running".to_owned(),
        ),
        Clause::ContractEnded { on } => (
            format!("合同已于 {on} 到期"),
            format!("the contract ended on {on}"),
        ),
        Clause::SignedAfter => (
            "合同在交接之后签订，不在条款范围内".to_owned(),
            "the contract was signed after the handover and is not covered".to_owned(),
        ),
        Clause::Work => (
            "按交接日已完成的工作量分配".to_owned(),
            "by the work done before the handover".to_owned(),
        ),
        Clause::Agreed => ("按三方协商".to_owned(), "as the three agreed".to_owned()),
        Clause::AgreementOver { on } => (
            format!("协商期已于 {on} 届满"),
            format!("the agreement ran until {on}"),
        ),
        Clause::NothingKept => (
            "约定全部归接替人".to_owned(),
            "everything goes to the successor".to_owned(),
        ),
    }
}

pub(crate) fn terms(terms: &Terms) -> Reason {
    let (zh, en) = match terms {
        Terms::Protection {
            steps,
            afterwards,
            covers,
        } => protection(steps, *afterwards, *covers),
        Terms::ToContractEnd { share } => {
            let share = percent(*share);
            (
                format!("交接前签订的合同，原负责人至合同结束享有 {share}"),
                format!(
                    "on contracts signed before the handover the previous owner gets {share} to \
                     their end"
                ),
            )
        }
        Terms::ShareOfWork { pieces } => {
            let list = |between: &str| {
                let piece = |one: &Piece| {
                    let (weight, done) = (percent(one.weight), percent(one.done));
                    format!("{} {weight} × {done}", one.name)
                };
                pieces.iter().map(piece).collect::<Vec<_>>().join(between)
            };
            (
                format!(
                    "交接前签订的合同，按交接日已完成的工作量分配：{}",
                    list("、")
                ),
                format!(
                    "contracts signed before the handover are shared by the work done until its \
                     day: {}",
                    list(", ")
                ),
            )
        }
        Terms::Negotiated {
            share,
            until,
            agreement,
        } => {
            let share = percent(*share);
            let (zh, en) = until.map_or_else(
                || ("长期".to_owned(), "for good".to_owned()),
                |day| (format!("至 {day}"), format!("until {day}")),
            );
            (
                format!("三方协商：原负责人{zh}享有 {share}（{agreement}）"),
                format!("as the three agreed, the previous owner gets {share} {en} ({agreement})"),
            )
        }
        Terms::ByTable {
            name,
            covers,
            steps,
            ..
        } => tabled(name, *covers, steps),
        Terms::NothingKept => (
            "生效日起的提成全部归接替人".to_owned(),
            "all commission from the effective day on goes to the successor".to_owned(),
        ),
    };
    Reason::new("commission.terms", zh, en)
}

/// What the previous owner gets, and what the team gets before the two share.
pub(crate) fn agreement(agreement: &Agreement) -> Reason {
    let said = terms(&agreement.terms);
    let Some(pool) = &agreement.pool else {
        return said;
    };
    let (share, count) = (percent(pool.share), pool.members.parts().len());
    let (days_zh, days_en) = pool.before_day.map_or_else(Default::default, |days| {
        (format!("{days} 天内"), format!(" within {days} days"))
    });
    Reason::new(
        "commission.terms",
        format!(
            "{days_zh}团队 {count} 人先得 {share}；其余部分，{}",
            said.zh
        ),
        format!(
            "{share} goes first to a team of {count}{days_en}; of the rest, {}",
            said.en
        ),
    )
}

fn protection(steps: &[Step], afterwards: Bps, covers: Covers) -> (String, String) {
    let step = |one: &Step| (one.before_day, percent(one.share));
    let zh: Vec<String> = steps
        .iter()
        .map(step)
        .map(|(days, share)| format!("{days} 天内 {share}"))
        .collect();
    let en: Vec<String> = steps
        .iter()
        .map(step)
        .map(|(days, share)| format!("{share} within {days} days"))
        .collect();
    let (zh_of, en_of) = covered(covers);
    let rest = percent(afterwards);
    (
        format!("{zh_of}，原负责人享有：{}，其后 {rest}", zh.join("、")),
        format!(
            "on {en_of} the previous owner gets {}, then {rest}",
            en.join(", ")
        ),
    )
}

fn covered(covers: Covers) -> (&'static str, &'static str) {
    match covers {
        Covers::All => ("全部合同", "all contracts"),
        Covers::SignedBefore => ("交接前签订的合同", "contracts signed before the handover"),
    }
}

/// What a table said for each stretch of days, or that it will be asked.
fn tabled(name: &str, covers: Covers, steps: &[TableStep]) -> (String, String) {
    let (zh_of, en_of) = covered(covers);
    let Some(first) = steps.first() else {
        return (
            format!("{zh_of}，原负责人的份额按决策表「{name}」生效日的版本逐户确定"),
            format!(
                "on {en_of} the previous owner gets what table {name} says for each customer on \
                 the effective day"
            ),
        );
    };
    let said = |step: &TableStep| {
        let (share, row) = (percent(step.share), step.row.row);
        match step.before_day {
            Some(days) => (
                format!("{days} 天内 {share}（第 {row} 行）"),
                format!("{share} within {days} days (row {row})"),
            ),
            None => (
                format!("其后 {share}（第 {row} 行）"),
                format!("then {share} (row {row})"),
            ),
        }
    };
    let (zh, en): (Vec<String>, Vec<String>) = steps.iter().map(said).unzip();
    let version = first.row.version;
    (
        format!(
            "{zh_of}，按决策表「{name}」第 {version} 版，原负责人享有：{}",
            zh.join("、")
        ),
        format!(
            "on {en_of}, by table {name}, version {version}, the previous owner gets {}",
            en.join(", ")
        ),
    )
}
