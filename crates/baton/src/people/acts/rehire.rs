//! Somebody who left comes back under his 工号 重新入职.

use access::{Mode, Need};
use kernel::{Day, DepartmentId, EmployeeId, EntityId, LoginId, Moment, PostId, Refusal};
use people::Position;
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Denied, Failure, Reader, Record, Writer};

use super::change_job::{Place, no_loop};
use crate::people::store::{self, PersonState};
use crate::session::acts::set_access::SetAccess;
use crate::{departure, import, permissions, session, told};

/// Begins a new employment of the same person. The history goes on, the old one stays in it; the
/// login stays closed until the security administrator opens it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rehire {
    /// Who.
    pub employee: EmployeeId,
    /// The first day, after the old employment and not after today.
    pub hired_on: Day,
    /// 用人单位
    pub entity: EntityId,
    /// 部门
    pub department: DepartmentId,
    /// 岗位
    pub post: PostId,
    /// 直属上级
    pub line_manager: Option<EmployeeId>,
    /// 试用期至
    pub probation_until: Option<Day>,
    /// 合同起始日
    pub contract_from: Option<Day>,
    /// 合同终止日; none for an open-ended contract.
    pub contract_until: Option<Day>,
}

/// What the decision needs to know.
pub struct Facts {
    person: store::Employee,
    place: Place,
    /// People above the wanted line manager, himself included.
    above: Vec<EmployeeId>,
    /// Number of a departure that is not closed yet.
    leaving: Option<String>,
    /// Whether he only came by an import that was undone.
    never_came: bool,
    login: Option<LoginId>,
    seq: i64,
    today: Day,
}

impl Rehire {
    fn position(&self) -> Position {
        Position {
            entity: self.entity,
            department: self.department,
            post: Some(self.post),
            line_manager: self.line_manager,
        }
    }

    fn terms(&self) -> super::Terms {
        super::Terms {
            hired_on: self.hired_on,
            probation_until: self.probation_until,
            contract_from: self.contract_from,
            contract_until: self.contract_until,
        }
    }

    /// The old employment is over, and its departure with it.
    fn check_old(&self, facts: &Facts) -> Result<(), Refusal> {
        let (person, who) = (&facts.person, facts.person.called());
        if person.state != PersonState::Left {
            let zh = format!("{who}未离职，不需要重新入职");
            let en = format!("{who} has not left and needs no rehiring");
            return Err(Refusal::conflict("people.still_here", zh, en).remedy((
                "部门、岗位或上级有变，请办理调岗",
                "For another department, post or superior, change the job",
            )));
        }
        if facts.never_came {
            let zh = format!("{who}随导入带入，该导入已撤销");
            let en = "the import that brought the employee was undone";
            return Err(Refusal::conflict("people.import_undone", zh, en).remedy((
                "请用原工号新建员工，或重新导入",
                "Add an employee with the former number, or import again",
            )));
        }
        if let Some(number) = &facts.leaving {
            let zh = format!("{who}的离职「{number}」尚未办结");
            return Err(Refusal::conflict(
                "people.departure_open",
                zh,
                "the departure is still open",
            )
            .remedy((
                "请先办结这件离职，再办理重新入职",
                "Close that departure first, then rehire",
            )));
        }
        if self.hired_on > facts.today {
            let zh = "重新入职日期不能晚于今天";
            return Err(
                Refusal::invalid("people.future_job", zh, "the day lies ahead")
                    .remedy(("请在入职当天办理", "Do it on the first day"))
                    .at("/hired_on", zh),
            );
        }
        if let Some(last) = person.left_on.filter(|last| self.hired_on <= *last) {
            let zh = format!("重新入职日期应晚于离职日期（{last}）");
            let en = format!("the old employment lasted until {last}");
            return Err(Refusal::conflict("people.retroactive_job", zh.clone(), en)
                .remedy((
                    format!("请选择 {last} 之后的日期"),
                    format!("Choose a day after {last}"),
                ))
                .at("/hired_on", zh));
        }
        Ok(())
    }
}

impl Act for Rehire {
    const NAME: &'static str = "people.rehire";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = store::find_employee(books, self.employee).await?;
        let above = match self.line_manager {
            Some(manager) => store::named_line(books, manager).await?,
            None => Vec::new(),
        };
        let login = session::store::login_of_employee(books, self.employee).await?;
        let leaving = departure::store::open_of(books, self.employee).await?;
        Ok(Facts {
            person: person.ok_or_else(|| Denied::absent("employee"))?,
            place: Place::load(books, &self.position()).await?,
            above,
            leaving: leaving.map(|departure| departure.number),
            never_came: import::store::was_undone(books, &self.employee.to_string()).await?,
            login: login.map(|login| login.id),
            seq: store::next_employment(books, self.employee).await?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::PEOPLE_WRITE, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        self.check_old(facts)?;
        facts.place.check()?;
        no_loop(&facts.above, self.employee)?;
        self.terms().check()
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = store::EmploymentRow {
            employee: self.employee,
            seq: facts.seq,
            effective_on: self.hired_on,
            position: self.position(),
            post: self.post,
            ended: false,
            reason: told::REHIRED.zh(),
        };
        store::add_employment(books, &row).await?;
        store::set_job(books, self.employee, self.position(), self.post).await?;
        let contract = (self.contract_from, self.contract_until);
        let days = (self.hired_on, self.probation_until);
        Ok(store::begin_again(books, self.employee, days, contract).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let who = facts.person.called();
        let (department, post) = facts.place.names();
        Record::of(
            format!("employee/{}", self.employee),
            format!(
                "{who}于 {} 重新入职「{department}」，岗位「{post}」",
                self.hired_on
            ),
            format!(
                "{who} came back to {department} as {post} on {}",
                self.hired_on
            ),
        )
        .why("rehired")
        .detail(serde_json::json!({
            "left_on": facts.person.left_on,
            "hired_on": self.hired_on,
            "department_id": self.department,
            "post_id": self.post,
            "line_manager_id": self.line_manager,
        }))
    }

    fn then(&self, facts: &Facts, _outcome: &()) -> Vec<Box<dyn AnyAct>> {
        let closed = |login| {
            Box::new(SetAccess {
                login,
                mode: Some(Mode::Normal),
                active: Some(false),
                why: "rehired".to_owned(),
            }) as Box<dyn AnyAct>
        };
        facts.login.map(closed).into_iter().collect()
    }
}
