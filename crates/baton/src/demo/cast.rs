//! Who may sign in to the demo company 演示账号.

use kernel::{EmployeeId, LoginId};
use spine::{By, Failure, Fault};

use super::staff::Person;
use super::stage::Stage;
use crate::handover::store::{self as plans, ListFilter, PlanState};
use crate::house::House;
use crate::session;
use crate::session::acts::add_login::AddLogin;
use crate::{people, scope};

/// The password of every demo login; it protects nothing, and so nobody has to change it. Only
/// books that are declared to be for rehearsal ever hold such a login.
pub(crate) const PASSWORD: &str = "Jiebang-2026";

/// The two administrators who are no employees: 工号, name, role.
const TECHNICIANS: [(&str, &str, &str); 2] = [
    ("sysadmin", "系统管理员", "system_admin"),
    ("secadmin", "安全管理员", "security_admin"),
];

/// The role of a post.
fn role_of(post: &str) -> &'static str {
    match post {
        "总经理" => "executive",
        "销售总监" | "大区经理" | "销售主管" => "sales_manager",
        "财务专员" => "finance",
        "人事专员" => "hr",
        "法务专员" => "legal",
        "系统工程师" => "it",
        "数据专员" => "data_steward",
        "行政专员" => "office",
        "审计专员" => "auditor",
        _ => "salesperson",
    }
}

/// Argon2id of the password; once for all logins, since it is the dearest part of them.
pub(super) fn password_hash(stage: &Stage) -> Result<String, Fault> {
    let mut salt = [0; 16];
    stage.house.spine.chance().fill(&mut salt);
    session::hash_password(PASSWORD, salt)
}

fn login(
    (number, name, role): (&str, &str, &str),
    employee: Option<EmployeeId>,
    hash: &str,
) -> AddLogin {
    AddLogin {
        employee,
        number: number.to_owned(),
        name: name.to_owned(),
        password_hash: hash.to_owned(),
        must_change: false,
        roles: vec![role.to_owned()],
    }
}

/// Opens the login of a person.
pub(super) async fn sign_up(
    stage: &Stage,
    person: &Person,
    employee: EmployeeId,
    hash: &str,
) -> Result<LoginId, Failure> {
    let whose = (
        person.number.as_str(),
        person.name.as_str(),
        role_of(person.post),
    );
    stage.set_up(&login(whose, Some(employee), hash)).await
}

/// Opens the logins of the administrators who are no employees.
pub(super) async fn sign_up_technicians(stage: &Stage) -> Result<(), Failure> {
    let hash = password_hash(stage)?;
    for technician in TECHNICIANS {
        stage.set_up(&login(technician, None, &hash)).await?;
    }
    Ok(())
}

/// A login for the newcomer.
pub(crate) struct Guide {
    /// What he is, in Chinese.
    pub(crate) role: String,
    pub(crate) number: String,
    pub(crate) name: String,
    /// What to look at first.
    pub(crate) first: &'static str,
}

/// What each role looks at first.
fn first_look(role: &str) -> &'static str {
    match role {
        "salesperson" => "我的待办：有一份交接等您接受或拒绝",
        "sales_manager" => "离职：一份交接方案待提交，可拖动改派",
        "executive" => "工作台：全公司的离职、交接与应收",
        "hr" => "离职：看板上十二件离职，各在不同阶段",
        "finance" => "客户与应收；导入：有一批含被拒的行",
        "legal" => "离职：无过失性辞退，工会通知已登记；存证",
        "it" => "我的待办：离职员工的账号待关闭",
        "office" => "我的待办：离职员工的资产待收回",
        "data_steward" => "导入：旧系统逐季导入的批次与报告",
        "system_admin" => "系统：日历、后台任务",
        "security_admin" => "预警：越权的尝试；系统：账号与角色",
        "auditor" => "存证：逐条核对，下载证明",
        _ => "工作台",
    }
}

/// One login of each role, those first who have something to do, and somebody who is leaving.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn one_of_each(house: &House) -> Result<Vec<Guide>, Failure> {
    let system = By::system("install");
    let mut look = house.spine.look(&system).await?;
    let mut books = look.books();
    let mut guides = Vec::new();
    let mut waiting = waiting_receiver(house, &mut books).await?;
    for role in crate::roles::shipped() {
        let first = session::store::first_with_role(&mut books, &role.key).await?;
        let busy = match role.key.as_str() {
            "salesperson" => waiting.take(),
            "sales_manager" => drawing_manager(house, &mut books).await?,
            _ => None,
        };
        if let Some((number, name)) = busy.or(first) {
            guides.push(Guide {
                role: role.zh.clone(),
                number,
                name,
                first: first_look(&role.key),
            });
        }
    }
    if let Some((number, name)) = session::store::first_in_handover(&mut books).await? {
        guides.push(Guide {
            role: "离职中的业务员".to_owned(),
            number,
            name,
            first: "交接模式：只看到自己的客户，不能导出、不能改归属",
        });
    }
    Ok(guides)
}

/// Number and name of whoever drew up a plan that is still a draft.
async fn drawing_manager(
    house: &House,
    books: &mut spine::Reader<'_>,
) -> Result<Option<(String, String)>, Failure> {
    let Some(plan) = in_state(house, books, PlanState::Draft).await?.pop() else {
        return Ok(None);
    };
    let Ok(drawer) = plan.head.drawn_by.parse::<EmployeeId>() else {
        return Ok(None);
    };
    let names = people::store::names_of(books, [drawer]).await?;
    Ok(names.get(&drawer).cloned())
}

/// Plans that stand there, the newest first.
async fn in_state(
    house: &House,
    books: &mut spine::Reader<'_>,
    state: PlanState,
) -> Result<Vec<plans::PlanLine>, Failure> {
    let system = By::system("install");
    let reach = scope::reach(&house.spine, &system, crate::permissions::HANDOVER_READ);
    let filter = ListFilter {
        state: Some(state),
        ..ListFilter::default()
    };
    Ok(plans::list(books, &reach, &filter, 20).await?)
}

/// Number and name of a receiver who has not answered a plan that waits for him.
async fn waiting_receiver(
    house: &House,
    books: &mut spine::Reader<'_>,
) -> Result<Option<(String, String)>, Failure> {
    for line in in_state(house, books, PlanState::Submitted).await? {
        let answered: Vec<EmployeeId> = plans::answers(books, line.head.id)
            .await?
            .into_iter()
            .map(|answer| answer.successor)
            .collect();
        let loaded = crate::handover::loaded::loaded(books, line.head.id).await?;
        let open = loaded.plan.successors();
        let open = open.into_iter().find(|one| !answered.contains(one));
        if let Some(open) = open {
            let names = people::store::names_of(books, [open]).await?;
            return Ok(names.get(&open).cloned());
        }
    }
    Ok(None)
}
