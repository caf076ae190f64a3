//! What the papers say with which employment ends 解除与竞业文书内容.

use ::commission::explain;
use ::departure::compensation::{Compensation, CompensationFacts, compensation};
use ::departure::ground::Ground;
use ::departure::kind::{CompensationRule, DepartureKind, NoticeRule};
use ::departure::notice::file_transfer_by;
use ::document::{Content, Value, Wrong};
use kernel::{Day, Fen, Refusal};
use spine::{Failure, Reader};

use super::{day_of, departure, filled, lent, list, money_of, number_of, one_line};
use super::{put, put_some, term};
use crate::commission::exiting;
use crate::commission::store as commissions;
use crate::customer::store as customers;
use crate::departure::reckoning::Reckoning;
use crate::departure::store::Found;
use crate::document::about::Source;
use crate::document::notices_issued;
use crate::document::rules;
use crate::handover::store as plans;
use crate::people::store::{self as people, AssetState};
use crate::receivable::store::earning;

/// 法释〔2020〕26号 art. 36: a third of the average, near enough, where no amount was agreed.
const USUAL_PERCENT: i64 = 30;
/// 法释〔2020〕26号 art. 39.
const EXTRA_MONTHS: i64 = 3;
/// Who it is about, with his contract.
fn employee(found: &Found) -> Content {
    let (person, mut content) = (&found.person, departure::person(found));
    put_some(
        &mut content,
        "citizen_id",
        filled(person.citizen_id.as_ref()),
    );
    put(&mut content, "department", person.department_name.as_str());
    put(&mut content, "hired_on", person.hired_on);
    term(&mut content, person);
    put(
        &mut content,
        "ends_on",
        found.departure.clocks.employment_ends,
    );
    content
}

fn asked_for(key: &str, zh: &str) -> Refusal {
    let wrong = Wrong {
        pointer: format!("/{key}"),
        zh: format!("请填写{zh}"),
        en: "Fill this in".to_owned(),
    };
    rules::filled_in_wrongly(&[wrong])
}

fn needed(typed: &Content, key: &str, zh: &str) -> Result<Fen, Refusal> {
    money_of(typed, key).ok_or_else(|| asked_for(key, zh))
}

/// The places of the engine's refusals, as the form calls them.
const ASKED: [(&str, &str); 4] = [
    ("/months", "/typed/wage_months"),
    ("/minimum_wage", "/typed/minimum_wage"),
    ("/cap", "/typed/wage_cap"),
    ("/before_2008", "/typed/before_2008"),
];

fn in_the_form(mut refused: Refusal) -> Refusal {
    for field in &mut refused.fields {
        let asked = ASKED.iter().find(|(engine, _)| *engine == field.pointer);
        if let Some((_, form)) = asked {
            field.pointer = (*form).to_owned();
        }
    }
    refused
}

/// Economic compensation by the figures that were filled in; none where the law gives none.
fn compensated(
    found: &Found,
    last_day: Day,
    typed: &Content,
) -> Result<Option<Compensation>, Refusal> {
    if found.departure.kind.rule().compensation == CompensationRule::None {
        return Ok(None);
    }
    let months = number_of(typed, "wage_months");
    let months = months.ok_or_else(|| asked_for("wage_months", "上述工资的月数"))?;
    let facts = CompensationFacts {
        start: found.person.hired_on,
        last_day,
        wages: needed(typed, "wages12", "前十二个月应得工资合计")?,
        months: u32::try_from(months).unwrap_or_default(),
        previous_month_wage: money_of(typed, "last_wage").unwrap_or_default(),
        minimum_wage: needed(typed, "minimum_wage", "当地月最低工资")?,
        cap: needed(typed, "wage_cap", "三倍封顶标准")?,
        before_2008: money_of(typed, "before_2008"),
    };
    compensation(&facts).map(Some).map_err(in_the_form)
}

fn put_compensation(content: &mut Content, reckoned: &Compensation, due: Fen) {
    put(content, "years", reckoned.counted.to_string());
    put(content, "average", reckoned.average);
    put(content, "monthly_base", reckoned.monthly);
    let steps = reckoned.reasons.iter().map(|reason| reason.zh.as_ref());
    put(content, "formula", steps.collect::<Vec<_>>().join("；"));
    put(content, "compensation", due);
}

