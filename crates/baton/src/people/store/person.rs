//! One employee and his dated employment 员工.

use std::collections::BTreeMap;

use kernel::{Day, DepartmentId, EmployeeId, EntityId, PostId, Refusal};
use people::Position;
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::{seen, told};

/// Whether somebody works here 在职状态.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// 在职
    Active,
    /// 离职办理中
    Notice,
    /// 已离职
    Left,
}

impl PersonState {
    /// The word in the books.
    pub(crate) fn word(self) -> &'static str {
        match self {
            PersonState::Active => "active",
            PersonState::Notice => "notice",
            PersonState::Left => "left",
        }
    }

    /// As screens show it.
    pub(crate) fn zh(self) -> &'static str {
        match self {
            PersonState::Active => "在职",
            PersonState::Notice => "离职办理中",
            PersonState::Left => "已离职",
        }
    }

    /// The same in English.
    pub(crate) fn en(self) -> &'static str {
        match self {
            PersonState::Active => "employed",
            PersonState::Notice => "leaving",
            PersonState::Left => "has left",
        }
    }

    pub(crate) fn of(word: &str) -> PersonState {
        match word {
            "active" => PersonState::Active,
            "notice" => PersonState::Notice,
            _ => PersonState::Left,
        }
    }
}

/// An employee with the names of his place.
#[derive(Clone, Debug)]
pub(crate) struct Employee {
    pub(crate) id: EmployeeId,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) entity: EntityId,
    pub(crate) entity_name: String,
    pub(crate) department: DepartmentId,
    pub(crate) department_name: String,
    pub(crate) post: PostId,
    pub(crate) post_name: String,
    pub(crate) line_manager: Option<EmployeeId>,
    pub(crate) hired_on: Day,
    pub(crate) probation_until: Option<Day>,
    pub(crate) contract_from: Option<Day>,
    pub(crate) contract_until: Option<Day>,
    pub(crate) sells: bool,
    pub(crate) capacity: Option<i64>,
    pub(crate) regions: String,
    pub(crate) industries: String,
    pub(crate) state: PersonState,
    pub(crate) left_on: Option<Day>,
    pub(crate) citizen_id: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    /// How often his particulars were corrected.
    pub(crate) revision: i64,
}

impl Employee {
    /// `张三（E001）`
    pub(crate) fn called(&self) -> String {
        full_name(&self.name, &self.number)
    }

    pub(crate) fn position(&self) -> Position {
        Position {
            entity: self.entity,
            department: self.department,
            post: Some(self.post),
            line_manager: self.line_manager,
        }
    }

    /// Another one as soon as anything has changed that forms about him show. The revision stands
    /// for papers and addresses: their masks may stay the same, and they themselves do not go in,
    /// for the few hidden digits could be found by trying.
    pub(crate) fn version(&self) -> String {
        let days = [
            Some(self.hired_on),
            self.probation_until,
            self.contract_from,
            self.contract_until,
        ];
        seen::version(&(
            (&self.name, self.revision, days),
            (self.sells, self.capacity, &self.regions, &self.industries),
            (self.entity, self.department, self.post, self.line_manager),
            (self.state, self.left_on),
        ))
    }

    /// Refuses to overwrite what a form did not show.
    ///
    /// # Errors
    /// `request.changed_meanwhile`.
    pub(crate) fn check_seen(&self, seen: Option<&str>) -> Result<(), Refusal> {
        let (who, number) = (self.called(), &self.number);
        let what = (format!("{who}的资料"), format!("The record of {number}"));
        seen::check(seen, &self.version(), (&what.0, &what.1))
    }

    /// What access asks about a person: he owns himself and belongs to his department.
    pub(crate) fn target(&self) -> access::Target {
        access::Target {
            owner: Some(self.id),
            collaborators: Vec::new(),
            department: Some(self.department),
            kept_from: None,
        }
    }
}

/// `张三（E001）`
pub(crate) fn full_name(name: &str, number: &str) -> String {
    format!("{name}（{number}）")
}

