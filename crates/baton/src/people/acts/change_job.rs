//! A person changes department, post or line manager 调岗.

use access::Need;
use kernel::{Day, DepartmentId, EmployeeId, EntityId, Moment, PostId, Refusal};
use people::Position;
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions};

/// Gives a person another place from a day on; the old one stays in the history.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangeJob {
    /// Who.
    pub employee: EmployeeId,
    /// The first day, today or earlier.
    pub effective_on: Day,
    /// 用人单位
    pub entity: EntityId,
    /// 部门
    pub department: DepartmentId,
    /// 岗位
    pub post: PostId,
    /// 直属上级
    pub line_manager: Option<EmployeeId>,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// The names behind a place, as far as they exist.
pub(crate) struct Place {
    entity: bool,
    department: Option<String>,
    post: Option<String>,
    manager: Option<store::Employee>,
    manager_wanted: bool,
}

impl Place {
    pub(crate) async fn load(
        books: &mut Reader<'_>,
        position: &Position,
    ) -> Result<Place, Failure> {
        let organisation = store::organisation(books).await?;
        let posts = store::posts(books).await?;
        let manager = match position.line_manager {
            Some(manager) => store::find_employee(books, manager).await?,
            None => None,
        };
        Ok(Place {
            entity: store::entity_exists(books, position.entity).await?,
            department: organisation
                .department(position.department)
                .map(|d| d.name.clone()),
            post: posts
                .into_iter()
                .find(|post| Some(post.0) == position.post)
                .map(|post| post.1),
            manager,
            manager_wanted: position.line_manager.is_some(),
        })
    }

    /// All of it exists, and the line manager works here.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let absent = [
            (!self.entity, "/entity_id", "用人单位", "legal entity"),
            (
                self.department.is_none(),
                "/department_id",
                "部门",
                "department",
            ),
            (self.post.is_none(), "/post_id", "岗位", "post"),
            (
                self.manager_wanted && self.manager.is_none(),
                "/line_manager_id",
                "直属上级",
                "superior",
            ),
        ];
        if let Some((_, pointer, what, what_en)) = absent.into_iter().find(|(absent, ..)| *absent) {
            let (zh, en) = (
                format!("{what}不存在"),
                format!("There is no such {what_en}"),
            );
            let remedy = (
                format!("请选择已有的{what}"),
                format!("Choose a {what_en} that exists"),
            );
            return Err(Refusal::invalid("people.place_unknown", zh.clone(), en)
                .remedy(remedy)
                .at(pointer, zh));
        }
        match &self.manager {
            Some(manager) => super::must_work(manager, "/line_manager_id"),
            None => Ok(()),
        }
    }

    pub(crate) fn names(&self) -> (&str, &str) {
        (
            self.department.as_deref().unwrap_or(""),
            self.post.as_deref().unwrap_or(""),
        )
    }
}

/// Nobody stands above himself.
pub(super) fn no_loop(above: &[EmployeeId], employee: EmployeeId) -> Result<(), Refusal> {
    if !above.contains(&employee) {
        return Ok(());
    }
    let zh = "直属上级不能是本人或本人的下属";
    Err(Refusal::invalid(
        "people.manager_loop",
        zh,
        "nobody stands above themselves in the reporting line",
    )
    .remedy(("请选择其他上级", "Choose another superior"))
    .at("/line_manager_id", zh))
}

/// What the decision needs to know.
pub struct Facts {
    person: store::Employee,
    place: Place,
    /// People above the wanted line manager, himself included.
    above: Vec<EmployeeId>,
    last_on: Option<Day>,
    seq: i64,
    today: Day,
}

impl ChangeJob {
    fn position(&self) -> Position {
        Position {
            entity: self.entity,
            department: self.department,
            post: Some(self.post),
            line_manager: self.line_manager,
        }
    }
}

impl Act for ChangeJob {
    const NAME: &'static str = "people.change_job";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = store::find_employee(books, self.employee).await?;
        let person = person.ok_or_else(|| Denied::absent("employee"))?;
        let today = books.today();
        let above = match self.line_manager {
            Some(manager) => store::named_line(books, manager).await?,
            None => Vec::new(),
        };
        let history = store::employment_history(books, self.employee).await?;
        Ok(Facts {
            person,
            place: Place::load(books, &self.position()).await?,
            above,
            last_on: history.iter().map(|row| row.effective_on).max(),
            seq: store::next_employment(books, self.employee).await?,
            today,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::PEOPLE_WRITE, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        facts.person.check_seen(self.seen.as_deref())?;
        super::must_work(&facts.person, "/employee_id")?;
        facts.place.check()?;
        no_loop(&facts.above, self.employee)?;
        if self.effective_on > facts.today {
            let zh = "生效日不能晚于今天";
            return Err(
                Refusal::invalid("people.future_job", zh, "the day lies ahead")
                    .remedy(("请在生效当天办理", "Do it on the day it takes effect"))
                    .at("/effective_on", zh),
            );
        }
        if let Some(last) = facts.last_on.filter(|last| self.effective_on < *last) {
            let zh = format!("生效日早于上一次任职变更（{last}）");
            return Err(Refusal::conflict(
                "people.retroactive_job",
                zh.clone(),
                format!("before the last change of job on {last}"),
            )
            .remedy((
                format!("请选择 {last} 或之后的日期"),
                format!("Choose {last} or a later day"),
            ))
            .at("/effective_on", zh));
        }
        if facts.person.position() == self.position() {
            let zh = "与现任职务相同，没有变化";
            return Err(Refusal::conflict(
                "people.same_job",
                zh,
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = store::EmploymentRow {
            employee: self.employee,
            seq: facts.seq,
            effective_on: self.effective_on,
            position: self.position(),
            post: self.post,
            ended: false,
            reason: self.reason.trim(),
        };
        store::add_employment(books, &row).await?;
        Ok(store::set_job(books, self.employee, self.position(), self.post).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (person, who) = (&facts.person, facts.person.called());
        let (department, post) = facts.place.names();
        let (old_department, old_post) = (&person.department_name, &person.post_name);
        Record::of(
            format!("employee/{}", self.employee),
            format!(
                "{who}自 {} 起由「{old_department}·{old_post}」调任「{department}·{post}」",
                self.effective_on
            ),
            format!(
                "{who} moves from {old_department} / {old_post} to {department} / {post} on {}",
                self.effective_on
            ),
        )
        .detail(serde_json::json!({
            "before": person.position(),
            "after": self.position(),
            "effective_on": self.effective_on,
            "reason": self.reason.trim(),
        }))
    }
}
