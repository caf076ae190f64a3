//! What the engine asks of the world, read before it decides 流程所需的组织事实.

use std::collections::{BTreeMap, BTreeSet};

use ::approval::directory::{Directory, around_the_clock};
use ::approval::fact::{Facts, Value};
use ::approval::policy::Due;
use ::approval::sentence::Names;
use ::people::{Organisation, StandIns};
use access::{Actor, Mode, Need, Policy, Target};
use jiff::tz::TimeZone;
use kernel::{Day, DepartmentId, EmployeeId, LoginId, Moment, OpeningHours, WorkCalendar};
use spine::{Failure, Fault, Reader, Row, Select, binds};

use super::offices;
use crate::people::store as people;
use crate::registry;
use crate::session::store::mode_of;

/// The whole company as it stands on one day. It is small (one row an employee), and the engine may
/// ask about anybody: a manager of a stand-in of a member of a pool.
pub(crate) struct Company {
    persons: BTreeMap<EmployeeId, Person>,
    holders: BTreeMap<String, Vec<EmployeeId>>,
    organisation: Organisation,
    stand_ins: StandIns,
    calendar: WorkCalendar,
    hours: OpeningHours,
    zone: TimeZone,
    today: Day,
    policy: Policy,
}

struct Person {
    number: String,
    name: String,
    department: DepartmentId,
    line_manager: Option<EmployeeId>,
    active: bool,
    /// Whether he has not begun to leave.
    stays: bool,
    login: Option<(LoginId, Mode)>,
}

/// How far above the head of an office somebody from outside is looked for.
const CLIMB: usize = 6;

// Whoever cannot log in cannot act, so an item never waits for him.
const PERSONS: Select = Select::new(
    "SELECT e.id AS id, e.number AS number, e.name AS name, e.department_id AS department_id, \
     e.line_manager_id AS line_manager_id, \
     CASE WHEN e.state <> 'left' AND l.active = 1 AND l.mode <> 'suspended' THEN 1 ELSE 0 END \
     AS active, CASE WHEN e.state = 'active' THEN 1 ELSE 0 END AS stays, \
     l.id AS login_id, l.mode AS mode \
     FROM people_employee e LEFT JOIN session_login l ON l.employee_id = e.id",
);
const HOLDERS: Select = Select::new(
    "SELECT r.role AS role, l.employee_id AS employee_id FROM session_role r \
     JOIN session_login l ON l.id = r.login_id \
     WHERE l.active = 1 AND l.employee_id IS NOT NULL ORDER BY l.number",
);

impl Company {
    /// Reads it.
    pub(crate) async fn read(books: &mut Reader<'_>) -> Result<Company, Failure> {
        let rows = books.all(&PERSONS, binds![]).await?;
        let persons = rows.iter().map(person).collect::<Result<_, Fault>>()?;
        let mut holders: BTreeMap<String, Vec<EmployeeId>> = BTreeMap::new();
        for row in books.all(&HOLDERS, binds![]).await? {
            holders
                .entry(row.get("role")?)
                .or_default()
                .push(row.get("employee_id")?);
        }
        let today = books.today();
        let mut stand_ins = StandIns::default();
        for line in people::stand_ins(books, today).await? {
            stand_ins.add(line.stand_in)?;
        }
        Ok(Company {
            persons,
            holders,
            organisation: people::organisation(books).await?,
            stand_ins,
            calendar: people::calendar(books).await?,
            hours: OpeningHours::default(),
            zone: books.zone().clone(),
            today,
            policy: registry::policy()?,
        })
    }

    /// `张三（E001）`
    pub(crate) fn called(&self, id: EmployeeId) -> String {
        let person = self.persons.get(&id);
        person.map_or_else(
            || id.to_string(),
            |it| people::full_name(&it.name, &it.number),
        )
    }

    /// 工号 and name of everybody.
    pub(crate) fn number_and_name(&self, id: EmployeeId) -> Option<(String, String)> {
        let person = self.persons.get(&id)?;
        Some((person.number.clone(), person.name.clone()))
    }

    /// The person, and everybody for whom he stands in today.
    pub(crate) fn acted_for_by(&self, deputy: EmployeeId) -> Vec<EmployeeId> {
        let absent = self.persons.keys().copied();
        let absent = absent.filter(|it| self.stand_in_for(*it) == Some(deputy));
        std::iter::once(deputy).chain(absent).collect()
    }

    /// The pools the person may claim from.
    pub(crate) fn pools_of(&self, person: EmployeeId) -> Vec<&'static str> {
        let keys = offices::OFFICES.iter().map(|office| office.key);
        keys.filter(|key| self.members(key).contains(&person))
            .collect()
    }

    /// The years between two moments in which deadlines counted weekends only, since their holidays
    /// are not entered.
    pub(crate) fn unknown_years(&self, from: Moment, until: Moment) -> Vec<i16> {
        let (from, until) = (from.day_in(&self.zone), until.day_in(&self.zone));
        self.calendar.unknown_years(from, until)
    }

    /// Where the person works.
    pub(crate) fn department_of(&self, id: EmployeeId) -> Option<DepartmentId> {
        self.persons.get(&id).map(|person| person.department)
    }

    /// His rights over a thing of that department: of the departments below his own no other one
    /// matters.
    fn actor(&self, id: EmployeeId, place: Option<DepartmentId>) -> Option<Actor> {
        let person = self.persons.get(&id)?;
        let (login, mode) = person.login?;
        let is_below = |place: &DepartmentId| {
            let mut upward = self.organisation.upward(*place);
            upward.any(|it| it.id == person.department)
        };
        let held = self.holders.iter();
        let held = held.filter(|(_, people)| people.contains(&id));
        Some(Actor {
            login,
            employee: Some(id),
            department: Some(person.department),
            departments_below: place.filter(is_below).into_iter().collect(),
            roles: held.map(|(role, _)| role.clone()).collect(),
            mode,
        })
    }

    /// Whether there is such a person.
    pub(crate) fn knows(&self, id: EmployeeId) -> bool {
        self.persons.contains_key(&id)
    }
}

