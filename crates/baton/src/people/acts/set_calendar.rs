//! The yearly notice of holidays is entered 录入放假安排.

use std::collections::BTreeMap;

use access::Need;
use kernel::{CalendarRow, Day, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store::{self, CalendarDay};
use crate::{bounds, permissions};

/// Replaces the notice of one year (国务院办公厅关于部分节假日安排的通知). Deadlines are reckoned by it,
/// so that no day which was entered before goes or changes without being named.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetCalendar {
    /// The year, 2000..=2100.
    pub year: i16,
    /// The days it names, 1..=120, each once.
    pub days: Vec<NamedDay>,
    /// The days of the year that were entered before, as whoever enters has seen them.
    #[serde(default)]
    pub replaces: Vec<NamedDay>,
}

/// A day that the notice names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedDay {
    /// Which; of the year itself or of the December before.
    #[schema(value_type = String, format = Date)]
    pub day: Day,
    /// Name of the holiday, 1..=20 characters.
    pub name: String,
    /// `true` 放假, `false` 调休上班.
    pub is_off: bool,
    /// Whether it is one of the statutory holidays proper 法定节假日.
    #[serde(default)]
    pub is_statutory: bool,
}

impl From<CalendarDay> for NamedDay {
    fn from((row, is_statutory): CalendarDay) -> NamedDay {
        NamedDay {
            day: row.day,
            name: row.name,
            is_off: row.is_off,
            is_statutory,
        }
    }
}

impl NamedDay {
    /// `2027-01-01（元旦，法定）`
    fn called(&self) -> String {
        let what = match (self.is_off, self.is_statutory) {
            (true, true) => "法定",
            (true, false) => "放假",
            (false, _) => "上班",
        };
        format!("{}（{}，{what}）", self.day, self.name.trim())
    }
}

/// Days of a refusal that are named one by one.
const NAMED: usize = 5;

fn list(days: &[&NamedDay]) -> String {
    let named: Vec<String> = days.iter().take(NAMED).map(|day| day.called()).collect();
    let more = if days.len() > NAMED {
        format!("等 {} 天", days.len())
    } else {
        String::new()
    };
    format!("{}{more}", named.join("、"))
}

/// What the decision needs to know.
pub struct Facts {
    /// The days entered for this year before.
    entered: Vec<NamedDay>,
    /// The days that notices of other years name, and which year's.
    elsewhere: BTreeMap<Day, i16>,
}

impl SetCalendar {
    /// Each day is one a notice of the year can name, and is named once.
    fn check_days(&self) -> Result<(), Refusal> {
        let mut seen = BTreeMap::new();
        for (index, named) in self.days.iter().enumerate() {
            let pointer = format!("/days/{index}");
            bounds::length(&format!("{pointer}/name"), "节日名称", &named.name, 1..=20)?;
            let date = named.day.date();
            let before = date.year() == self.year - 1 && date.month() == 12;
            if date.year() != self.year && !before {
                return Err(wrong(
                    format!("{} 不在 {} 年", named.day, self.year),
                    format!("{} is not in {}", named.day, self.year),
                    &pointer,
                ));
            }
            if let Some(first) = seen.insert(named.day, index) {
                let (first, second) = (first + 1, index + 1);
                return Err(wrong(
                    format!("第 {first} 条和第 {second} 条都写了 {}", named.day),
                    format!("Rows {first} and {second} both name {}", named.day),
                    &pointer,
                ));
            }
            if named.is_statutory && !named.is_off {
                return Err(wrong(
                    format!("{} 是法定节假日，不能上班", named.day),
                    format!("{} is a statutory holiday, nobody works", named.day),
                    &pointer,
                ));
            }
        }
        Ok(())
    }

    /// No day that was entered goes, or becomes another, unless it was seen as it is.
    fn check_lost(&self, facts: &Facts) -> Result<(), Refusal> {
        let lost: Vec<&NamedDay> = facts
            .entered
            .iter()
            .filter(|day| !self.days.contains(day) && !self.replaces.contains(day))
            .collect();
        if lost.is_empty() {
            return Ok(());
        }
        let (year, count) = (self.year, lost.len());
        Err(Refusal::conflict(
            "people.calendar_drops",
            format!("{year} 年已录入的 {} 会因此丢失，没有保存", list(&lost)),
            format!("{count} days of {year} that were entered before would be lost"),
        )
        .remedy((
            "请刷新页面，在已录入的内容上增改；确要取消的，从列表中删去该行后再保存",
            "Reload and add to what is there; to take a day back, delete its row and save",
        )))
    }

    /// A day is named by the notice of one year.
    fn check_elsewhere(&self, facts: &Facts) -> Result<(), Refusal> {
        for (index, named) in self.days.iter().enumerate() {
            let Some(year) = facts.elsewhere.get(&named.day) else {
                continue;
            };
            let zh = format!("{} 已列在 {year} 年的放假安排中", named.day);
            return Err(Refusal::conflict(
                "people.calendar_elsewhere",
                zh.clone(),
                format!("{} stands in the notice of {year} already", named.day),
            )
            .remedy((
                format!("请删去这一天；要改的，改 {year} 年的放假安排"),
                format!("Delete this day; to change it, change the holidays of {year}"),
            ))
            .at(&format!("/days/{index}"), zh));
        }
        Ok(())
    }
}

fn wrong(zh: String, en: String, pointer: &str) -> Refusal {
    Refusal::invalid("people.calendar", zh.clone(), en.clone())
        .remedy((
            "请对照国务院办公厅的通知核对",
            "Compare it with the notice of the State Council",
        ))
        .at(pointer, (zh, en))
}

impl Act for SetCalendar {
    const NAME: &'static str = "people.set_calendar";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let days = store::calendar_rows(books).await?;
        let (own, others): (Vec<CalendarDay>, Vec<CalendarDay>) = days
            .into_iter()
            .partition(|(row, _)| row.notice_year == self.year);
        Ok(Facts {
            entered: own.into_iter().map(NamedDay::from).collect(),
            elsewhere: others
                .into_iter()
                .map(|(row, _)| (row.day, row.notice_year))
                .collect(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        if !(2000..=2100).contains(&self.year) {
            return Err(wrong(
                "年份应在 2000 到 2100 之间".to_owned(),
                "The year must be from 2000 to 2100".to_owned(),
                "/year",
            ));
        }
        if !(1..=120).contains(&self.days.len()) {
            return Err(wrong(
                "应列出 1 到 120 天".to_owned(),
                "From 1 to 120 days must be listed".to_owned(),
                "/days",
            ));
        }
        self.check_days()?;
        self.check_elsewhere(facts)?;
        self.check_lost(facts)
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = |named: &NamedDay| {
            let row = CalendarRow {
                notice_year: self.year,
                day: named.day,
                name: named.name.trim().to_owned(),
                is_off: named.is_off,
            };
            (row, named.is_statutory)
        };
        let days: Vec<CalendarDay> = self.days.iter().map(row).collect();
        Ok(store::set_notice(books, self.year, &days).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (year, count) = (self.year, self.days.len());
        let gone = facts.entered.iter().filter(|day| !self.days.contains(day));
        let (zh, en) = match gone.count() {
            0 => (String::new(), String::new()),
            gone => (
                format!("，原有 {gone} 天取消或改动"),
                format!("; {gone} entered before went or changed"),
            ),
        };
        Record::of(
            format!("calendar/{year}"),
            format!("录入 {year} 年放假安排，共 {count} 天{zh}"),
            format!("Entered the holidays of {year}: {count} days{en}"),
        )
        .detail(serde_json::json!({ "before": facts.entered, "days": self.days }))
    }
}
