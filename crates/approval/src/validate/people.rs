//! People named in a definition who have left 人员校验.

use super::Finding;
use crate::def::Def;
use crate::directory::Directory;
use crate::policy::Who;

/// Named people who are not at work, and roles without members: to be run at publishing and again
/// whenever somebody leaves.
#[must_use]
pub fn check_people(def: &Def, directory: &dyn Directory) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in def.nodes() {
        for who in node.whos() {
            match who {
                Who::Person { id } if !directory.is_active(*id) => findings.push(Finding::at(
                    "person_left",
                    node,
                    "指定的人员已不在岗，请改派",
                    "names a person who is not at work",
                )),
                Who::Role { key } | Who::Pool { key } if directory.members(key).is_empty() => {
                    let zh = format!("的角色「{key}」没有成员，将转管理员");
                    let en = format!("asks role “{key}”, which has no members");
                    findings.push(Finding::at("role_empty", node, &zh, &en).mild());
                }
                _ => {}
            }
        }
    }
    findings
}
