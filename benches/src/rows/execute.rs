//! A plan moves 10,000 customers and what hangs on them to 20 successors 执行交接.

use std::time::{Duration, Instant};

use baton::handover::acts::{answer, approve, draw_up, execute, submit};
use baton::house::House;
use handover::acceptance::Verdict;
use kernel::EmployeeId;
use spine::By;

use crate::Problem;
use crate::data::employee_id;
use crate::data::shape;
use crate::site::Site;
use crate::table::{Bar, Line};

/// Draws up, submits, accepts, approves and executes a plan for each of those who leave. In this
/// process, since a server's own jobs would execute it as soon as it is approved.
pub async fn measure(site: &Site) -> Result<Vec<Line>, Problem> {
    let house = site.house().await?;
    let (mut drawing, mut executing) = (Vec::new(), Vec::new());
    let mut moved = String::new();
    for n in 0..shape::STAYS {
        let times = one(&house, site, n, &mut moved).await?;
        drawing.push(times.0);
        executing.push(times.1);
    }
    house.spine.db().close().await;
    let note = format!("{} plans; the last one: {moved}", executing.len());
    Ok(vec![
        Line::times(
            "drawing up a plan",
            Bar::Open,
            drawing,
            "with a suggestion each".to_owned(),
        ),
        Line::times(
            "executing a plan",
            Bar::P50(Duration::from_secs(2)),
            executing,
            note,
        ),
    ])
}

async fn one(
    house: &House,
    site: &Site,
    n: u32,
    moved: &mut String,
) -> Result<(Duration, Duration), Problem> {
    let system = By::system("bench");
    let spine = &house.spine;
    let chief = employee_id(site.shape, shape::CHIEF);
    let started = Instant::now();
    let drawn = draw_up::DrawUp {
        from: employee_id(site.shape, shape::key_seller(n)),
        departure: None,
        effective_on: Some(spine.now().day_in(spine.zone())),
        remainder_of: None,
        contracts: Vec::new(),
        fill: true,
        by: chief.to_string(),
    };
    let plan = spine
        .perform(&drawn, &system, None)
        .await?
        .done()?
        .outcome
        .id;
    let drawing = started.elapsed();
    let handed_in = submit::Submit { plan, version: 1 };
    spine.perform(&handed_in, &system, None).await?;
    let successors: Vec<EmployeeId> = successors(house, plan).await?;
    for successor in &successors {
        let said = answer::Answer {
            plan,
            successor: *successor,
            in_stead: None,
            version: Some(1),
            verdict: Verdict::Accept,
            seen: None,
        };
        spine.perform(&said, &system, None).await?;
    }
    spine
        .perform(
            &approve::Approve {
                plan,
                version: Some(1),
                by: chief,
                seen: None,
            },
            &system,
            None,
        )
        .await?;
    let act = execute::Execute {
        plan,
        by: chief.to_string(),
    };
    let started = Instant::now();
    let done = spine.perform(&act, &system, None).await?.done()?.outcome;
    let executing = started.elapsed();
    if done.customers != site.shape.key_customers {
        return Err(format!("moved {} customers only", done.customers).into());
    }
    *moved = format!(
        "{} customers to {} successors, {} things in one transaction",
        done.customers,
        successors.len(),
        done.things
    );
    Ok((drawing, executing))
}

async fn successors(house: &House, plan: kernel::PlanId) -> Result<Vec<EmployeeId>, Problem> {
    const WHO: spine::Select = spine::Select::new(
        "SELECT DISTINCT successor_id FROM handover_item WHERE plan_id = $1 \
         AND successor_id IS NOT NULL",
    );
    let rows = house.spine.db().read(&WHO, spine::binds![plan]).await?;
    let each = rows.iter().map(|row| row.get("successor_id"));
    Ok(each.collect::<Result<_, _>>()?)
}
