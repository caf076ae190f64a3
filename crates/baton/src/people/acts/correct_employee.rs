//! What is written down of a person is put right 更正员工资料.

use access::{Need, mask_citizen_id, mask_email, mask_phone};
use kernel::{Day, EmployeeId, Moment, Refusal};
use people::{Beginning, Employments};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use spine::{Act, Denied, Failure, Reader, Record, Writer};
use utoipa::ToSchema;

use crate::customer::store as customers;
use crate::people::store::{self, Employee};
use crate::{bounds, permissions, session, told};

/// Corrects a person's particulars. His place is changed by a change of job.
#[derive(Debug, Serialize, Deserialize)]
pub struct CorrectEmployee {
    /// Who.
    pub employee: EmployeeId,
    /// What holds from now on.
    pub correction: Correction,
}

/// The particulars. Citizen id, phone and e-mail that are left out stay as they are, since whoever
/// corrects sees them masked.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// 1..=100 characters.
    #[schema(max_length = 100)]
    pub name: String,
    /// 居民身份证号
    pub citizen_id: Option<String>,
    /// 手机
    pub phone: Option<String>,
    /// 邮箱
    pub email: Option<String>,
    /// 入职日期; the history gets the rows that correct it.
    #[schema(value_type = String, format = Date)]
    pub hired_on: Day,
    /// 试用期至
    #[schema(value_type = Option<String>, format = Date)]
    pub probation_until: Option<Day>,
    /// 合同起始日
    #[schema(value_type = Option<String>, format = Date)]
    pub contract_from: Option<Day>,
    /// 合同终止日; none for an open-ended contract 无固定期限.
    #[schema(value_type = Option<String>, format = Date)]
    pub contract_until: Option<Day>,
    /// Whether the person has customers.
    pub sells: bool,
    /// 客户上限, 0..=1,000,000; none for no limit.
    pub capacity: Option<i64>,
    /// Regions he knows, separated by 、.
    #[serde(default)]
    pub regions: String,
    /// Industries he knows, separated by 、.
    #[serde(default)]
    pub industries: String,
    /// The `version` of the employee that the form showed; whatever stands there is overwritten
    /// when absent.
    #[serde(default)]
    pub seen: Option<String>,
    /// Why, 2..=200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// What the decision needs to know.
pub struct Facts {
    person: Employee,
    /// Whose the citizen id is already.
    holder: Option<Employee>,
    /// Where the employment begins that a new first day would move.
    beginning: Option<Beginning>,
    /// How many customers he owns.
    owns: i64,
    seq: i64,
    today: Day,
}

fn typed(text: Option<&String>) -> Option<&str> {
    let text = text.map(|text| text.trim());
    text.filter(|text| !text.is_empty())
}

impl Correction {
    fn terms(&self) -> super::Terms {
        super::Terms {
            hired_on: self.hired_on,
            probation_until: self.probation_until,
            contract_from: self.contract_from,
            contract_until: self.contract_until,
        }
    }

    fn phone(&self) -> Result<Option<String>, Refusal> {
        let Some(text) = typed(self.phone.as_ref()) else {
            return Ok(None);
        };
        let phone = customer::Phone::parse(text);
        let phone = phone.map_err(|refusal| {
            refusal.at(
                "/phone",
                ("电话号码无法识别", "The telephone number cannot be read"),
            )
        })?;
        Ok(Some(phone.number))
    }

    /// The person as he is written down from now on.
    fn applied(&self, person: &Employee) -> Result<Employee, Refusal> {
        let citizen_id = typed(self.citizen_id.as_ref()).map(super::citizen_number);
        let email = typed(self.email.as_ref()).map(str::to_owned);
        Ok(Employee {
            name: spelling::canonical_name(&self.name),
            citizen_id: citizen_id.or_else(|| person.citizen_id.clone()),
            phone: self.phone()?.or_else(|| person.phone.clone()),
            email: email.or_else(|| person.email.clone()),
            hired_on: self.hired_on,
            probation_until: self.probation_until,
            contract_from: self.contract_from,
            contract_until: self.contract_until,
            sells: self.sells,
            capacity: self.capacity,
            regions: self.regions.trim().to_owned(),
            industries: self.industries.trim().to_owned(),
            ..person.clone()
        })
    }

