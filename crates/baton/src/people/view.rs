//! What the browser sees of the organisation 组织视图.

use std::collections::BTreeMap;

use access::{mask_citizen_id, mask_email, mask_phone};
use kernel::{
    AssetId, Day, DepartmentId, EmployeeId, EntityId, Fen, Moment, PostId, StandInId, WorkCalendar,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{self, AssetState, PersonState};
use crate::import::KeptColumn;
use crate::told;

/// A person in one line of something else.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PersonName {
    #[schema(value_type = String)]
    pub(crate) id: EmployeeId,
    /// 工号
    pub(crate) number: String,
    pub(crate) name: String,
}

impl PersonName {
    pub(crate) fn of((id, number, name): (EmployeeId, String, String)) -> PersonName {
        PersonName { id, number, name }
    }

    /// Looks the person up among names that were read together.
    pub(crate) fn among(
        names: &BTreeMap<EmployeeId, (String, String)>,
        id: Option<EmployeeId>,
    ) -> Option<PersonName> {
        let id = id?;
        let (number, name) = names.get(&id).cloned().unwrap_or_default();
        Some(PersonName { id, number, name })
    }
}

/// A line of the list of employees.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmployeeItem {
    #[schema(value_type = String)]
    id: EmployeeId,
    /// 工号
    pub(crate) number: String,
    name: String,
    #[schema(value_type = String)]
    department_id: DepartmentId,
    department: String,
    post: String,
    line_manager: Option<PersonName>,
    sells: bool,
    /// `active`, `notice`, `left`, `withdrawn`
    state: &'static str,
    /// Masked.
    phone: Option<String>,
}

/// The state of somebody who never came: the import that had brought him was undone.
pub(crate) const UNDONE: &str = "withdrawn";

/// His number without the mark behind it by which he gave it up.
fn unmarked(number: &str) -> String {
    let bare = number.rsplit_once('~').map_or(number, |(bare, _)| bare);
    bare.to_owned()
}

/// Who is about to leave is known to those who handle it; to others he is at work.
fn as_colleagues_know(state: &'static str) -> &'static str {
    if state == "notice" { "active" } else { state }
}

impl EmployeeItem {
    /// Of one whose import was undone.
    pub(crate) fn undone(self) -> EmployeeItem {
        EmployeeItem {
            number: unmarked(&self.number),
            state: UNDONE,
            ..self
        }
    }

    pub(crate) fn discreet(self) -> EmployeeItem {
        EmployeeItem {
            state: as_colleagues_know(self.state),
            ..self
        }
    }
}

impl From<store::EmployeeLine> for EmployeeItem {
    fn from(line: store::EmployeeLine) -> EmployeeItem {
        EmployeeItem {
            id: line.id,
            number: line.number,
            name: line.name,
            department_id: line.department_id,
            department: line.department,
            post: line.post,
            line_manager: line.manager.map(PersonName::of),
            sells: line.sells,
            state: line.state.word(),
            phone: line.phone.as_deref().map(mask_phone),
        }
    }
}

/// Everything about an employee; papers and phone masked.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmployeeView {
    #[schema(value_type = String)]
    pub(crate) id: EmployeeId,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) entity: String,
    #[schema(value_type = String)]
    pub(crate) entity_id: EntityId,
    pub(crate) department: String,
    #[schema(value_type = String)]
    pub(crate) department_id: DepartmentId,
    pub(crate) post: String,
    #[schema(value_type = String)]
    pub(crate) post_id: PostId,
    #[schema(value_type = String, format = Date)]
    pub(crate) hired_on: Day,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) probation_until: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) contract_from: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) contract_until: Option<Day>,
    pub(crate) sells: bool,
    pub(crate) capacity: Option<i64>,
    pub(crate) regions: String,
    pub(crate) industries: String,
    /// `active`, `notice`, `left`, `withdrawn`
    pub(crate) state: &'static str,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) left_on: Option<Day>,
    /// Masked; only for himself, for those who keep the files of people and those who may see all
    /// of it.
    pub(crate) citizen_id: Option<String>,
    /// Masked.
    pub(crate) phone: Option<String>,
    /// Masked.
    pub(crate) email: Option<String>,
    /// Another one as soon as anything a form shows has changed; empty for colleagues.
    pub(crate) version: String,
    /// The line manager who is named; none where the head of the department stands for him.
    pub(crate) line_manager: Option<PersonName>,
    /// Managers at work today, nearest first.
    pub(crate) line: Vec<PersonName>,
    pub(crate) employment: Vec<EmploymentItem>,
    pub(crate) assets: Vec<AssetItem>,
    pub(crate) stand_ins: Vec<StandInItem>,
    /// What a file said of him beyond these fields; only for himself and for those who keep the
    /// files of people.
    pub(crate) kept: Vec<KeptColumn>,
}

