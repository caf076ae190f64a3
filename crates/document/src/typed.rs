//! What somebody fills in where the books hold no fact 填写内容.

use kernel::{Day, Fen};
use serde_json::{Map, Value as Json};

use crate::content::{Content, Rows, Value};
use crate::manifest::{Field, FieldKind, Manifest};

/// Characters of a line where the manifest says nothing.
const LINE: usize = 200;
/// Characters of a note where the manifest says nothing.
const NOTE: usize = 2_000;
/// Rows of a list where the manifest says nothing.
const ROWS: usize = 200;

/// One place that was filled in wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// JSON pointer from the filled-in fields, `/secrets/0/name`.
    pub pointer: String,
    /// What is wrong there, in Chinese, naming the field.
    pub zh: String,
    /// The same in English, as it stands at the field.
    pub en: String,
}

/// What is wrong with a field, in both languages.
type Words = (String, String);

impl Manifest {
    /// The fields that are filled in, in the order of the paper.
    pub fn typed(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.typed)
    }

    /// Reads what was filled in.
    ///
    /// # Errors
    /// Every place that is wrong, in the order of the paper.
    pub fn read(&self, said: &Map<String, Json>) -> Result<Content, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let fields: Vec<&Field> = self.typed().collect();
        let content = row(&fields, said, "", &mut wrong);
        if wrong.is_empty() {
            Ok(content)
        } else {
            Err(wrong)
        }
    }
}

fn row(fields: &[&Field], said: &Map<String, Json>, at: &str, wrong: &mut Vec<Wrong>) -> Content {
    let mut content = Content::new();
    let mut complain = |pointer: String, (zh, en): Words| wrong.push(Wrong { pointer, zh, en });
    for key in said.keys() {
        if !fields.iter().any(|field| field.key == *key) {
            let words = both("没有这一项", "There is no such field");
            complain(format!("{at}/{}", pointer_of(key)), words);
        }
    }
    for field in fields {
        let place = format!("{at}/{}", field.key);
        match said.get(&field.key).filter(|value| !is_blank(value)) {
            None if field.optional => {}
            None => complain(place, both(format!("请填写{}", field.zh), "Fill this in")),
            Some(Json::Array(rows)) if field.kind == FieldKind::List => {
                let mut inner = Vec::new();
                let list = list(field, rows, &place, &mut inner);
                inner
                    .into_iter()
                    .for_each(|one| complain(one.pointer, (one.zh, one.en)));
                content.insert(field.key.clone(), list);
            }
            Some(value) => match one(field, value) {
                Ok(value) => {
                    content.insert(field.key.clone(), value);
                }
                Err(words) => complain(place, words),
            },
        }
    }
    content
}

fn both(zh: impl Into<String>, en: impl Into<String>) -> Words {
    (zh.into(), en.into())
}

fn pointer_of(key: &str) -> String {
    let short: String = key.chars().take(40).collect();
    short.replace('~', "~0").replace('/', "~1")
}

/// An empty field of a form is a field that was not filled in.
fn is_blank(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(rows) => rows.is_empty(),
        _ => false,
    }
}

fn list(field: &Field, rows: &[Json], place: &str, wrong: &mut Vec<Wrong>) -> Value {
    let most = field.most.as_deref().and_then(|most| most.parse().ok());
    let most = most.unwrap_or(ROWS);
    if rows.len() > most {
        wrong.push(Wrong {
            pointer: place.to_owned(),
            zh: format!("{}最多 {most} 行", field.zh),
            en: format!("At most {most} rows"),
        });
        return Value::List(Rows::default());
    }
    let columns: Vec<&Field> = field.columns.iter().collect();
    let read = rows.iter().enumerate().map(|(n, one)| match one {
        Json::Object(said) => row(&columns, said, &format!("{place}/{n}"), wrong),
        _ => {
            wrong.push(Wrong {
                pointer: format!("{place}/{n}"),
                zh: format!("{}第 {} 行不是一行内容", field.zh, n + 1),
                en: format!("Row {} is no row", n + 1),
            });
            Content::new()
        }
    });
    Value::List(Rows(read.collect()))
}

fn one(field: &Field, value: &Json) -> Result<Value, Words> {
    let zh = &field.zh;
    match field.kind {
        FieldKind::Text | FieldKind::Note => text(field, value).map(Value::Text),
        FieldKind::Day => {
            let day = value.as_str().and_then(|text| text.parse::<Day>().ok());
            let wrong = || both(format!("{zh}应为日期"), "It should be a day");
            day.map(Value::Day).ok_or_else(wrong)
        }
        FieldKind::Money => {
            let fen: Option<Fen> = serde_json::from_value(value.clone()).ok();
            let wrong = || {
                let en = "It should be an amount with two decimals at most";
                both(format!("{zh}应为金额，最多两位小数"), en)
            };
            let fen = fen.ok_or_else(wrong)?;
            let bound = |text: &Option<String>| text.as_deref().and_then(|t| Fen::parse(t).ok());
            let least = bound(&field.least).unwrap_or(Fen::ZERO);
            if fen < least || bound(&field.most).is_some_and(|most| fen > most) {
                return Err(between(field, ("元", "yuan")));
            }
            Ok(Value::Money(fen))
        }
        FieldKind::Count => {
            let number = value.as_i64();
            let wrong = || both(format!("{zh}应为整数"), "It should be a whole number");
            let number = number.ok_or_else(wrong)?;
            let bound = |text: &Option<String>| text.as_deref().and_then(|t| t.parse().ok());
            let least: i64 = bound(&field.least).unwrap_or(0);
            if number < least || bound(&field.most).is_some_and(|most: i64| number > most) {
                return Err(between(field, ("", "")));
            }
            Ok(Value::Count(number))
        }
        FieldKind::Yes => {
            let yes = value.as_bool();
            let wrong = || both(format!("{zh}应为是或否"), "It should be yes or no");
            yes.map(Value::Yes).ok_or_else(wrong)
        }
        FieldKind::List => Err(both(format!("{zh}应为若干行内容"), "It should be rows")),
    }
}

