//! The report in a bundle: the story in order, each sentence with its record 存证报告.
//!
//! It is made of the case as it goes out, after the choice of what is shown, so that it cannot say
//! more than the bundle discloses: of a record that is kept back it says that there is one.

use std::collections::HashMap;

use ::bundle::case::{Case, Content as Told, Part, Record};
use ::bundle::draft::{self, DraftError};
use ::bundle::layout;
use ::document::{Content, Fonts, Letterhead, Mark, Paper, PrintError, Rows, Value};
use ::evidence::checkpoint::{LogTrust, SignedCheckpoint};
use ::evidence::entry::Entry;
use ::evidence::items::Item;
use ::signing::certificate::Certificate;
use ::signing::timestamp::{Answer, Trust};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::Moment;
use serde_json::Value as Json;

use crate::document::press;
use crate::registry;

/// Items of one bulk act that are told one by one; the others lie in the bundle all the same.
const MOST_ITEMS: usize = 500;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReportError {
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Print(#[from] PrintError),
}

/// What the report needs beside the case.
pub(super) struct Telling<'a> {
    pub(super) zone: &'a TimeZone,
    /// Timestamp authorities whose tokens lie in the case.
    pub(super) clocks: &'a [Certificate],
    pub(super) now: Moment,
    /// Whether the books are for practising.
    pub(super) rehearsal: bool,
    /// What the books call those who acted and agreed, by id: `张三（E001）`.
    pub(super) people: &'a HashMap<String, String>,
}

impl Telling<'_> {
    /// The report as PDF; the same case gives the same bytes.
    pub(super) fn print(&self, case: &Case) -> Result<Vec<u8>, ReportError> {
        let press = press::press();
        let spelt = |text: &str| press.fonts().spelt(text);
        let letterhead = Letterhead {
            company: spelt(&case.info.organization),
            credit_code: None,
        };
        let size = case.checkpoints.keys().last().copied().unwrap_or_default();
        let paper = Paper {
            id: &format!("report/{}/{size}", case.name),
            number: &spelt(&case.info.identifier),
            letterhead: &letterhead,
            // The day of the bundle; an hour would make equal input unequal.
            at: Moment::start_of(case.info.day, self.zone),
            zone: self.zone,
            mark: self.rehearsal.then_some(Mark::Rehearsal),
        };
        let content = self.content(case, size, press.fonts())?;
        Ok(press.print_report(&paper, &content)?.bytes)
    }

    fn content(&self, case: &Case, size: u64, fonts: &Fonts) -> Result<Content, DraftError> {
        let index = draft::index(case)?;
        let mut records: Vec<&Record> = case.records.iter().collect();
        records.sort_by_key(|record| record.proof.index);
        let mut story = Vec::with_capacity(records.len());
        for record in &records {
            story.push(self.event(record, fonts)?);
        }
        let states = |wanted: fn(&Told) -> bool| {
            Value::Count(whole(
                records.iter().filter(|one| wanted(&one.content)).count(),
            ))
        };
        let papers = index.documents.iter().map(|line| {
            row([
                ("file", Value::from(layout::document(&line.file))),
                ("index", count(line.record)),
                ("digest", Value::from(line.sha256.to_string())),
            ])
        });
        let chains = index.subjects.iter().map(|subject| {
            row([
                ("subject", Value::from(fonts.spelt(subject))),
                (
                    "whole",
                    Value::Yes(index.complete.binary_search(subject).is_ok()),
                ),
            ])
        });
        let zone = self.zone.iana_name().unwrap_or("UTC");
        Ok(row([
            ("log", Value::from(fonts.spelt(&index.origin))),
            ("zone", Value::from(zone)),
            ("size", count(size)),
            ("records", Value::Count(whole(records.len()))),
            ("shown", states(|told| matches!(told, Told::Shown { .. }))),
            ("withheld", states(|told| *told == Told::Withheld)),
            ("erased", states(|told| *told == Told::Erased)),
            ("story", list(story)),
            ("papers", list(papers.collect())),
            ("heads", list(self.heads(case, fonts))),
            ("chains", list(chains.collect())),
        ]))
    }

    fn called<'p>(&'p self, id: &'p str) -> &'p str {
        self.people.get(id).map_or(id, String::as_str)
    }

    /// `2026-11-22 16:00:00` in the zone of the house.
    fn clock(&self, at: Moment) -> String {
        let stamp = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::MAX);
        let local = stamp.to_zoned(self.zone.clone());
        local.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn event(&self, record: &Record, fonts: &Fonts) -> Result<Content, DraftError> {
        let entry = Entry::from_bytes(&record.entry)?;
        let act = registry::act(&entry.act);
        let words = match &record.content {
            Told::Shown { payload, .. } => sentence(payload),
            Told::Withheld => "此条内容由导出方保留，未披露".to_owned(),
            Told::Erased => "此条内容已依法删除".to_owned(),
        };
        let agreed = entry.approvals.iter().map(|one| {
            let (by, at, said) = (
                self.called(&one.by),
                self.clock(one.at),
                decision(&one.decision),
            );
            let record = one
                .record
                .map_or(String::new(), |index| format!("，见第 {index} 条"));
            let words = format!("{by} 于 {at} {said}{record}");
            row([("words", Value::from(fonts.spelt(&words)))])
        });
        let mut items: Vec<&Part> = record.items.iter().collect();
        items.sort_by_key(|part| part.n);
        let told = items.iter().take(MOST_ITEMS);
        let mut parts = Vec::new();
        for part in told.clone() {
            parts.push(row([
                ("words", Value::from(fonts.spelt(&moved(part)?))),
                ("file", Value::from(layout::item(entry.seq, part.n))),
            ]));
        }
        let when = self.clock(entry.at);
        let (_, time) = when.split_once(' ').unwrap_or_default();
        let named = |text: Option<&str>| Value::from(text.unwrap_or(&entry.act));
        Ok(row([
            ("day", Value::from(entry.at.day_in(self.zone))),
            ("time", Value::from(time)),
            ("act_zh", named(act.map(|act| act.zh))),
            ("act_en", named(act.map(|act| act.en))),
            ("words", Value::from(fonts.spelt(&words))),
            (
                "told",
                Value::Yes(matches!(record.content, Told::Shown { .. })),
            ),
            ("by", Value::from(fonts.spelt(self.called(&entry.actor.id)))),
            ("agreed", list(agreed.collect())),
            ("index", count(entry.seq)),
            ("file", Value::from(layout::record(entry.seq))),
            ("parts", list(parts)),
            ("more", Value::Count(whole(items.len() - told.len()))),
        ]))
    }

    /// Each checkpoint with whoever signed it, and when.
    fn heads(&self, case: &Case, fonts: &Fonts) -> Vec<Content> {
        let trust = case.policy.trust(case.log.name());
        let each = case.checkpoints.iter().map(|(size, note)| {
            let mut seen = trust
                .as_ref()
                .map_or_else(Vec::new, |trust| self.cosigned(note, trust));
            if let Some(answer) = case.timestamps.get(size) {
                seen.extend(self.stamped(answer, note));
            }
            let seen = seen
                .iter()
                .map(|words| row([("words", Value::from(fonts.spelt(words)))]));
            let root = note.lines().nth(2).unwrap_or_default();
            row([
                ("size", count(*size)),
                ("root", Value::from(root)),
                ("file", Value::from(layout::checkpoint(*size))),
                ("seen", list(seen.collect())),
            ])
        });
        each.collect()
    }

    fn cosigned(&self, note: &str, trust: &LogTrust) -> Vec<String> {
        let Ok(signed) = SignedCheckpoint::open(note, trust) else {
            return Vec::new();
        };
        let each = signed.witnesses.iter().map(|witness| {
            let seconds = i64::try_from(witness.seconds).unwrap_or(i64::MAX);
            let at = self.clock(Moment(0).plus_seconds(seconds));
            format!("见证方 {} 于 {at} 联署", witness.name)
        });
        each.collect()
    }

    fn stamped(&self, answer: &[u8], note: &str) -> Option<String> {
        let trust = Trust {
            anchors: Vec::new(),
            timestamp_anchors: self.clocks.to_vec(),
            now: self.now,
        };
        let stamp = Answer::read(answer).ok()?;
        let stamp = stamp.check(note.as_bytes(), None, &trust).ok()?;
        let at = self.clock(stamp.at);
        Some(format!("时间戳机构「{}」于 {at} 加盖", stamp.authority))
    }
}

