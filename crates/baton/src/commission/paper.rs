//! What a statement on paper says 提成单内容.

use std::collections::BTreeMap;

use ::commission::period::Stage;
use ::commission::statement::Called;
use ::document::{Content, Kind, Rows, Value};
use access::Permission;
use kernel::{Day, EmployeeId, Fen, Refusal};
use sha2::{Digest as _, Sha256};
use spine::{Denied, Failure, Reader};

use super::month::{Month, nothing_in, still_open};
use super::store::{self, Booked, PeriodRow, Said, Word};
use super::telling;
use crate::document::facts::sheet_of;
use crate::document::press::Sheet;
use crate::document::store::{self as documents, DocumentLine};
use crate::evidence::store as evidence;
use crate::people::store::{self as people, Employee};
use crate::permissions;

/// A statement that can be printed, and whether it was.
pub struct Paper {
    pub(crate) person: Employee,
    pub(crate) month: Month,
    /// Absent before the month is closed.
    pub(crate) sheet: Option<Sheet>,
    pub(crate) total: Fen,
    pub(crate) lines: usize,
    issued: Option<DocumentLine>,
}

/// The number of somebody's statement of a month, `TC2026-11-E002`.
pub(crate) fn number(month: Month, person: &str) -> String {
    format!(
        "{}{month}-{person}",
        Kind::CommissionStatement.manifest().code
    )
}