/// 劳动合同法 art. 36: what both sides agree.
pub(super) async fn mutual(
    books: &mut Reader<'_>,
    found: &Found,
    typed: &Content,
) -> Result<Content, Failure> {
    let departure = &found.departure;
    let mut content = employee(found);
    let by_employer = departure.kind == DepartureKind::MutualByEmployer;
    put(
        &mut content,
        "proposed_by",
        if by_employer { "甲方" } else { "乙方" },
    );
    put(
        &mut content,
        "last_working_day",
        departure.clocks.last_working_day,
    );
    put(
        &mut content,
        "file_transfer_by",
        file_transfer_by(departure.clocks.employment_ends),
    );
    let ends = departure.clocks.employment_ends;
    if let Some(reckoned) = compensated(found, ends, typed)? {
        put_compensation(&mut content, &reckoned, reckoned.n);
    }
    let items = match departure.closed_at {
        Some(_) => Vec::new(),
        None => exiting::of(books, found).await?,
    };
    let words = commissions::exit_words(books, departure.id).await?;
    let deals: Vec<kernel::ContractId> = items.iter().map(|item| item.deal).collect();
    let names = earning::deal_names(books, &deals).await?;
    put(
        &mut content,
        "owed_total",
        items.iter().map(|item| item.owed).sum::<Fen>(),
    );
    let rows = items.iter().map(|item| {
        let mut row = Content::new();
        let name = names.get(&item.deal);
        let name = name.map_or_else(String::new, |(number, title)| format!("{number} {title}"));
        put(&mut row, "deal", one_line(&name));
        put(&mut row, "owed", item.owed);
        put(&mut row, "to_come", item.to_come);
        let decided = commissions::decided(&words, item.deal);
        let decided = decided.and_then(|word| word.decision.as_ref());
        let said = decided.map(|decision| explain::decision(decision).0);
        put(
            &mut row,
            "decision",
            said.unwrap_or_else(|| "尚未决定，由双方另行书面约定".to_owned()),
        );
        row
    });
    put(&mut content, "commissions", list(rows));
    let assets = people::assets_of(books, found.person.id).await?;
    let kept = assets
        .iter()
        .filter(|asset| asset.state == AssetState::Lent);
    let rows = kept.map(|asset| {
        let mut row = Content::new();
        put(&mut row, "title", one_line(&asset.name));
        put_some(&mut row, "serial", filled(Some(&asset.serial)));
        row
    });
    put(&mut content, "things", list(rows));
    Ok(content)
}

/// 劳动合同法 art. 39 to 41 and 44: what the employer tells the employee. The dates are those that stand
/// when it reaches him today.
pub(super) async fn notice(
    books: &mut Reader<'_>,
    source: &Source,
    found: &Found,
    typed: &Content,
) -> Result<Content, Failure> {
    let kind = found.departure.kind;
    let dates = match &source.if_served {
        Some(dates) => dates.as_ref().map_err(Clone::clone)?,
        None => &found.departure.reckoning,
    };
    let in_lieu = dates.notice.pay_in_lieu && kind.may_pay_in_lieu();
    let ends = dates.clocks.employment_ends;
    let mut content = employee(found);
    put(&mut content, "ends_on", ends);
    put(&mut content, "ending", rules::ending(kind));
    put(&mut content, "cause", kind.rule().zh);
    let basis = ground_of(kind, typed)?.map(Ground::basis);
    let basis = basis.unwrap_or_else(|| kind.rule().basis.to_owned());
    put(&mut content, "basis", basis);
    let last = dates.clocks.last_working_day;
    put(&mut content, "last_working_day", last);
    let served = served_before(books, found).await?;
    let (days, said) = period(dates, source.today, served)?;
    put(&mut content, "notice_days", Value::Count(days));
    put_some(&mut content, "notice_said", said);
    put(&mut content, "pay_in_lieu", Value::Yes(in_lieu));
    put(&mut content, "file_transfer_by", file_transfer_by(ends));
    put_some(&mut content, "union_on", source.union_on);
    if in_lieu {
        let wage = needed(typed, "last_wage", "上月工资")?;
        put(&mut content, "in_lieu", wage);
    }
    if let Some(reckoned) = compensated(found, ends, typed)? {
        put_compensation(&mut content, &reckoned, reckoned.n);
        put(&mut content, "due_total", reckoned.due(kind, !in_lieu));
    }
    Ok(content)
}

/// The item of the law that a dismissal rests on, where there are several to choose among.
fn ground_of(kind: DepartureKind, typed: &Content) -> Result<Option<&'static Ground>, Refusal> {
    let said = match typed.get("ground") {
        Some(Value::Text(said)) => Some(said.as_str()),
        _ => None,
    };
    let mut all = kind.grounds().peekable();
    match (said, all.peek()) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(asked_for("ground", "法定情形")),
        (Some(said), _) => {
            let found = all.find(|ground| ground.label() == said);
            found.map(Some).ok_or_else(|| {
                let wrong = Wrong {
                    pointer: "/ground".to_owned(),
                    zh: format!("与本次离职的类型「{}」不符", kind.rule().zh),
                    en: format!("It does not fit this departure: {}", kind.rule().en),
                };
                rules::filled_in_wrongly(&[wrong])
            })
        }
    }
}