    fn check_lengths(&self) -> Result<(), Refusal> {
        bounds::length("/name", "姓名", &self.name, bounds::SHORT)?;
        bounds::length("/regions", "熟悉地区", &self.regions, 0..=400)?;
        bounds::length("/industries", "熟悉行业", &self.industries, 0..=400)?;
        bounds::email("/email", self.email.as_deref().unwrap_or(""))?;
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        super::check_capacity(self.capacity)
    }
}

impl CorrectEmployee {
    /// A new first day fits between what was before it and what came after.
    fn check_first_day(&self, facts: &Facts) -> Result<(), Refusal> {
        let (old, new) = (facts.person.hired_on, self.correction.hired_on);
        if new == old {
            return Ok(());
        }
        super::check_hired_on(new, facts.today)?;
        let refuse = |zh: String, remedy: (&str, &str)| {
            Err(
                Refusal::conflict("people.first_day", zh.clone(), "the first day cannot be so")
                    .remedy(remedy)
                    .at("/hired_on", zh),
            )
        };
        let Some(beginning) = &facts.beginning else {
            let zh = format!("任职经历中没有 {old} 起的一段，入职日期不能更正");
            return refuse(zh, ("请保持原入职日期", "Keep the first day as it is"));
        };
        if let Some(least) = beginning.not_before.filter(|least| new < *least) {
            let zh = format!("入职日期不能早于上一段任职之后（{least}）");
            return refuse(
                zh,
                (
                    "请对照上一段任职的日期",
                    "Compare it with the employment before",
                ),
            );
        }
        if let Some(next) = beginning.next_on.filter(|next| new >= *next) {
            let zh = format!("入职日期应早于其后的任职变更（{next}）");
            return refuse(
                zh,
                (
                    "请对照任职经历中的下一次变更",
                    "Compare it with the next change of job",
                ),
            );
        }
        Ok(())
    }

    /// The rows that move the first day: nothing is employed on the days given up, and the place
    /// that was the first is the first again.
    async fn move_first_day(&self, facts: &Facts, books: &mut Writer<'_>) -> Result<(), Failure> {
        let (old, new) = (facts.person.hired_on, self.correction.hired_on);
        let Some(beginning) = facts.beginning.as_ref().filter(|_| new != old) else {
            return Ok(());
        };
        let mut days = vec![(new, false)];
        if new > old {
            days.insert(0, (old, true));
        } else {
            let between = beginning.empty_days.iter().filter(|day| **day > new);
            days.extend(between.map(|day| (*day, false)));
        }
        for (seq, (effective_on, ended)) in (facts.seq..).zip(days) {
            let row = store::EmploymentRow {
                employee: self.employee,
                seq,
                effective_on,
                position: beginning.position,
                post: beginning.position.post.unwrap_or(facts.person.post),
                ended,
                reason: told::FIRST_DAY.zh(),
            };
            store::add_employment(books, &row).await?;
        }
        Ok(())
    }
}

