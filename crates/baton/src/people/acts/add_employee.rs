//! A person joins 员工入职.

use std::borrow::Cow;

use access::Need;
use kernel::{Day, DepartmentId, EmployeeId, EntityId, LoginId, Moment, PostId, Refusal};
use people::Position;
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions, session};

/// Adds an employee with the first place of his employment.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddEmployee {
    /// 工号, 1..=64 characters, unique.
    pub number: String,
    /// 1..=100 characters.
    pub name: String,
    /// 用人单位
    pub entity: EntityId,
    /// 部门
    pub department: DepartmentId,
    /// 岗位
    pub post: PostId,
    /// 直属上级
    pub line_manager: Option<EmployeeId>,
    /// 入职日期
    pub hired_on: Day,
    /// 试用期至
    pub probation_until: Option<Day>,
    /// 合同起始日
    pub contract_from: Option<Day>,
    /// 合同终止日; none for an open-ended contract.
    pub contract_until: Option<Day>,
    /// 居民身份证号
    pub citizen_id: Option<String>,
    /// 手机
    pub phone: Option<String>,
    /// 邮箱
    pub email: Option<String>,
    /// Whether the person has customers.
    pub sells: bool,
    /// 客户上限, 0..=1,000,000; none for no limit.
    pub capacity: Option<i64>,
    /// Regions he knows, separated by 、.
    pub regions: String,
    /// Industries he knows, separated by 、.
    pub industries: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: EmployeeId,
    taken: bool,
    place: super::change_job::Place,
    /// The login that was opened with this 工号 before.
    login: Option<LoginId>,
    /// Whose the citizen id is already.
    holder: Option<store::Employee>,
    today: Day,
}

impl Act for AddEmployee {
    const NAME: &'static str = "people.add_employee";
    type Facts = Facts;
    type Outcome = EmployeeId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let number = self.number();
        let holder = match &self.citizen_id {
            Some(typed) => {
                let citizen_id = super::citizen_number(typed);
                store::find_by_citizen_id(books, &citizen_id, None).await?
            }
            None => None,
        };
        Ok(Facts {
            fresh: EmployeeId::mint(books.at(), books.dice()),
            taken: store::find_employee_by_number(books, &number)
                .await?
                .is_some(),
            place: super::change_job::Place::load(books, &self.position()).await?,
            login: session::store::lonely_login(books, &number).await?,
            holder,
            today: books.today(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<EmployeeId, Refusal> {
        bounds::number("/number", &self.number())?;
        bounds::length("/name", "姓名", &self.name, bounds::SHORT)?;
        bounds::length("/regions", "熟悉地区", &self.regions, 0..=400)?;
        bounds::length("/industries", "熟悉行业", &self.industries, 0..=400)?;
        if facts.taken {
            return Err(super::already("/number", "工号", &self.number()));
        }
        if let Some(citizen_id) = &self.citizen_id {
            super::check_citizen_id(citizen_id, facts.today, facts.holder.as_ref())?;
        }
        if let Some(phone) = &self.phone {
            customer::Phone::parse(phone).map_err(|r| {
                r.at(
                    "/phone",
                    ("电话号码无法识别", "The telephone number cannot be read"),
                )
            })?;
        }
        bounds::email("/email", self.email.as_deref().unwrap_or(""))?;
        super::check_capacity(self.capacity)?;
        super::check_hired_on(self.hired_on, facts.today)?;
        self.terms().check()?;
        facts.place.check()?;
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &EmployeeId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let citizen_id = self.citizen_id.as_deref().map(super::citizen_number);
        let phone = self
            .phone
            .as_deref()
            .and_then(|text| customer::Phone::parse(text).ok());
        let new = store::NewEmployee {
            id: *id,
            number: &self.number(),
            name: &spelling::canonical_name(&self.name),
            position: self.position(),
            post: self.post,
            citizen_id: citizen_id.as_deref(),
            phone: phone.as_ref().map(|phone| phone.number.as_str()),
            email: self.email.as_deref().map(str::trim),
            hired_on: self.hired_on,
            probation_until: self.probation_until,
            contract_from: self.contract_from,
            contract_until: self.contract_until,
            sells: self.sells,
            capacity: self.capacity,
            regions: self.regions.trim(),
            industries: self.industries.trim(),
            extra: "{}",
        };
        debug_assert!(!facts.taken, "decide refused it");
        store::add_employee(books, &new).await?;
        if let Some(login) = facts.login {
            session::store::join(books, login, (*id, new.name)).await?;
        }
        Ok(())
    }

    fn record(&self, facts: &Facts, id: &EmployeeId) -> Record {
        let who = store::full_name(&self.name, &self.number());
        let (department, post) = facts.place.names();
        let (login_zh, login_en) = match facts.login {
            Some(_) => (
                "，同工号的账号归其使用",
                "; the login of that number belongs to this employee",
            ),
            None => ("", ""),
        };
        let record = Record::of(
            format!("employee/{id}"),
            format!(
                "{who}于 {} 入职「{department}」，岗位「{post}」{login_zh}",
                self.hired_on
            ),
            format!(
                "{who} joined {department} as {post} on {}{login_en}",
                self.hired_on
            ),
        );
        let record = match facts.login {
            Some(login) => record.about(format!("login/{login}")),
            None => record,
        };
        record.detail(serde_json::json!({
            "number": self.number(),
            "hired_on": self.hired_on,
            "department_id": self.department,
            "post_id": self.post,
            "line_manager_id": self.line_manager,
        }))
    }
}

impl AddEmployee {
    /// 工号 in the form in which files give it.
    fn number(&self) -> Cow<'_, str> {
        intake::code_form(&self.number)
    }

    fn terms(&self) -> super::Terms {
        super::Terms {
            hired_on: self.hired_on,
            probation_until: self.probation_until,
            contract_from: self.contract_from,
            contract_until: self.contract_until,
        }
    }

    fn position(&self) -> Position {
        Position {
            entity: self.entity,
            department: self.department,
            post: Some(self.post),
            line_manager: self.line_manager,
        }
    }
}
