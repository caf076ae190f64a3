//! Whom a step asks, and what is missing where nobody is there 办理人.

use ::approval::def::Node;
use ::approval::directory::Directory;
use ::approval::policy::{Anchor, Who};
use kernel::EmployeeId;

use super::company::Company;
use super::offices;
use crate::roles;

/// How many managers upwards somebody is looked for, as the engine does.
const CLIMB: usize = 6;

fn whos(node: &Node) -> Vec<&Who> {
    match node {
        Node::Approve(it) => it.approvers.iter().collect(),
        Node::Task(it) => vec![&it.owner],
        Node::Cc(it) => it.to.iter().collect(),
        _ => Vec::new(),
    }
}

/// Whom a step asks, in Chinese and English.
pub(super) fn asked(node: &Node) -> Vec<(String, String)> {
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    let words = whos(node).into_iter().map(|who| match who {
        Who::Role { key } | Who::Pool { key } => {
            offices::find(key).map_or_else(|| both(key, key), |office| both(office.zh, office.en))
        }
        Who::Manager { level: 1, .. } => both("直属上级", "direct manager"),
        Who::Manager { level, .. } => (
            format!("上级（第 {level} 级）"),
            format!("line manager (level {level})"),
        ),
        Who::Initiator => both("发起人", "initiator"),
        Who::Subject => both("当事人", "person concerned"),
        Who::Fact { .. } => both("申请中指定的人员", "person named in the request"),
        Who::Person { .. } => both("指定的员工", "a named employee"),
    });
    words.collect()
}

/// Why nobody whom the step asks can act, and what would help; nothing where somebody can. `about`
/// leaves and does not count.
pub(super) fn vacancy(
    company: &Company,
    node: &Node,
    about: Option<EmployeeId>,
) -> Option<(String, String)> {
    if matches!(node, Node::Cc(_)) {
        return None;
    }
    let all: Option<Vec<(String, String)>> = whos(node)
        .into_iter()
        .map(|who| missing(company, (who, node.right()), about))
        .collect();
    all?.into_iter().next()
}

fn missing(
    company: &Company,
    (who, right): (&Who, Option<&str>),
    about: Option<EmployeeId>,
) -> Option<(String, String)> {
    let able = right.map(|right| company.holders(right, about));
    let acts = |person: &EmployeeId| {
        let may = able.as_ref().is_none_or(|able| able.contains(person));
        may && Some(*person) != about && company.is_active(*person)
    };
    match who {
        Who::Role { key } | Who::Pool { key } => {
            let office = offices::find(key)?;
            let manned = company.members(key).iter().any(acts);
            (!manned).then(|| nobody_in(office))
        }
        Who::Manager {
            of: Anchor::Subject,
            ..
        } => {
            let about = about?;
            let above = std::iter::successors(company.manager_of(about), |person| {
                company.manager_of(*person)
            });
            let led = above.take(CLIMB).any(|person| acts(&person));
            let right = right.map(|right| company.right(right));
            (!led).then(|| nobody_above(&company.called(about), right))
        }
        _ => None,
    }
}

fn nobody_in(office: &offices::Office) -> (String, String) {
    let shipped = roles::shipped();
    let held = shipped
        .iter()
        .filter(|role| office.roles.contains(&role.key.as_str()));
    let (zh, en): (Vec<_>, Vec<_>) = held
        .map(|role| (role.zh.as_str(), role.en.as_str()))
        .unzip();
    let (zh, en) = (zh.join("、"), en.join(", "));
    let (office_zh, office_en) = (office.zh, office.en);
    (
        format!(
            "没有在岗人员担任「{office_zh}」，此项暂由人事、高管兜底；请安全管理员为办理人开通账号并授予\
             「{zh}」角色"
        ),
        format!(
            "Nobody at work is {office_en}; HR and executives take it meanwhile. Ask the security \
             administrator to give somebody the role {en}"
        ),
    )
}

fn nobody_above(who: &str, right: Option<(String, String)>) -> (String, String) {
    let (zh, en) = right.map_or_else(Default::default, |(zh, en)| {
        (
            format!("和「{zh}」的权限"),
            format!(" with the right “{en}”"),
        )
    });
    (
        format!(
            "{who}没有可以办理的直属上级，此项暂由人事、高管兜底；请人事为其部门指定负责人，\
             该负责人须有可登录的账号{zh}"
        ),
        format!(
            "Nobody who can act stands above {who}; HR and executives take it meanwhile. Ask HR to \
             name a head of the department who has a login{en}"
        ),
    )
}
