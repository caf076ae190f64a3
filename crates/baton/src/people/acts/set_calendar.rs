//! The yearly notice of holidays is entered 录入放假安排.

use access::Need;
use kernel::{CalendarRow, Day, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions};

/// Replaces the notice of one year (国务院办公厅关于部分节假日安排的通知).
#[derive(Debug, Serialize, Deserialize)]
pub struct SetCalendar {
    /// The year, 2000..=2100.
    pub year: i16,
    /// The days it names, 1..=120, each once.
    pub days: Vec<NamedDay>,
}

/// A day that the notice names.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
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

impl Act for SetCalendar {
    const NAME: &'static str = "people.set_calendar";
    type Facts = usize;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<usize, Failure> {
        let days = store::calendar_rows(books).await?;
        Ok(days
            .iter()
            .filter(|(row, _)| row.notice_year == self.year)
            .count())
    }

    fn needs(&self, _before: &usize) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, _before: &usize, _at: Moment) -> Result<(), Refusal> {
        let wrong = |zh: String, pointer: &str| {
            Refusal::invalid("people.calendar", zh.clone(), "the notice cannot be right")
                .remedy("请对照国务院办公厅的通知核对")
                .at(pointer, zh)
        };
        if !(2000..=2100).contains(&self.year) {
            return Err(wrong("年份应在 2000 到 2100 之间".to_owned(), "/year"));
        }
        if !(1..=120).contains(&self.days.len()) {
            return Err(wrong("应列出 1 到 120 天".to_owned(), "/days"));
        }
        let mut seen = std::collections::BTreeSet::new();
        for (index, named) in self.days.iter().enumerate() {
            let pointer = format!("/days/{index}");
            bounds::length(&format!("{pointer}/name"), "节日名称", &named.name, 1..=20)?;
            let date = named.day.date();
            let before = date.year() == self.year - 1 && date.month() == 12;
            if date.year() != self.year && !before {
                return Err(wrong(
                    format!("{} 不在 {} 年", named.day, self.year),
                    &pointer,
                ));
            }
            if !seen.insert(named.day) {
                return Err(wrong(format!("{} 重复出现", named.day), &pointer));
            }
            if named.is_statutory && !named.is_off {
                return Err(wrong(
                    format!("{} 是法定节假日，不能上班", named.day),
                    &pointer,
                ));
            }
        }
        Ok(())
    }

    async fn write(&self, _: &usize, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = |named: &NamedDay| {
            let row = CalendarRow {
                notice_year: self.year,
                day: named.day,
                name: named.name.trim().to_owned(),
                is_off: named.is_off,
            };
            (row, named.is_statutory)
        };
        let days: Vec<store::CalendarDay> = self.days.iter().map(row).collect();
        Ok(store::set_notice(books, self.year, &days).await?)
    }

    fn record(&self, before: &usize, _outcome: &()) -> Record {
        let (year, count) = (self.year, self.days.len());
        Record::of(
            format!("calendar/{year}"),
            format!("录入 {year} 年放假安排，共 {count} 天"),
            format!("Entered the holidays of {year}: {count} days"),
        )
        .detail(serde_json::json!({ "days_before": before, "days": self.days }))
    }
}
