//! Pages of the list of customers and the search in it, over HTTP 客户列表与检索.

use std::time::Duration;

use spine::{Select, binds};

use crate::data::names::REGIONS;
use crate::data::shape::{self, Shape};
use crate::data::{Dice, PASSWORD, customer_id, employee_id};
use crate::http::Caller;
use crate::site::Site;
use crate::table::{Bar, Line, told};
use crate::{Problem, progress};

const BAR: Bar = Bar::P99(Duration::from_millis(15));
/// Each request is sent so often.
const ROUNDS: usize = 8;

/// Who looks at the list.
fn callers() -> [(&'static str, u32); 5] {
    [
        ("salesperson, 1,000 customers", shape::seller(7)),
        (
            "salesperson, 10,000 customers",
            shape::key_seller(shape::STAYS),
        ),
        (
            "team manager, 21 people",
            shape::team_manager(shape::STAYS, 0),
        ),
        ("region manager, 100 people", shape::region_manager(0)),
        ("executive, all", shape::CHIEF),
    ]
}

/// First, middle and last pages in both orders, with every filter the screen offers.
pub async fn pages(site: &Site) -> Result<Vec<Line>, Problem> {
    let places = places(site).await?;
    let mut paths = Vec::new();
    for filter in filters(site.shape) {
        for (sort, cursors) in [("name", &places.by_name), ("-owned_since", &places.by_day)] {
            for cursor in cursors {
                paths.push(format!("sort={sort}{filter}{cursor}"));
            }
        }
    }
    measure(site, "list", &paths).await
}

/// Rare, frequent, short and vain terms, alone and with a filter, in both orders.
pub async fn search(site: &Site) -> Result<Vec<Line>, Problem> {
    let mut paths = Vec::new();
    for term in terms(site.shape) {
        let q = encoded(&term);
        for sort in ["name", "-owned_since"] {
            paths.push(format!("sort={sort}&q={q}"));
            paths.push(format!("sort={sort}&q={q}&region={}", encoded(REGIONS[1])));
            paths.push(format!(
                "sort={sort}&q={q}&tier=A&region={}",
                encoded(REGIONS[4])
            ));
        }
    }
    measure(site, "search", &paths).await
}

fn filters(shape: Shape) -> Vec<String> {
    let (often, seldom) = (encoded(REGIONS[0]), encoded(REGIONS[8]));
    let industry = encoded("电子信息");
    let owner = employee_id(shape, shape::seller(7));
    vec![
        String::new(),
        format!("&region={often}"),
        format!("&region={seldom}"),
        format!("&industry={industry}"),
        "&tier=A".to_owned(),
        format!("&region={often}&industry={industry}"),
        format!("&region={seldom}&industry={}&tier=A", encoded("旅游")),
        format!("&owner={owner}"),
        format!("&owner={owner}&tier=B"),
        "&owner=none".to_owned(),
        "&state=merged".to_owned(),
    ]
}

fn terms(shape: Shape) -> Vec<String> {
    let mut terms: Vec<String> = [
        // Frequent: trades, places, their spellings.
        "科技",
        "电子科技",
        "深圳",
        "深圳市",
        "上海",
        "贸易",
        "keji",
        "shenzhen",
        "shanghai",
        "dz",
        // A place and an own name; own names.
        "深圳市华",
        "华信",
        "huaxin",
        "hxkj",
        "jinlong",
        "万里",
        "康健",
        // One character or letter.
        "华",
        "龙",
        "科",
        "h",
        "k",
        "z",
        // Numbers: one, a hundred, all.
        "KH0012345",
        "KH00123",
        "kh",
        // Seldom and in vain.
        "洲宙",
        "zhouzhou",
        "鑫鑫鑫鑫",
        "zzqqzz",
        "KH9999999",
        "量子纠缠",
    ]
    .map(str::to_owned)
    .to_vec();
    // Whole names and middles of names that are there.
    for n in [3, 500_000, 999_999] {
        let dice = Dice::new(shape.seed, "customer", n % shape.customers);
        let (name, _) = crate::data::names::firm(&dice);
        terms.push(name.chars().skip(2).take(4).collect());
        terms.push(name);
    }
    terms
}

/// Cursors of the first, a middle and a late page.
struct Places {
    by_name: Vec<String>,
    by_day: Vec<String>,
}

async fn places(site: &Site) -> Result<Places, Problem> {
    const KEYS: Select = Select::new("SELECT sort_key, owned_since FROM customer WHERE id = $1");
    let house = site.house().await?;
    let (mut names, mut days) = (Vec::new(), Vec::new());
    for n in 0..99 {
        let id = customer_id(site.shape, site.shape.customers / 100 * n);
        let rows = house.spine.db().read(&KEYS, binds![id]).await?;
        let row = rows.first().ok_or("a customer is missing")?;
        names.push((row.get::<String>("sort_key")?, id));
        days.push((row.get::<String>("owned_since")?, id));
    }
    house.spine.db().close().await;
    names.sort_unstable();
    days.sort_unstable();
    days.reverse();
    let cursor = |place: &(String, kernel::CustomerId)| {
        let packed = baton::http::Cursor::pack(place).unwrap_or_default();
        format!("&cursor={packed}")
    };
    let three = |all: &[(String, kernel::CustomerId)]| {
        vec![String::new(), cursor(&all[49]), cursor(&all[97])]
    };
    Ok(Places {
        by_name: three(&names),
        by_day: three(&days),
    })
}

async fn measure(site: &Site, what: &str, paths: &[String]) -> Result<Vec<Line>, Problem> {
    let server = site.place.serve().await?;
    let (mut lines, mut everybodys) = (Vec::new(), Vec::new());
    for (name, who) in callers() {
        let mut caller = Caller::sign_in(&server.address, &shape::number(who), PASSWORD).await?;
        let mut times: Vec<Vec<Duration>> = vec![Vec::new(); paths.len()];
        // Once to warm up, and not counted: the books are larger than the machine's cold cache.
        for round in 0..=ROUNDS {
            for (path, times) in paths.iter().zip(&mut times) {
                let answer = caller
                    .get(&format!("/api/v1/customers?limit=50&{path}"))
                    .await?;
                if round > 0 {
                    times.push(answer.took);
                }
            }
        }
        let slowest = slowest(paths, &mut times);
        let note = format!(
            "{} requests; slowest: {}",
            times.len() * ROUNDS,
            slowest.join("; ")
        );
        let all: Vec<Duration> = times.into_iter().flatten().collect();
        everybodys.extend_from_slice(&all);
        lines.push(Line::times(format!("{what}: {name}"), BAR, all, note));
    }
    let note = format!("{} requests", everybodys.len());
    lines.push(Line::times(
        format!("{what}: all callers"),
        BAR,
        everybodys,
        note,
    ));
    let (all, anonymous) = server.memory()?;
    progress(&format!(
        "memory after it: {} MB, {} MB without file pages",
        all / 1_000_000,
        anonymous / 1_000_000
    ));
    server.stop().await?;
    Ok(lines)
}

/// The requests that take longest, by the median of each; tells ten to whoever waits.
fn slowest(paths: &[String], times: &mut [Vec<Duration>]) -> Vec<String> {
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        crate::table::at(times, 50)
    };
    let mut all: Vec<(Duration, &String)> = times.iter_mut().map(median).zip(paths).collect();
    all.sort_unstable();
    let tell = |(time, path): &(Duration, &String)| format!("{} {}", told(*time), decoded(path));
    for one in all.iter().rev().take(10) {
        progress(&format!("  {}", tell(one)));
    }
    all.iter().rev().take(1).map(tell).collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(b'?'));
        } else {
            bytes.push(byte);
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match text.split_once("&cursor=") {
        Some((before, _)) => format!("{before}, deep"),
        None => text,
    }
}
