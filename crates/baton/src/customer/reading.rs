//! How many different customers somebody who is leaving may look at 交接期阅读额度.
//!
//! Who hands over reads what he hands over, one after the other; who reads on and on copies. Each
//! customer that he is shown is kept as an access record, and beyond the number of an hour or a day
//! ([`crate::config::Config`]) nothing more is shown. Looking at the same customer again costs
//! nothing.

use std::collections::BTreeSet;

use access::Mode;
use axum::http::StatusCode;
use kernel::CustomerId;
use spine::Look;

use crate::house::House;
use crate::http::{Caller, Problem, Reply};
use crate::permissions;

/// Under which name the access records stand.
const READING: &str = "customer.read_in_handover";
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// Charges the caller for these customers before they are shown.
///
/// # Errors
/// `customer.reading_budget` when it would be more than an hour or a day allows. That is recorded
/// like any denied attempt, and the security officer hears of it.
pub(crate) async fn charge(
    house: &House,
    caller: &Caller,
    look: &mut Look<'_>,
    shown: impl IntoIterator<Item = CustomerId>,
) -> Reply<()> {
    if caller.login.actor.mode == Mode::Normal {
        return Ok(());
    }
    let shown: BTreeSet<String> = shown
        .into_iter()
        .map(|id| format!("customer/{id}"))
        .collect();
    let now = house.spine.now();
    let known = look.seen_since(READING, now.plus_seconds(-DAY)).await?;
    let lately = now.plus_seconds(-HOUR);
    let within_hour = known.values().filter(|at| **at > lately).count();
    let fresh_in_day = shown.iter().filter(|id| !known.contains_key(*id)).count();
    let fresh: Vec<String> = shown
        .into_iter()
        .filter(|id| known.get(id).is_none_or(|at| *at <= lately))
        .collect();
    let per_hour = house.config.handover_customers_per_hour;
    let per_day = house.config.handover_customers_per_day;
    let over = |now: usize, more: usize, most: u32| {
        more > 0 && now + more > usize::try_from(most).unwrap_or(usize::MAX)
    };
    let (hour, day) = (
        over(within_hour, fresh.len(), per_hour),
        over(known.len(), fresh_in_day, per_day),
    );
    if hour || day {
        look.denied(READING, permissions::CUSTOMER_EXPORT.0).await;
        return Err(too_many(if day {
            ("每天", "a day", per_day)
        } else {
            ("每小时", "an hour", per_hour)
        }));
    }
    look.seen_all(READING, &fresh).await;
    Ok(())
}

fn too_many((span, span_en, most): (&str, &str, u32)) -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "customer.reading_budget",
        &format!("离职交接期间{span}最多查看 {most} 户不同的客户，已达上限，本次查看已登记"),
        &format!("While handing over one sees {most} different customers {span_en} at most"),
    )
    .remedy((
        "请稍后再查看；交接确需一次查看更多客户的，请直属主管在交接方案中办理",
        "Look again later; where the handover needs more customers at once, let the line manager \
         do it in the handover plan",
    ))
}