fn person(row: &Row) -> Result<(EmployeeId, Person), Fault> {
    let login: Option<LoginId> = row.get("login_id")?;
    let mode: Option<String> = row.get("mode")?;
    let person = Person {
        number: row.get("number")?,
        name: row.get("name")?,
        department: row.get("department_id")?,
        line_manager: row.get("line_manager_id")?,
        active: row.get("active")?,
        stays: row.get("stays")?,
        login: login.zip(mode.map(|word| mode_of(&word))),
    };
    Ok((row.get("id")?, person))
}

impl Directory for Company {
    fn members(&self, role: &str) -> Vec<EmployeeId> {
        let roles = offices::find(role).map_or(&[][..], |office| office.roles);
        let holders = roles.iter().filter_map(|role| self.holders.get(*role));
        let mut members: Vec<EmployeeId> = Vec::new();
        for holder in holders.flatten() {
            if !members.contains(holder) {
                members.push(*holder);
            }
        }
        members
    }

    /// The named line manager, else the nearest head of a department upwards.
    fn manager_of(&self, person: EmployeeId) -> Option<EmployeeId> {
        let place = self.persons.get(&person)?;
        let heads = self.organisation.upward(place.department);
        let mut above = place
            .line_manager
            .into_iter()
            .chain(heads.filter_map(|it| it.head));
        above.find(|manager| *manager != person)
    }

    /// The head of the department that holds all members at work, unless he is one of them: then
    /// whoever stands above him. Without a head, the first superior of a member from outside.
    fn above(&self, role: &str) -> Option<EmployeeId> {
        let members = self.members(role);
        let mut at_work = members.iter().copied().filter(|it| self.is_active(*it));
        let first = self.department_of(at_work.next()?)?;
        let others: Vec<Vec<DepartmentId>> = at_work
            .filter_map(|it| self.department_of(it))
            .map(|place| self.organisation.upward(place).map(|it| it.id).collect())
            .collect();
        let shared = self.organisation.upward(first);
        let mut shared = shared.filter(|it| others.iter().all(|path| path.contains(&it.id)));
        let head = shared.find_map(|department| department.head);
        let outside = |person: &EmployeeId| !members.contains(person);
        let mut upward = std::iter::successors(head, |it| self.manager_of(*it)).take(CLIMB);
        let mut superiors = members.iter().filter_map(|it| self.manager_of(*it));
        upward.find(outside).or_else(|| superiors.find(outside))
    }

    fn is_active(&self, person: EmployeeId) -> bool {
        self.persons.get(&person).is_some_and(|it| it.active)
    }

    fn stays(&self, person: EmployeeId) -> bool {
        let found = self.persons.get(&person);
        found.is_some_and(|it| it.active && it.stays)
    }

    /// As access decides it for whoever does the same on a page: with the roles of today, and not
    /// while he leaves.
    fn holders(&self, right: &str, about: Option<EmployeeId>) -> Vec<EmployeeId> {
        let Some(spec) = self.policy.permission(right) else {
            return Vec::new();
        };
        let place = about.and_then(|id| self.department_of(id));
        let target = Target {
            owner: about,
            department: place,
            ..Target::default()
        };
        let need = Need::on(spec.permission, target);
        let granting = self
            .policy
            .roles()
            .filter(|role| role.grants.contains_key(right));
        let people = granting.filter_map(|role| self.holders.get(&role.key));
        let people: BTreeSet<EmployeeId> = people.flatten().copied().collect();
        let may = |id: &EmployeeId| {
            let actor = self.actor(*id, place);
            actor.is_some_and(|actor| access::decide(&self.policy, &actor, &need).allowed)
        };
        people.into_iter().filter(may).collect()
    }

    fn right(&self, right: &str) -> (String, String) {
        let spec = self.policy.permission(right);
        spec.map_or_else(
            || (right.to_owned(), right.to_owned()),
            |spec| (spec.zh.to_owned(), spec.en.to_owned()),
        )
    }

    fn called(&self, person: EmployeeId) -> String {
        Company::called(self, person)
    }

    fn stand_in_for(&self, person: EmployeeId) -> Option<EmployeeId> {
        self.stand_ins.deputy_on(person, self.today)
    }

    fn due(&self, from: Moment, span: Due) -> Moment {
        let hours = match span {
            Due::WorkHours(hours) => hours,
            Due::WorkDays(days) => days.saturating_mul(8),
            Due::Hours(_) | Due::Days(_) => return around_the_clock(from, span),
        };
        self.calendar
            .add_work_hours(from, hours, &self.zone, &self.hours)
            .value
    }

    /// No decision tables are kept in this house: an unanswered rule opens no door.
    fn rule(&self, _table: &str, _output: &str, _facts: &Facts) -> Option<Value> {
        None
    }
}

impl Names for Company {
    fn person(&self, id: EmployeeId) -> String {
        self.called(id)
    }

    fn role(&self, key: &str) -> (String, String) {
        let office = offices::find(key);
        office.map_or_else(
            || (key.to_owned(), key.to_owned()),
            |office| (office.zh.to_owned(), office.en.to_owned()),
        )
    }
}