const EMPLOYEE: &str = "SELECT e.id AS id, e.number AS number, e.name AS name, \
    e.entity_id AS entity_id, n.name AS entity_name, e.department_id AS department_id, \
    d.name AS department_name, e.post_id AS post_id, p.name AS post_name, \
    e.line_manager_id AS line_manager_id, e.hired_on AS hired_on, \
    e.probation_until AS probation_until, e.contract_from AS contract_from, \
    e.contract_until AS contract_until, e.sells AS sells, e.capacity AS capacity, \
    e.regions AS regions, e.industries AS industries, e.state AS state, e.left_on AS left_on, \
    e.citizen_id AS citizen_id, e.phone AS phone, e.email AS email, e.revision AS revision \
    FROM people_employee e JOIN people_entity n ON n.id = e.entity_id \
    JOIN people_department d ON d.id = e.department_id JOIN people_post p ON p.id = e.post_id \
    WHERE ";

fn employee(row: &Row) -> Result<Employee, Fault> {
    Ok(Employee {
        id: row.get("id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        entity: row.get("entity_id")?,
        entity_name: row.get("entity_name")?,
        department: row.get("department_id")?,
        department_name: row.get("department_name")?,
        post: row.get("post_id")?,
        post_name: row.get("post_name")?,
        line_manager: row.get("line_manager_id")?,
        hired_on: row.get("hired_on")?,
        probation_until: row.get("probation_until")?,
        contract_from: row.get("contract_from")?,
        contract_until: row.get("contract_until")?,
        sells: row.get("sells")?,
        capacity: row.get("capacity")?,
        regions: row.get("regions")?,
        industries: row.get("industries")?,
        state: PersonState::of(&row.get::<String>("state")?),
        left_on: row.get("left_on")?,
        citizen_id: row.get("citizen_id")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        revision: row.get("revision")?,
    })
}

/// The employee with this id.
pub(crate) async fn find_employee(
    books: &mut Reader<'_>,
    id: EmployeeId,
) -> Result<Option<Employee>, Fault> {
    let mut query = Query::new(EMPLOYEE);
    query.push("e.id = ").bind(id);
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| employee(&row))
        .transpose()
}

/// The employee with this 工号, in whatever width.
pub(crate) async fn find_employee_by_number(
    books: &mut Reader<'_>,
    number: &str,
) -> Result<Option<Employee>, Fault> {
    let ways = spelling::number_spellings(number);
    let mut query = Query::new(EMPLOYEE);
    query.push("e.number IN ");
    query.bind_list(ways.iter().map(String::as_str));
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let found: Result<Vec<Employee>, Fault> = rows.iter().map(employee).collect();
    let place = |one: &Employee| ways.iter().position(|way| *way == one.number);
    Ok(found?.into_iter().min_by_key(place))
}

/// Who has this citizen id, another than `except`; somebody at work first.
pub(crate) async fn find_by_citizen_id(
    books: &mut Reader<'_>,
    citizen_id: &str,
    except: Option<EmployeeId>,
) -> Result<Option<Employee>, Fault> {
    let mut query = Query::new(EMPLOYEE);
    query.push("e.citizen_id = ").bind(citizen_id);
    if let Some(except) = except {
        query.push(" AND e.id <> ").bind(except);
    }
    query.push(" ORDER BY CASE WHEN e.state = 'left' THEN 1 ELSE 0 END, e.number");
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| employee(&row))
        .transpose()
}

const EXTRA: Select = Select::new("SELECT extra FROM people_employee WHERE id = $1");

/// The columns of a file that are kept with this person, as his row has them.
pub(crate) async fn extra_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<String, Fault> {
    let row = books.first(&EXTRA, binds![employee]).await?;
    row.map_or_else(|| Ok(String::new()), |row| row.get("extra"))
}

/// Number and name of each of these people.
pub(crate) async fn names_of(
    books: &mut Reader<'_>,
    ids: impl IntoIterator<Item = EmployeeId>,
) -> Result<BTreeMap<EmployeeId, (String, String)>, Fault> {
    let mut ids: Vec<EmployeeId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = BTreeMap::new();
    for some in ids.chunks(500) {
        let mut query = Query::new("SELECT id, number, name FROM people_employee WHERE id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            names.insert(row.get("id")?, (row.get("number")?, row.get("name")?));
        }
    }
    Ok(names)
}