/// What an item of a bulk act says of its thing.
fn moved(part: &Part) -> Result<String, DraftError> {
    let item = Item::from_bytes(&part.item)?;
    let subject = item.subject;
    let Told::Shown { payload, .. } = &part.content else {
        return Ok(format!("{subject}：内容未披露"));
    };
    let story: Json = serde_json::from_slice(payload).unwrap_or_default();
    let text = |value: &Json| value.as_str().map(ToOwned::to_owned);
    let title = text(&story["title"]).map_or(String::new(), |title| format!("「{title}」"));
    let (before, after) = (&story["before"]["owner"], &story["after"]["owner"]);
    let moved = match (text(before), text(after)) {
        (Some(before), Some(after)) => format!("：由 {before} 转至 {after}"),
        _ => String::new(),
    };
    let from = text(&story["effective_on"]).map_or(String::new(), |day| format!("，自 {day} 起"));
    Ok(format!("{subject}{title}{moved}{from}"))
}

/// The sentence of a payload as it was written.
fn sentence(payload: &[u8]) -> String {
    let story: Json = serde_json::from_slice(payload).unwrap_or_default();
    let zh = story["zh"].as_str().map(str::trim).unwrap_or_default();
    match zh.is_empty() {
        true => "内容见所附文件".to_owned(),
        false => zh.to_owned(),
    }
}

fn decision(code: &str) -> String {
    let zh = match code {
        "approve" => "同意",
        "accept" => "接受",
        "reject" | "refuse" => "不同意",
        _ => "作出决定",
    };
    format!("{zh}（{code}）")
}

fn row<const N: usize>(fields: [(&str, Value); N]) -> Content {
    fields.map(|(key, value)| (key.to_owned(), value)).into()
}

fn list(rows: Vec<Content>) -> Value {
    Value::List(Rows(rows))
}

fn count(number: u64) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