/// The number of the notice that was there when this dismissal was served.
async fn served_before(books: &mut Reader<'_>, found: &Found) -> Result<Option<String>, Failure> {
    if !found.acknowledged {
        return Ok(None);
    }
    let served = found.departure.reckoning.notice.received_on;
    let issued = notices_issued(books, found.departure.id).await?;
    let mut there = issued.into_iter().filter(|(_, day)| *day <= served);
    Ok(there.next().map(|(number, _)| number))
}

/// The days of notice that are kept when this paper is handed over today; where they are not, why
/// employment ends sooner.
///
/// # Errors
/// `document.notice_too_late` where the law asks for the days (劳动合同法 art. 40, 41) and nothing
/// stands in their place: a paper does not claim days that its own date denies.
fn period(
    dates: &Reckoning,
    today: Day,
    served: Option<String>,
) -> Result<(i64, Option<String>), Refusal> {
    let (notice, end) = (&dates.notice, dates.clocks.employment_ends);
    let days = i64::from(dates.answer.notice_days);
    let kept = notice.received_on.max(today).days_until(end);
    if days == 0 || kept >= days {
        return Ok((days, None));
    }
    let received = notice.received_on;
    let was_kept = received.days_until(end) >= days;
    let said = match (notice.agreed, served.filter(|_| was_kept)) {
        (Some(agreed), _) => format!(
            "双方于 {} 书面约定劳动关系至 {}，不再适用提前 {days} 日通知",
            agreed.agreed_on, agreed.last_day
        ),
        (None, Some(number)) => format!(
            "单位已于 {received} 提前 {days} 日送达通知书 {number}，本件为其补发或更正，不另起算"
        ),
        (None, None) if notice.kind.rule().notice == NoticeRule::Local => {
            format!("本通知不足当地规定的提前 {days} 日，不足部分按当地规定支付")
        }
        (None, None) => return Err(too_late(notice.kind, (today, end), days)),
    };
    Ok((0, Some(said)))
}

fn too_late(kind: DepartureKind, (today, end): (Day, Day), days: i64) -> Refusal {
    let zh = format!("今天（{today}）出具的通知距劳动关系终止日 {end} 不足 {days} 日");
    let en = format!("A notice of {today} is no notice of {days} days when it ends on {end}");
    let earliest = today.plus_days(days);
    let moved = format!("请先在离职中核定日期，把终止日推后到 {earliest} 或以后");
    let moved_en = format!("Move the end in the departure to {earliest} or later first");
    Refusal::conflict("document.notice_too_late", zh, en).remedy(match kind.may_pay_in_lieu() {
        true => (
            format!("{moved}；改以代通知金代替的，请撤回本次离职后重新提交（劳动合同法第四十条）"),
            format!(
                "{moved_en}; to pay in lieu of notice, withdraw this departure and file it again \
                 (Labour Contract Law, article 40)"
            ),
        ),
        false => (
            format!("{moved}（劳动合同法第四十一条）"),
            format!("{moved_en} (Labour Contract Law, article 41)"),
        ),
    })
}

/// 劳动合同法 art. 38 with 46(1), and art. 87: what is due where no other paper reckons it.
pub(super) fn reckoning(found: &Found, typed: &Content) -> Result<Content, Refusal> {
    let departure = &found.departure;
    let (kind, ends) = (departure.kind, departure.clocks.employment_ends);
    let Some(mut reckoned) = compensated(found, ends, typed)? else {
        return Err(rules::reckoned_elsewhere(kind));
    };
    let twice = kind.rule().compensation == CompensationRule::TwiceN;
    if twice {
        let doubled = reckoned.doubled();
        reckoned.reasons.push(doubled);
    }
    let mut content = employee(found);
    put(&mut content, "ending", rules::ending(kind));
    put(&mut content, "cause", kind.rule().zh);
    put(&mut content, "basis", kind.rule().basis);
    put(&mut content, "twice", Value::Yes(twice));
    put_compensation(&mut content, &reckoned, reckoned.n);
    put(&mut content, "due_total", reckoned.due(kind, true));
    Ok(content)
}