/// An employee to be added.
#[derive(Clone, Debug)]
pub(crate) struct NewEmployee<'a> {
    pub(crate) id: EmployeeId,
    pub(crate) number: &'a str,
    pub(crate) name: &'a str,
    pub(crate) position: Position,
    pub(crate) post: PostId,
    pub(crate) citizen_id: Option<&'a str>,
    pub(crate) phone: Option<&'a str>,
    pub(crate) email: Option<&'a str>,
    pub(crate) hired_on: Day,
    pub(crate) probation_until: Option<Day>,
    pub(crate) contract_from: Option<Day>,
    pub(crate) contract_until: Option<Day>,
    pub(crate) sells: bool,
    pub(crate) capacity: Option<i64>,
    pub(crate) regions: &'a str,
    pub(crate) industries: &'a str,
    pub(crate) extra: &'a str,
}

const ADD_EMPLOYEE: Change = Change::new(
    "INSERT INTO people_employee (id, number, name, pinyin, initials, citizen_id, phone, email, \
     entity_id, department_id, post_id, line_manager_id, hired_on, probation_until, contract_from, \
     contract_until, sells, capacity, regions, industries, state, extra) VALUES ($1, $2, $3, $4, \
     $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'active', $21)",
);

/// Adds the person; his first place is a row of the history besides.
pub(crate) async fn add_employee(
    books: &mut Writer<'_>,
    new: &NewEmployee<'_>,
) -> Result<(), Fault> {
    let spelling = spelling::Spelling::of_person(new.name);
    let values = binds![
        new.id,
        new.number,
        new.name,
        spelling.search_text(),
        spelling.initials.join(" "),
        new.citizen_id.map(str::to_owned),
        new.phone.map(str::to_owned),
        new.email.map(str::to_owned),
        new.position.entity,
        new.position.department,
        new.post,
        new.position.line_manager,
        new.hired_on,
        new.probation_until,
        new.contract_from,
        new.contract_until,
        new.sells,
        new.capacity,
        new.regions,
        new.industries,
        new.extra,
    ];
    books.run(&ADD_EMPLOYEE, values).await?;
    let row = EmploymentRow {
        employee: new.id,
        seq: 1,
        effective_on: new.hired_on,
        position: new.position,
        post: new.post,
        ended: false,
        reason: told::HIRED.zh(),
    };
    add_employment(books, &row).await
}

/// One row of the history to be appended.
pub(crate) struct EmploymentRow<'a> {
    pub(crate) employee: EmployeeId,
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    pub(crate) position: Position,
    pub(crate) post: PostId,
    pub(crate) ended: bool,
    pub(crate) reason: &'a str,
}

const ADD_EMPLOYMENT: Change = Change::new(
    "INSERT INTO people_employment (employee_id, seq, effective_on, recorded_at, entity_id, \
     department_id, post_id, line_manager_id, ended, reason) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
);
const NEXT_EMPLOYMENT: Select = Select::new(
    "SELECT CAST(coalesce(max(seq), 0) + 1 AS BIGINT) AS n FROM people_employment \
     WHERE employee_id = $1",
);