impl EmployeeView {
    /// Without what is between him and the company: contract, jobs he had, things lent, and that
    /// he is about to leave.
    pub(crate) fn for_colleagues(self) -> EmployeeView {
        EmployeeView {
            probation_until: None,
            contract_from: None,
            contract_until: None,
            employment: Vec::new(),
            assets: Vec::new(),
            version: String::new(),
            ..self.discreet()
        }
    }

    /// Of one whose import was undone: he never left, for he never came.
    pub(crate) fn undone(self) -> EmployeeView {
        EmployeeView {
            number: unmarked(&self.number),
            state: UNDONE,
            left_on: None,
            ..self
        }
    }

    /// Without saying that he is about to leave.
    pub(crate) fn discreet(self) -> EmployeeView {
        EmployeeView {
            state: as_colleagues_know(self.state),
            ..self
        }
    }

    pub(crate) fn of(
        person: store::Employee,
        (line_manager, line): (Option<PersonName>, Vec<PersonName>),
        employment: Vec<store::EmploymentLine>,
        assets: Vec<store::Asset>,
        stand_ins: Vec<store::StandInLine>,
    ) -> EmployeeView {
        EmployeeView {
            version: person.version(),
            id: person.id,
            number: person.number,
            name: person.name,
            entity: person.entity_name,
            entity_id: person.entity,
            department: person.department_name,
            department_id: person.department,
            post: person.post_name,
            post_id: person.post,
            hired_on: person.hired_on,
            probation_until: person.probation_until,
            contract_from: person.contract_from,
            contract_until: person.contract_until,
            sells: person.sells,
            capacity: person.capacity,
            regions: person.regions,
            industries: person.industries,
            state: person.state.word(),
            left_on: person.left_on,
            citizen_id: person.citizen_id.as_deref().map(mask_citizen_id),
            phone: person.phone.as_deref().map(mask_phone),
            email: person.email.as_deref().map(mask_email),
            line_manager,
            line,
            employment: employment.into_iter().map(EmploymentItem::from).collect(),
            assets: assets.into_iter().map(AssetItem::from).collect(),
            stand_ins: stand_ins.into_iter().map(StandInItem::from).collect(),
            kept: Vec::new(),
        }
    }
}

/// One place a person had.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmploymentItem {
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Moment,
    entity: String,
    department: String,
    post: String,
    line_manager: Option<PersonName>,
    /// Whether the employment ends here.
    ended: bool,
    reason: String,
    /// The same in English where the program said it.
    reason_en: String,
}

impl From<store::EmploymentLine> for EmploymentItem {
    fn from(line: store::EmploymentLine) -> EmploymentItem {
        EmploymentItem {
            effective_on: line.effective_on,
            recorded_at: line.recorded_at,
            entity: line.entity,
            department: line.department,
            post: line.post,
            line_manager: line.manager.map(PersonName::of),
            ended: line.ended,
            reason_en: told::in_english(&line.reason),
            reason: line.reason,
        }
    }
}

/// A lent thing or an account.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssetItem {
    #[schema(value_type = String)]
    id: AssetId,
    kind: String,
    name: String,
    serial: String,
    /// `lent`, `returned`, `cost_agreed`, `closed`
    state: &'static str,
    state_zh: &'static str,
    #[schema(value_type = Option<crate::http::Money>)]
    cost: Option<Fen>,
    note: String,
    #[schema(value_type = String, format = Date)]
    changed_on: Day,
}

impl From<store::Asset> for AssetItem {
    fn from(asset: store::Asset) -> AssetItem {
        let state: AssetState = asset.state;
        AssetItem {
            id: asset.id,
            kind: asset.kind,
            name: asset.name,
            serial: asset.serial,
            state: state.word(),
            state_zh: state.zh(),
            cost: asset.cost,
            note: asset.note,
            changed_on: asset.changed_on,
        }
    }
}

/// A stand-in.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandInItem {
    #[schema(value_type = String)]
    id: StandInId,
    absent: PersonName,
    deputy: PersonName,
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// First day on which it is over.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    reason: String,
}

impl From<store::StandInLine> for StandInItem {
    fn from(line: store::StandInLine) -> StandInItem {
        let (absent, deputy) = (line.absent, line.deputy);
        StandInItem {
            id: line.stand_in.id,
            absent: PersonName::of((line.stand_in.absent, absent.0, absent.1)),
            deputy: PersonName::of((line.stand_in.deputy, deputy.0, deputy.1)),
            from: line.stand_in.period.from,
            until: line.stand_in.period.until,
            reason: line.reason,
        }
    }
}