/// The company holds the leaver to the clause.
pub(super) fn noncompete(found: &Found, typed: &Content) -> Result<Content, Refusal> {
    let mut content = employee(found);
    let from = found.departure.clocks.employment_ends.plus_days(1);
    let months = number_of(typed, "months").unwrap_or_default();
    let span = i32::try_from(months).unwrap_or_default();
    put(&mut content, "from", from);
    put(&mut content, "until", from.plus_months(span).plus_days(-1));
    let wages = money_of(typed, "wages12").unwrap_or_default();
    let wage_months = number_of(typed, "wage_months").unwrap_or(12).max(1);
    let least = money_of(typed, "minimum_wage").unwrap_or_default();
    let average = rounded(wages.0, wage_months);
    let usual = rounded(average.0 * USUAL_PERCENT, 100).max(least);
    let monthly = money_of(typed, "agreed_monthly").unwrap_or(usual);
    if monthly < least {
        let zh = format!("月补偿 {monthly} 元低于当地最低工资 {least} 元");
        let en = "The monthly amount is below the local minimum wage";
        return Err(Refusal::invalid("document.noncompete_low", zh.clone(), en)
            .remedy((
                "补偿不得低于劳动合同履行地最低工资（法释〔2020〕26号第三十六条）；约定过低的请先补签",
                "The compensation may not be below the minimum wage where the contract is \
                 performed (Fa Shi [2020] No. 26, article 36); where less was agreed, sign a \
                 supplement first",
            ))
            .at("/typed/agreed_monthly", zh));
    }
    put(&mut content, "average", average);
    put(&mut content, "monthly", monthly);
    put(&mut content, "total", Fen(monthly.0 * months));
    let tenths = rounded(monthly.0 * 1_000, average.0.max(1)).0;
    let percent = match tenths % 10 {
        0 => format!("{}%", tenths / 10),
        part => format!("{}.{part}%", tenths / 10),
    };
    put(&mut content, "percent", percent);
    Ok(content)
}

/// Half up, as a wage is averaged.
fn rounded(whole: i64, parts: i64) -> Fen {
    Fen((2 * whole + parts).div_euclid(2 * parts))
}

/// The company lets the leaver off the clause.
pub(super) fn release(source: &Source, found: &Found, typed: &Content) -> Result<Content, Refusal> {
    let mut content = employee(found);
    let ends = found.departure.clocks.employment_ends;
    let on: Day = day_of(typed, "released_on").unwrap_or(source.today);
    if on < source.today {
        let zh = "解除日期不能早于今天：通知到达以前义务仍在履行，补偿照付";
        return Err(
            Refusal::invalid("document.retroactive", zh, "It cannot reach back")
                .remedy(("请填写今天或以后的日期", "Give today or a later day"))
                .at("/typed/released_on", zh),
        );
    }
    let in_term = on > ends;
    put(&mut content, "in_term", Value::Yes(in_term));
    if in_term {
        let monthly = money_of(typed, "monthly").unwrap_or_default();
        put(&mut content, "extra", Fen(monthly.0 * EXTRA_MONTHS));
    }
    Ok(content)
}

/// What the leaver undertakes, with what was lent to him and whom he looked after.
pub(super) async fn confidentiality(
    books: &mut Reader<'_>,
    found: &Found,
) -> Result<Content, Failure> {
    let mut content = employee(found);
    let plans = plans::of_departure(books, found.departure.id).await?;
    let live = plans
        .iter()
        .filter(|plan| plan.state != plans::PlanState::Cancelled);
    let mut handed = std::collections::BTreeSet::new();
    let mut numbers = Vec::new();
    for plan in live {
        numbers.push(plan.number.as_str());
        let filter = plans::ItemFilter {
            kind: Some(::handover::holding::HoldingKind::CustomerOwnership),
            ..plans::ItemFilter::default()
        };
        let lines = plans::item_lines(books, plan.id, &filter, i64::MAX).await?;
        handed.extend(lines.into_iter().map(|line| line.holding.key.subject));
    }
    if !numbers.is_empty() {
        put(&mut content, "plans", numbers.join("、"));
    }
    // Before a plan is drawn up, it is whoever he owns.
    let customers = if handed.is_empty() {
        customers::count_owned(books, found.person.id).await?
    } else {
        i64::try_from(handed.len()).unwrap_or(i64::MAX)
    };
    put(&mut content, "customers", Value::Count(customers));
    let assets = people::assets_of(books, found.person.id).await?;
    put(&mut content, "things", list(assets.iter().map(lent)));
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::departure::ground::GROUNDS;

    // The form offers what the engine knows, word for word.
    #[test]
    fn the_notice_offers_every_item_of_the_law() {
        let manifest = ::document::Kind::TerminationNotice.manifest();
        let mut fields = manifest.typed();
        let field = fields.find(|field| field.key == "ground").unwrap();
        let known: Vec<String> = GROUNDS.iter().map(Ground::label).collect();
        assert_eq!(field.choices, known);
    }
}