/// The number of the next row of the history.
pub(crate) async fn next_employment(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<i64, Fault> {
    books.count(&NEXT_EMPLOYMENT, binds![employee]).await
}

pub(crate) async fn add_employment(
    books: &mut Writer<'_>,
    row: &EmploymentRow<'_>,
) -> Result<(), Fault> {
    let at = books.at();
    let Position {
        entity,
        department,
        line_manager,
        ..
    } = row.position;
    let values = binds![
        row.employee,
        row.seq,
        row.effective_on,
        at,
        entity,
        department,
        row.post,
        line_manager,
        row.ended,
        row.reason,
    ];
    books.run(&ADD_EMPLOYMENT, values).await?;
    Ok(())
}

const SET_JOB: Change = Change::new(
    "UPDATE people_employee SET entity_id = $2, department_id = $3, post_id = $4, \
     line_manager_id = $5 WHERE id = $1",
);

/// What holds today.
pub(crate) async fn set_job(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    position: Position,
    post: PostId,
) -> Result<(), Fault> {
    let Position {
        entity,
        department,
        line_manager,
        ..
    } = position;
    books
        .run(
            &SET_JOB,
            binds![employee, entity, department, post, line_manager],
        )
        .await?;
    Ok(())
}

const SET_CONTRACT: Change =
    Change::new("UPDATE people_employee SET contract_from = $2, contract_until = $3 WHERE id = $1");

/// From when until when the contract in force runs.
pub(crate) async fn set_contract(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    (from, until): (Day, Option<Day>),
) -> Result<(), Fault> {
    let values = binds![employee, from, until];
    books.run(&SET_CONTRACT, values).await?;
    Ok(())
}

const SET_STATE: Change =
    Change::new("UPDATE people_employee SET state = $2, left_on = $3 WHERE id = $1");

pub(crate) async fn set_state(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    state: PersonState,
    left_on: Option<Day>,
) -> Result<(), Fault> {
    books
        .run(&SET_STATE, binds![employee, state.word(), left_on])
        .await?;
    Ok(())
}

const BEGIN_AGAIN: Change = Change::new(
    "UPDATE people_employee SET state = 'active', left_on = NULL, hired_on = $2, \
     probation_until = $3, contract_from = $4, contract_until = $5 WHERE id = $1",
);

/// A new employment of somebody who had left: first day and end of probation, the contract's days.
pub(crate) async fn begin_again(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    (hired_on, probation_until): (Day, Option<Day>),
    (from, until): (Option<Day>, Option<Day>),
) -> Result<(), Fault> {
    let values = binds![employee, hired_on, probation_until, from, until];
    books.run(&BEGIN_AGAIN, values).await?;
    Ok(())
}

const CORRECT: Change = Change::new(
    "UPDATE people_employee SET name = $2, pinyin = $3, initials = $4, citizen_id = $5, \
     phone = $6, email = $7, hired_on = $8, probation_until = $9, contract_from = $10, \
     contract_until = $11, sells = $12, capacity = $13, regions = $14, industries = $15, \
     revision = revision + 1 WHERE id = $1",
);

/// Writes the particulars of a person, all but number, place and state.
pub(crate) async fn correct_employee(
    books: &mut Writer<'_>,
    person: &Employee,
) -> Result<(), Fault> {
    let spelling = spelling::Spelling::of_person(&person.name);
    let values = binds![
        person.id,
        person.name.as_str(),
        spelling.search_text(),
        spelling.initials.join(" "),
        person.citizen_id.clone(),
        person.phone.clone(),
        person.email.clone(),
        person.hired_on,
        person.probation_until,
        person.contract_from,
        person.contract_until,
        person.sells,
        person.capacity,
        person.regions.as_str(),
        person.industries.as_str(),
    ];
    books.run(&CORRECT, values).await?;
    Ok(())
}

const HISTORY: Select = Select::new(
    "SELECT h.seq AS seq, h.effective_on AS effective_on, h.recorded_at AS recorded_at, \
     n.name AS entity, d.name AS department, p.name AS post, m.id AS manager_id, \
     m.name AS manager_name, m.number AS manager_number, h.ended AS ended, h.reason AS reason \
     FROM people_employment h JOIN people_entity n ON n.id = h.entity_id \
     JOIN people_department d ON d.id = h.department_id JOIN people_post p ON p.id = h.post_id \
     LEFT JOIN people_employee m ON m.id = h.line_manager_id \
     WHERE h.employee_id = $1 ORDER BY h.effective_on, h.seq",
);

/// One row of the history with its names.
pub(crate) struct EmploymentLine {
    pub(crate) effective_on: Day,
    pub(crate) recorded_at: kernel::Moment,
    pub(crate) entity: String,
    pub(crate) department: String,
    pub(crate) post: String,
    pub(crate) manager: Option<(EmployeeId, String, String)>,
    pub(crate) ended: bool,
    pub(crate) reason: String,
}

pub(crate) async fn employment_history(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Vec<EmploymentLine>, Fault> {
    let rows = books.all(&HISTORY, binds![employee]).await?;
    let line = |row: &Row| {
        let manager: Option<EmployeeId> = row.get("manager_id")?;
        let manager = match manager {
            Some(id) => Some((id, row.get("manager_number")?, row.get("manager_name")?)),
            None => None,
        };
        Ok(EmploymentLine {
            effective_on: row.get("effective_on")?,
            recorded_at: row.get("recorded_at")?,
            entity: row.get("entity")?,
            department: row.get("department")?,
            post: row.get("post")?,
            manager,
            ended: row.get("ended")?,
            reason: row.get("reason")?,
        })
    };
    rows.iter().map(line).collect()
}