/// A department; the tree is in `parent_id`.
#[derive(Serialize, ToSchema)]
pub(crate) struct DepartmentItem {
    #[schema(value_type = String)]
    id: DepartmentId,
    #[schema(value_type = Option<String>)]
    parent_id: Option<DepartmentId>,
    #[schema(value_type = String)]
    entity_id: EntityId,
    code: String,
    name: String,
    head: Option<PersonName>,
    /// People in it who have not left.
    people: i64,
    /// The same with all departments below it.
    people_below: i64,
    /// Another one as soon as name, place or head has changed.
    version: String,
}

impl DepartmentItem {
    /// The tree as a list, with the sums over each subtree.
    pub(crate) fn all(
        lines: Vec<store::DepartmentLine>,
        organisation: &people::Organisation,
        names: &BTreeMap<EmployeeId, (String, String)>,
    ) -> Vec<DepartmentItem> {
        let counts: BTreeMap<DepartmentId, i64> = lines.iter().map(|l| (l.id, l.people)).collect();
        let below = |id| {
            let subtree = organisation.subtree(id);
            subtree.iter().filter_map(|id| counts.get(id)).sum()
        };
        let item = |line: store::DepartmentLine| DepartmentItem {
            version: store::department_version(&line.name, line.parent, line.head),
            id: line.id,
            parent_id: line.parent,
            entity_id: line.entity,
            code: line.code,
            name: line.name,
            head: PersonName::among(names, line.head),
            people: line.people,
            people_below: below(line.id),
        };
        lines.into_iter().map(item).collect()
    }
}

/// Legal entities and posts to choose from.
#[derive(Serialize, ToSchema)]
pub(crate) struct Choices {
    entities: Vec<EntityItem>,
    posts: Vec<PostItem>,
}

#[derive(Serialize, ToSchema)]
struct EntityItem {
    #[schema(value_type = String)]
    id: EntityId,
    name: String,
    credit_code: Option<String>,
    /// Another one as soon as name or code has changed.
    version: String,
}

#[derive(Serialize, ToSchema)]
struct PostItem {
    #[schema(value_type = String)]
    id: PostId,
    name: String,
    /// Another one as soon as it is called otherwise.
    version: String,
}

impl Choices {
    pub(crate) fn of(entities: Vec<store::EntityLine>, posts: Vec<(PostId, String)>) -> Choices {
        let entity = |line: store::EntityLine| EntityItem {
            version: line.version(),
            id: line.id,
            name: line.name,
            credit_code: line.credit_code,
        };
        Choices {
            entities: entities.into_iter().map(entity).collect(),
            posts: posts
                .into_iter()
                .map(|(id, name)| PostItem {
                    version: store::post_version(&name),
                    id,
                    name,
                })
                .collect(),
        }
    }
}

/// The days that the notices name.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarView {
    /// The years whose notices are entered, in their order.
    years: Vec<i16>,
    /// The years that deadlines reckoned today need and that are not entered: there only weekends
    /// count.
    missing: Vec<i16>,
    /// In the order of the days.
    days: Vec<EnteredDay>,
}

/// A day that a notice names.
#[derive(Serialize, ToSchema)]
struct EnteredDay {
    /// The year whose notice it is; a notice may name days of the December before.
    notice_year: i16,
    #[schema(value_type = String, format = Date)]
    day: Day,
    name: String,
    is_off: bool,
    is_statutory: bool,
}

/// So far ahead a notice of 30 days and the tasks after it reach.
const DAYS_AHEAD: i64 = 60;

impl CalendarView {
    pub(crate) fn of(days: Vec<store::CalendarDay>, today: Day) -> CalendarView {
        let calendar = WorkCalendar::new(days.iter().map(|(row, _)| row.clone()));
        let last = calendar.known_until().and_then(|year| Day::of(year, 1, 1));
        let until = today.plus_days(DAYS_AHEAD);
        let day = |(row, is_statutory): store::CalendarDay| EnteredDay {
            notice_year: row.notice_year,
            day: row.day,
            name: row.name,
            is_off: row.is_off,
            is_statutory,
        };
        CalendarView {
            years: calendar.years().collect(),
            missing: calendar.unknown_years(today, last.map_or(until, |last| last.max(until))),
            days: days.into_iter().map(day).collect(),
        }
    }
}

/// Papers and addresses in clear.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevealedView {
    pub(crate) citizen_id: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    /// Index of the entry in the evidence log that keeps this look.
    pub(crate) entry: Option<u64>,
}

/// Reads the word of a state in a query.
pub(crate) fn state_of(word: &str) -> Result<PersonState, kernel::Refusal> {
    let known = [
        ("active", "在职"),
        ("notice", "离职办理中"),
        ("left", "已离职"),
    ];
    crate::bounds::one_of("/state", "状态", word, &known)?;
    Ok(PersonState::of(word))
}