/// Reads everything for somebody's statement.
pub(crate) async fn paper(
    books: &mut Reader<'_>,
    month: Month,
    payee: EmployeeId,
) -> Result<Paper, Failure> {
    let person = people::find_employee(books, payee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let periods = store::periods(books).await?;
    let period = periods.into_iter().find(|period| period.month == month);
    let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
    let lines = store::lines_of(books, payee, month).await?;
    let number = number(month, &person.number);
    let sheet = if period.stage == Stage::Closed {
        let content = content(books, &person, &period, &lines).await?;
        let kind = (Kind::CommissionStatement, number.clone());
        Some(sheet_of(books, kind, &person, content).await?)
    } else {
        None
    };
    Ok(Paper {
        issued: documents::numbered(books, Kind::CommissionStatement, &number).await?,
        month,
        sheet,
        total: lines.iter().map(|line| line.commission).sum(),
        lines: lines.len(),
        person,
    })
}

impl Paper {
    /// Whether it may be printed now: once, of a closed month in which there is something to say.
    ///
    /// # Errors
    /// `commission.statement_open`, `commission.statement_issued`, `commission.statement_empty`.
    pub(crate) fn may_issue(&self) -> Result<&Sheet, Refusal> {
        let month = self.month;
        if let Some(issued) = &self.issued {
            let number = &issued.number;
            return Err(Refusal::conflict(
                "commission.statement_issued",
                format!("提成单 {number} 已生成，已存档的文件不会改动"),
                format!("The statement {number} was issued already and never changes"),
            )
            .remedy((
                "请下载已存档的提成单",
                "Download the statement that is on file",
            )));
        }
        if self.lines == 0 {
            return Err(nothing_in(
                month,
                (
                    "没有明细的月份不生成提成单",
                    "A month without lines has no statement",
                ),
            ));
        }
        let open = || {
            still_open(
                month,
                (
                    "请在财务关账后生成；关账前可在页面上查看明细",
                    "Make it after finance closed the month; the page shows the lines before",
                ),
            )
        };
        self.sheet.as_ref().ok_or_else(open)
    }
}

/// What lets somebody make or hand out a statement: his own, or as finance anybody's.
pub(crate) fn right_of(own: bool) -> Permission {
    if own {
        permissions::COMMISSION_CONFIRM
    } else {
        permissions::COMMISSION_RUN
    }
}

fn put(content: &mut Content, key: &str, value: impl Into<Value>) {
    content.insert(key.to_owned(), value.into());
}

async fn content(
    books: &mut Reader<'_>,
    person: &Employee,
    period: &PeriodRow,
    lines: &[Booked],
) -> Result<Content, Failure> {
    let called = telling::called(books, lines).await?;
    let subject = format!("commission_period/{}", period.month);
    let wanted = evidence::Wanted {
        subject: Some(&subject),
        kind: Some("commission.close_period"),
        actor: None,
        from: None,
        until: None,
        before: None,
        limit: 1,
    };
    let closed = evidence::list(books, &wanted).await?;
    let record = closed.first().map_or_else(
        || "（见该月关账记录）".to_owned(),
        |entry| format!("第 {} 条", entry.index),
    );
    let closed_at = period.closed_at.unwrap_or_else(|| books.at());
    let first = period.month.days().from.date();
    let mut content = Content::new();
    put(&mut content, "name", person.name.as_str());
    put(&mut content, "number", person.number.as_str());
    put(&mut content, "department", person.department_name.as_str());
    put(&mut content, "post", person.post_name.as_str());
    put(
        &mut content,
        "month",
        format!("{}年{}月", first.year(), first.month()),
    );
    put(&mut content, "closed_on", closed_at.day_in(books.zone()));
    let total: Fen = lines.iter().map(|line| line.commission).sum();
    put(&mut content, "total", total);
    put(&mut content, "record", record);
    put(&mut content, "digest", digest(lines)?);
    put(&mut content, "dues", due_rows(lines));
    let words = store::words_of(books, person.id, period.month).await?;
    put_objections(&mut content, &words);
    let answers: BTreeMap<String, Word> = words
        .into_iter()
        .map(|word| (word.key.clone(), word))
        .collect();
    let confirmed = answers.values().filter(|word| word.said == Said::Confirmed);
    put(&mut content, "confirmed", count(confirmed.count()));
    let signed = store::sign_offs(books, person.id, period.month).await?;
    let all = store::all_lines_of(books, person.id, period.month).await?;
    let now = store::signed_off(&all)?;
    if let Some(last) = signed.last().filter(|last| last.digest == now) {
        put(&mut content, "signed_on", last.at.day_in(books.zone()));
    }
    let (zeros, paid): (Vec<&Booked>, Vec<&Booked>) =
        lines.iter().partition(|line| line.commission == Fen::ZERO);
    let rows = |of: Vec<&Booked>, row: fn(&Booked, &Called) -> Content| {
        let said = |line: &Booked| {
            let mut row = row(line, &called);
            if let Some(word) = answers.get(&line.key) {
                put(&mut row, "said", answer_words(word));
            }
            row
        };
        Value::List(Rows(of.into_iter().map(said).collect()))
    };
    put(&mut content, "lines", rows(paid, paid_row));
    put(&mut content, "zeros", rows(zeros, zero_row));
    Ok(content)
}

fn count(number: usize) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// How many lines were objected to, whatever was said of them afterwards, and how each was answered
/// last. Before a month closes all are answered, or taken back by confirming the line.
fn put_objections(content: &mut Content, words: &[Word]) {
    let mut objected: BTreeMap<&str, Said> = BTreeMap::new();
    for word in words.iter().filter(|word| word.said != Said::Confirmed) {
        objected.insert(word.key.as_str(), word.said);
    }
    put(content, "objected", count(objected.len()));
    let kinds = [
        (Said::Accepted, "成立"),
        (Said::Partly, "部分成立"),
        (Said::PutRight, "成立并已另行更正"),
        (Said::Refused, "不成立"),
        (Said::Objected, "本人撤回"),
    ];
    let told = kinds.iter().filter_map(|(said, zh)| {
        let number = objected.values().filter(|one| *one == said).count();
        (number > 0).then(|| format!("{zh} {number} 笔"))
    });
    let told = told.collect::<Vec<_>>().join("、");
    if !told.is_empty() {
        put(content, "objections", told);
    }
}

fn answer_words(word: &Word) -> String {
    let reason = word.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    match word.said {
        Said::Confirmed => "本人已确认".to_owned(),
        Said::Objected => format!("本人有异议：{reason}"),
        Said::Accepted => format!("异议成立：{reason}"),
        Said::Partly => {
            let granted = word.amount.unwrap_or_default();
            format!("异议部分成立，认可 {granted} 元：{reason}")
        }
        Said::PutRight => format!("异议所指已另行更正：{reason}"),
        Said::Refused => format!("异议不成立：{reason}"),
    }
}

/// SHA-256 over name, amounts and trace of each line, in the order of the paper.
fn digest(lines: &[Booked]) -> Result<String, serde_json::Error> {
    let mut hash = Sha256::new();
    for line in lines {
        let said = (&line.key, line.credit, line.commission, &line.kept);
        hash.update(serde_json::to_vec(&said)?);
    }
    Ok(hex::encode(hash.finalize()))
}

fn due_rows(lines: &[Booked]) -> Value {
    let mut sums: BTreeMap<Day, Fen> = BTreeMap::new();
    for part in lines.iter().flat_map(Booked::dues) {
        let sum = sums.entry(part.on).or_default();
        *sum = *sum + part.amount;
    }
    let row = |(due, amount): (Day, Fen)| {
        let mut row = Content::new();
        put(&mut row, "due", due);
        put(&mut row, "amount", amount);
        row
    };
    Value::List(Rows(sums.into_iter().map(row).collect()))
}

fn why(line: &Booked, called: &Called) -> String {
    let story = telling::story(called, line).into_iter();
    let sentences: Vec<String> = story.map(|one| one.zh.trim().replace('\n', "，")).collect();
    sentences.join("；")
}

fn common(line: &Booked, called: &Called) -> Content {
    let mut row = Content::new();
    put(&mut row, "on", line.earned_on);
    if let Some((_, customer)) = telling::customer(called, line) {
        put(&mut row, "customer", customer);
    }
    put(&mut row, "record", telling::number(called, &line.record));
    put(&mut row, "why", why(line, called));
    row
}

fn zero_row(line: &Booked, called: &Called) -> Content {
    common(line, called)
}

fn paid_row(line: &Booked, called: &Called) -> Content {
    let mut row = common(line, called);
    put(&mut row, "kind", kind_words(line));
    if let Some((number, title)) = called.deal(line.deal) {
        let deal = format!("{number} {title}");
        put(&mut row, "deal", deal.trim());
    }
    put(&mut row, "credit", line.credit);
    if let Some(due) = line.dues().first() {
        put(&mut row, "due", due.on);
    }
    put(&mut row, "commission", line.commission);
    row
}

/// What a line is, in a word.
pub(crate) fn kind_words(line: &Booked) -> &'static str {
    match line.kept.word() {
        "difference" => "以前月份差额",
        "settlement" => "离职结算",
        _ => "提成",
    }
}
