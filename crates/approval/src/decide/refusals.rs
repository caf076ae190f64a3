//! Every "no" of the engine, in one place 不予办理.

use kernel::{EmployeeId, Refusal};

use crate::item::{ItemNo, ItemState};
use crate::state::CaseState;

pub(super) fn not_started() -> Refusal {
    Refusal::conflict(
        "approval.not_started",
        "流程尚未发起",
        "The case has not been started",
    )
    .remedy(("请先发起流程", "Start the case first"))
}

pub(super) fn already_started() -> Refusal {
    Refusal::conflict(
        "approval.already_started",
        "流程已经发起，不能再次发起",
        "The case has already been started",
    )
    .remedy(("请刷新后查看流程进度", "Reload to see how far the case is"))
}

pub(super) fn other_definition(key: &str, version: u32) -> Refusal {
    Refusal::conflict(
        "approval.other_definition",
        format!("该流程不是按「{key}」第 {version} 版运行的"),
        format!("The case does not run under {key} version {version}"),
    )
    .remedy((
        "运行中的流程保持发起时的版本，请用该版本办理",
        "A running case keeps the version it began with; use that one",
    ))
}

pub(super) fn case_closed(state: CaseState) -> Refusal {
    Refusal::conflict(
        "approval.case_closed",
        format!("流程{}，不能再办理", state.label_zh()),
        format!(
            "The case is {} and takes no more decisions",
            state.label_en()
        ),
    )
    .remedy((
        "如需更改，请重新发起流程；仍可发表评论",
        "Start a new case for a change; comments are still possible",
    ))
}

pub(super) fn no_such_item(no: ItemNo) -> Refusal {
    Refusal::invalid(
        "approval.no_such_item",
        format!("没有编号为 {} 的待办", no.0),
        format!("There is no item number {}", no.0),
    )
    .remedy(("请刷新待办列表", "Reload the list of tasks"))
}

pub(super) fn item_not_open(state: ItemState) -> Refusal {
    let (message, message_en) = match state {
        ItemState::Superseded => (
            "该待办已由他人处理",
            "Somebody else has dealt with the item",
        ),
        ItemState::Done => ("该待办已经办理过", "The item has already been dealt with"),
        ItemState::Waiting => (
            "该待办还在等待他人，尚未轮到",
            "It is not this item's turn yet",
        ),
        ItemState::Cancelled | ItemState::Open => ("该待办已取消", "The item has been cancelled"),
    };
    Refusal::conflict("approval.item_not_open", message, message_en)
        .remedy(("请刷新待办列表", "Reload the list of tasks"))
}

pub(super) fn not_yours() -> Refusal {
    Refusal::invalid(
        "approval.not_yours",
        "这不是您的待办",
        "The item is not yours",
    )
    .remedy((
        "请联系当前处理人，或由管理员转办",
        "Ask whoever has it now, or let an administrator pass it on",
    ))
}

pub(super) fn claim_first() -> Refusal {
    Refusal::invalid(
        "approval.claim_first",
        "该待办在待办池中，尚无人认领",
        "The item lies in a pool and nobody has claimed it",
    )
    .remedy(("请先认领再办理", "Claim it first"))
}

pub(super) fn not_in_pool() -> Refusal {
    Refusal::invalid(
        "approval.not_in_pool",
        "该待办不在您所属的待办池中",
        "The item lies in no pool of yours",
    )
    .remedy((
        "请由该待办池的人员认领；确应由您办理的，请安全管理员调整您账号的角色",
        "Let somebody of that pool claim it; else ask the security administrator about your roles",
    ))
}

pub(super) fn claimed(by: &str) -> Refusal {
    Refusal::conflict(
        "approval.claimed",
        format!("该待办已由{by}认领"),
        format!("{by} has claimed the item"),
    )
    .remedy((
        "请刷新待办列表；需要由您办理的，请认领人转办",
        "Reload the list of tasks; whoever claimed it can hand it on to you",
    ))
}

pub(super) fn for_himself(node: &str, who: &str) -> Refusal {
    Refusal::invalid(
        "approval.for_himself",
        format!("「{node}」须由{who}本人表示，不能交给他人或待办池"),
        format!("“{node}” asks for the word of {who}, which goes to nobody else and to no pool"),
    )
    .remedy((
        "请其本人在「我的待办」中同意或拒绝；不愿或不便办理的，可拒绝并写明原因，由发起人另行安排",
        "Ask for a yes or a no in that person's own list of tasks; after a no with its reason, \
         whoever asked arranges it another way",
    ))
}

pub(super) fn barred(node: &str) -> Refusal {
    Refusal::invalid(
        "approval.barred",
        format!("「{node}」须回避的人员不能参与办理"),
        format!("Somebody who must stand aside cannot act at “{node}”"),
    )
    .remedy((
        "请选择与本事项没有利害关系的人员",
        "Choose somebody who has no interest in the matter",
    ))
}

pub(super) fn no_right(node: &str, right: &(String, String), who: &str) -> Refusal {
    let (zh, en) = right;
    Refusal::invalid(
        "approval.no_right",
        format!("「{node}」须由有权「{zh}」的人员办理；{who}没有这项权限，或其范围不含当事人"),
        format!("“{node}” asks for the right “{en}”; {who} lacks it, or not far enough"),
    )
    .remedy((
        "请选择有此权限、与本事项没有利害关系的人员，如当事人的上级主管或高管；确应由其办理的，\
         请安全管理员先调整其账号的角色",
        "Choose somebody with that right who has no interest in the matter, such as a superior of \
         the person concerned or an executive; else let the security administrator change the \
         roles of the login first",
    ))
}