impl Act for CorrectEmployee {
    const NAME: &'static str = "people.correct_employee";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = store::find_employee(books, self.employee).await?;
        let person = person.ok_or_else(|| Denied::absent("employee"))?;
        let holder = match typed(self.correction.citizen_id.as_ref()) {
            Some(text) => {
                let citizen_id = super::citizen_number(text);
                store::find_by_citizen_id(books, &citizen_id, Some(self.employee)).await?
            }
            None => None,
        };
        let rows = store::employment_rows(books, &[self.employee].into()).await?;
        let employments: Employments = rows.into_iter().collect();
        Ok(Facts {
            beginning: employments.beginning(self.employee, person.hired_on),
            person,
            holder,
            owns: customers::count_owned(books, self.employee).await?,
            seq: store::next_employment(books, self.employee).await?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::PEOPLE_WRITE, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        let (new, who) = (&self.correction, facts.person.called());
        facts.person.check_seen(new.seen.as_deref())?;
        new.check_lengths()?;
        if let Some(text) = typed(new.citizen_id.as_ref()) {
            super::check_citizen_id(text, facts.today, facts.holder.as_ref())?;
        }
        new.terms().check()?;
        self.check_first_day(facts)?;
        if facts.person.sells && !new.sells && facts.owns > 0 {
            let owns = facts.owns;
            let zh = format!("{who}名下还有 {owns} 户客户，不能改为非业务人员");
            return Err(Refusal::conflict(
                "people.still_owns",
                zh.clone(),
                format!("still owns customers: {owns}"),
            )
            .remedy((
                "请先移交其名下客户",
                "Hand over the customers of this employee first",
            ))
            .at("/sells", zh));
        }
        let after = new.applied(&facts.person)?;
        if changes(&facts.person, &after).is_empty() {
            let zh = "与现有资料相同，没有变化";
            return Err(Refusal::conflict(
                "people.same_particulars",
                zh,
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let after = self.correction.applied(&facts.person)?;
        self.move_first_day(facts, books).await?;
        if after.name != facts.person.name {
            session::store::rename(books, self.employee, &after.name).await?;
        }
        Ok(store::correct_employee(books, &after).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (who, reason) = (facts.person.called(), self.correction.reason.trim());
        let after = self.correction.applied(&facts.person);
        let changes = changes(&facts.person, after.as_ref().unwrap_or(&facts.person));
        let (mut before, mut now) = (Map::new(), Map::new());
        for change in &changes {
            before.insert(change.field.to_owned(), change.before.clone());
            now.insert(change.field.to_owned(), change.after.clone());
        }
        let zh: Vec<&str> = changes.iter().map(|change| change.zh).collect();
        let en: Vec<&str> = changes.iter().map(|change| change.en).collect();
        let (zh, en) = (zh.join("、"), en.join(", "));
        Record::of(
            format!("employee/{}", self.employee),
            format!("更正了{who}的{zh}，原因：{reason}"),
            format!("Corrected {en} of {who}: {reason}"),
        )
        .why("correction")
        .detail(json!({ "before": before, "after": now, "reason": reason }))
    }
}

/// A particular that is not what it was; papers and addresses masked.
struct Change {
    field: &'static str,
    zh: &'static str,
    en: &'static str,
    before: Json,
    after: Json,
}

fn changes(old: &Employee, new: &Employee) -> Vec<Change> {
    let mut found = Vec::new();
    let mut note = |field, (zh, en), differ: bool, before: Json, after: Json| {
        if differ {
            found.push(Change {
                field,
                zh,
                en,
                before,
                after,
            });
        }
    };
    macro_rules! plain {
        ($($field:ident: $zh:literal, $en:literal;)+) => {$(
            let differ = old.$field != new.$field;
            let (before, after) = (json!(old.$field), json!(new.$field));
            note(stringify!($field), ($zh, $en), differ, before, after);
        )+};
    }
    macro_rules! masked {
        ($($field:ident: $zh:literal, $en:literal, $mask:ident;)+) => {$(
            let differ = old.$field != new.$field;
            let (before, after) = (old.$field.as_deref(), new.$field.as_deref());
            let (before, after) = (json!(before.map($mask)), json!(after.map($mask)));
            note(stringify!($field), ($zh, $en), differ, before, after);
        )+};
    }
    plain! { name: "姓名", "name"; }
    masked! {
        citizen_id: "身份证号", "citizen id", mask_citizen_id;
        phone: "电话", "phone", mask_phone;
        email: "邮箱", "e-mail", mask_email;
    }
    plain! {
        hired_on: "入职日期", "first day";
        probation_until: "试用期", "probation";
        contract_from: "合同起始日", "start of contract";
        contract_until: "合同终止日", "end of contract";
        sells: "业务人员标记", "salesperson";
        capacity: "客户上限", "most customers";
        regions: "负责区域", "regions";
        industries: "负责行业", "industries";
    }
    found
}
