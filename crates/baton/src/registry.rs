//! What users can do at all 业务动作总表.
//!
//! One line an act. From this list come the permission matrix, the labels on screens, what an
//! approval may hold back, and the tests that no act lacks its proof.

use std::pin::Pin;

use access::Policy;
use kernel::Refusal;
use serde_json::Value as Json;
use spine::{Act, AnyAct, Failure, Job};

use crate::house::House;
use crate::people::acts as people;
use crate::session::acts as session;
use crate::{permissions, roles};

/// One act.
pub struct ActLine {
    /// [`Act::NAME`]
    pub name: &'static str,
    /// What it is called on screen.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Makes the act again from a stored request.
    pub revive: fn(Json) -> Result<Box<dyn AnyAct>, serde_json::Error>,
}

const fn line<A: Act>(zh: &'static str, en: &'static str) -> ActLine {
    ActLine {
        name: A::NAME,
        zh,
        en,
        revive: revive::<A>,
    }
}

fn revive<A: Act>(body: Json) -> Result<Box<dyn AnyAct>, serde_json::Error> {
    serde_json::from_value::<A>(body).map(|act| Box::new(act) as Box<dyn AnyAct>)
}

/// Every act there is.
pub const ACTS: &[ActLine] = &[
    line::<session::open::Open>("登录", "Log in"),
    line::<session::count_failure::CountFailure>("登录失败", "Failed login"),
    line::<session::close::Close>("退出登录", "Log out"),
    line::<session::change_password::ChangePassword>("修改密码", "Change password"),
    line::<session::add_login::AddLogin>("开通账号", "Open a login"),
    line::<session::set_roles::SetRoles>("调整角色", "Set roles"),
    line::<session::set_access::SetAccess>("调整访问状态", "Set access mode"),
    line::<people::add_entity::AddEntity>("新建法律主体", "Add an entity"),
    line::<people::add_department::AddDepartment>("新建部门", "Add a department"),
    line::<people::add_post::AddPost>("新建岗位", "Add a post"),
    line::<people::add_employee::AddEmployee>("员工入职", "Add an employee"),
    line::<people::change_job::ChangeJob>("调岗", "Change job"),
    line::<people::set_head::SetHead>("指定部门负责人", "Set the head of a department"),
    line::<people::set_state::SetState>("调整在职状态", "Set employment state"),
    line::<people::add_stand_in::AddStandIn>("设置代理人", "Name a stand-in"),
    line::<people::end_stand_in::EndStandIn>("结束代理", "End a stand-in"),
    line::<people::lend_asset::LendAsset>("领用资产", "Lend an asset"),
    line::<people::return_asset::ReturnAsset>("归还资产", "Return an asset"),
    line::<people::close_account::CloseAccount>("关闭系统账号", "Close an account"),
    line::<people::reveal_employee::RevealEmployee>("查看员工证件", "Reveal an employee's papers"),
    line::<people::set_calendar::SetCalendar>("录入放假安排", "Enter holidays"),
];

/// The line of an act, by name.
#[must_use]
pub fn act(name: &str) -> Option<&'static ActLine> {
    ACTS.iter().find(|line| line.name == name)
}

/// What a job's runner gives.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// One kind of job.
pub struct JobLine {
    /// `noun.verb`
    pub kind: &'static str,
    /// What it is called on screen.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Does it.
    pub run: for<'a> fn(&'a House, &'a Job) -> Running<'a>,
}

/// Every kind of job.
pub const JOBS: &[JobLine] = &[];

/// The line of a kind of job.
#[must_use]
pub fn job(kind: &str) -> Option<&'static JobLine> {
    JOBS.iter().find(|line| line.kind == kind)
}

/// The rules of access as they are shipped.
///
/// # Errors
/// [`Refusal`] when a role names a permission that is not on the list.
pub fn policy() -> Result<Policy, Refusal> {
    Policy::new(permissions::all(), roles::shipped())
}