fn between(field: &Field, (unit, unit_en): (&str, &str)) -> Words {
    let (zh, least) = (&field.zh, field.least.as_deref().unwrap_or("0"));
    let (zh, en) = match &field.most {
        Some(most) => (
            format!("{zh}应在 {least} 到 {most} {unit}之间"),
            format!("It should be from {least} to {most} {unit_en}"),
        ),
        None => (
            format!("{zh}应不小于 {least} {unit}"),
            format!("It should be at least {least} {unit_en}"),
        ),
    };
    both(zh.trim_end(), en.trim_end())
}

fn text(field: &Field, value: &Json) -> Result<String, Words> {
    let zh = &field.zh;
    let wrong = || both(format!("{zh}应为文字"), "It should be text");
    let text = value.as_str().ok_or_else(wrong)?;
    let text = text.trim().replace("\r\n", "\n");
    if !field.choices.is_empty() {
        let known = field.choices.contains(&text);
        let choices = || {
            let choices = field.choices.join("、");
            both(format!("{zh}应为：{choices}"), format!("One of: {choices}"))
        };
        return if known { Ok(text) } else { Err(choices()) };
    }
    let note = field.kind == FieldKind::Note;
    let most = field.most.as_deref().and_then(|most| most.parse().ok());
    let most = most.unwrap_or(if note { NOTE } else { LINE });
    if text.chars().count() > most {
        let en = format!("At most {most} characters");
        return Err(both(format!("{zh}最多 {most} 个字"), en));
    }
    if text.chars().any(|c| c.is_control() && !(note && c == '\n')) {
        let en = "It may hold no line breaks and no control characters";
        return Err(both(format!("{zh}不能有换行或控制字符"), en));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn manifest() -> Manifest {
        let text = r#"
            title = "样"
            zh = "样"
            en = "Sample"
            code = "YY"
            field = [
              { key = "known", zh = "已知", kind = "text" },
              { key = "who", zh = "提出方", kind = "text", typed = true, choices = ["单位", "员工"] },
              { key = "months", zh = "月数", kind = "count", typed = true, least = "1", most = "24" },
              { key = "pay", zh = "月补偿", kind = "money", typed = true, least = "0.01" },
              { key = "on", zh = "日期", kind = "day", typed = true, optional = true },
              { key = "told", zh = "已告知", kind = "yes", typed = true, optional = true },
              { key = "why", zh = "理由", kind = "note", typed = true, optional = true, most = "5" },
              { key = "things", zh = "物品", kind = "list", typed = true, optional = true, most = "2",
                column = [{ key = "name", zh = "名称", kind = "text" }] },
            ]"#;
        Manifest::parse(text).expect("a manifest")
    }

    fn said(json: Json) -> Result<Content, Vec<(String, String)>> {
        let Json::Object(map) = json else {
            panic!("an object")
        };
        let read = manifest().read(&map);
        read.map_err(|wrong| {
            let english = |en: &str| !en.is_empty() && en.is_ascii() || en.contains("单位");
            assert!(wrong.iter().all(|one| english(&one.en)), "{wrong:?}");
            wrong.into_iter().map(|one| (one.pointer, one.zh)).collect()
        })
    }

    fn money(yuan: &str) -> Json {
        json!({ "amount": yuan, "currency": "CNY" })
    }

    #[test]
    fn what_is_filled_in_becomes_facts() {
        let content = said(
            json!({ "who": "单位", "months": 24, "pay": money("6000.10"),
            "on": "2026-12-22", "told": true, "why": " 一\n二 ", "things": [{ "name": "电脑" }] }),
        );
        let content = content.expect("right");
        assert_eq!(content["pay"], Value::Money(Fen(600_010)));
        assert_eq!(content["why"], Value::from("一\n二"));
        assert_eq!(content["told"], Value::Yes(true));
        let bare = said(
            json!({ "who": "员工", "months": 1, "pay": money("0.01"), "on": "",
            "things": [] }),
        );
        assert_eq!(bare.expect("right").len(), 3);
    }

    #[test]
    fn every_wrong_place_is_named() {
        let wrong = said(
            json!({ "known": "x", "who": "工会", "months": 25, "pay": money("0"),
            "on": "2026-02-30", "told": "yes", "why": "一二三四五六",
            "things": [{ "name": "甲\n乙" }, { "nam/e": "丙" }] }),
        );
        let wrong = wrong.expect_err("wrong");
        let places: Vec<&str> = wrong.iter().map(|(place, _)| place.as_str()).collect();
        let expected = [
            "/known",
            "/who",
            "/months",
            "/pay",
            "/on",
            "/told",
            "/why",
            "/things/0/name",
            "/things/1/nam~1e",
            "/things/1/name",
        ];
        assert_eq!(places, expected);
        assert_eq!(wrong[1].1, "提出方应为：单位、员工");
        assert_eq!(wrong[2].1, "月数应在 1 到 24 之间");
        assert_eq!(wrong[9].1, "请填写名称");
        let rows = said(
            json!({ "who": "单位", "months": 1, "pay": money("1"), "things":
            [{ "name": "一" }, { "name": "二" }, { "name": "三" }] }),
        );
        assert_eq!(rows.expect_err("wrong")[0].1, "物品最多 2 行");
        let shape = said(json!({ "who": 1, "months": "1", "pay": 1, "things": "x" }));
        assert_eq!(shape.expect_err("wrong").len(), 4);
    }
}