pub(super) fn unfit_pool(node: &str) -> Refusal {
    Refusal::invalid(
        "approval.unfit_pool",
        format!("所选待办池中没有在岗且可以办理「{node}」的人员"),
        format!("Nobody at work in the chosen pool may act at “{node}”"),
    )
    .remedy(("请选择可以办理的人员", "Choose somebody who may act"))
}

pub(super) fn not_in_person(node: &str) -> Refusal {
    Refusal::invalid(
        "approval.not_in_person",
        format!("「{node}」须由本人表示同意，不能由他人代为办理"),
        format!("“{node}” needs the consent of that very person"),
    )
    .remedy((
        "本人在岗的，请人事把待办转回本人；本人已离职或办理离职的，请拒绝并写明原因，由发起人另行安排",
        "Where the person is at work, let HR move the task back; where the person leaves or has \
         left, refuse with the reason, and whoever asked arranges it another way",
    ))
}

pub(super) fn not_at_work(_: EmployeeId) -> Refusal {
    Refusal::invalid(
        "approval.not_at_work",
        "所选人员不在岗，不能接收待办",
        "The chosen person is not at work and cannot take the item",
    )
    .remedy(("请选择在岗人员", "Choose somebody who is at work"))
}

pub(super) fn same_person() -> Refusal {
    Refusal::invalid(
        "approval.same_person",
        "该人员已在本节点办理，不能重复指定",
        "The person already has a seat at this step",
    )
    .remedy(("请选择其他人员", "Choose somebody else"))
}

pub(super) fn not_allowed(node: &str, action: &str, action_en: &str) -> Refusal {
    Refusal::invalid(
        "approval.not_allowed",
        format!("「{node}」不允许{action}"),
        format!("“{node}” does not allow to {action_en}"),
    )
    .remedy((
        "请使用该待办列出的操作",
        "Use the buttons that stand beside the task",
    ))
}

pub(super) fn words_needed(lacks: &str, at: &str) -> Refusal {
    let remedy = (
        "请填写，不超过 2000 字",
        "Write something, of at most 2,000 characters",
    );
    Refusal::invalid("approval.words_needed", lacks, "This needs words")
        .remedy(remedy)
        .at(at, remedy)
}

pub(super) fn too_long() -> Refusal {
    Refusal::invalid(
        "approval.too_long",
        "文字超过 2000 字",
        "The text has more than 2000 characters",
    )
    .remedy(("请精简后再提交", "Make it shorter"))
}

pub(super) fn wrong_kind(remedy: (&str, &str)) -> Refusal {
    Refusal::invalid(
        "approval.wrong_kind",
        "该待办不接受这种操作",
        "The item does not take this action",
    )
    .remedy(remedy)
}

pub(super) fn unchecked(missing: &[&str]) -> Refusal {
    let list = missing.join("、");
    Refusal::invalid(
        "approval.unchecked",
        format!("清单中还有未完成的事项：{list}"),
        format!("Entries of the checklist are not done: {list}"),
    )
    .remedy(("请逐项完成并勾选后再办结", "Do and tick every entry first"))
}

pub(super) fn system_only() -> Refusal {
    Refusal::invalid(
        "approval.system_only",
        "该操作由系统执行，不能由个人提交",
        "Only the system does this",
    )
}

pub(super) fn too_many_seats(node: &str, limit: usize) -> Refusal {
    Refusal::invalid(
        "approval.too_many_seats",
        format!("「{node}」的审批人超过 {limit} 人"),
        format!("“{node}” has more than {limit} seats"),
    )
    .remedy((
        "请改用角色待办池，或减少审批人",
        "Use the pool of a role, or fewer approvers",
    ))
}

pub(super) fn nowhere_back(why: &str, why_en: &str) -> Refusal {
    Refusal::conflict(
        "approval.nowhere_back",
        format!("不能退回：{why}"),
        format!("It cannot be sent back: {why_en}"),
    )
    .remedy((
        "请选择已办结的在先节点，或退回发起人，或拒绝",
        "Choose a step before this one that is done, send it back to whoever asked, or refuse",
    ))
}

pub(super) fn moved_on(what: &str, what_en: &str) -> Refusal {
    Refusal::conflict("approval.moved_on", what, what_en)
        .remedy(("请刷新后再试", "Reload and try again"))
}

pub(super) fn bad_fact(key: &str, why: &str, why_en: &str) -> Refusal {
    Refusal::invalid(
        "approval.bad_fact",
        format!("事实「{key}」{why}"),
        format!("Fact “{key}” {why_en}"),
    )
    .remedy(("请按流程定义填写", "Fill it in as the flow defines it"))
    .at(&format!("/facts/{key}"), (why, format!("It {why_en}")))
}

pub(super) fn no_answer(table: &str, output: &str) -> Refusal {
    Refusal::conflict(
        "approval.no_answer",
        format!("规则表「{table}」没有给出「{output}」"),
        format!("The table {table} gave no {output}"),
    )
    .remedy((
        "请先发布该规则表，或补全其条件",
        "Publish this table first, or complete its conditions",
    ))
}
