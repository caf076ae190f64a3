//! Which way is taken changes how long it takes, and nothing else.

use std::sync::Arc;

use access::{Need, RowFilter};
use customer::AssignmentReason;
use kernel::{CustomerId, Day, DepartmentId, EmployeeId, EntityId, Moment, PostId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, By, Failure, OpenGate, Reader, Record, SeededChance, SystemClock, Writer};

use super::{BOUNDS, Bounds, KnownWords};
use crate::config::Config;
use crate::customer::load::{NewCustomer, Owned, load_customers};
use crate::customer::store::list::{CustomerFilter, CustomerLine, Place, Sort, customers_within};
use crate::house::{House, Surroundings};
use crate::people::load;

const CUSTOMERS: usize = 2_400;
const SELLERS: usize = 8;
/// So many that the people of one have few of all customers.
const DEPARTMENTS: usize = 4;
const PLACES: [&str; 4] = ["深圳市", "上海", "重庆", ""];
const BRANDS: [&str; 7] = ["华信", "金海", "长安", "深蓝", "万里", "乐行", "科华"];
const TRADES: [&str; 3] = ["科技", "贸易", "物流"];
const REGIONS: [&str; 3] = ["华东", "华南", "西南"];

/// Founds a company of some departments and gives it customers.
#[derive(Serialize, Deserialize)]
struct Fill;

fn id_of(n: usize) -> [u8; 10] {
    let mut bytes = [7; 10];
    bytes[..8].copy_from_slice(&(n as u64).to_be_bytes());
    bytes
}

const AT: Moment = Moment(1_767_225_600_000);

fn seller(n: usize) -> EmployeeId {
    EmployeeId::mint(AT, id_of(n))
}

fn department(n: usize) -> DepartmentId {
    DepartmentId::mint(AT, id_of(n))
}

fn day() -> Day {
    Day::of(2025, 1, 1).unwrap()
}

fn customer(n: usize) -> NewCustomer {
    // Numbers without a common divisor mix the words evenly.
    let (place, brand) = (PLACES[n * 7 % PLACES.len()], BRANDS[n * 3 % BRANDS.len()]);
    let owner = (!n.is_multiple_of(50)).then(|| seller(n * 5 % SELLERS));
    NewCustomer {
        id: CustomerId::mint(AT, id_of(n)),
        number: format!("KH{n:04}"),
        name: format!(
            "{place}{brand}{}{}有限公司",
            BRANDS[n % 5],
            TRADES[n / 2 % TRADES.len()]
        ),
        credit_code: None,
        industry: TRADES[n % 2].to_owned(),
        region: REGIONS[n * n % REGIONS.len()].to_owned(),
        tier: ["A", "B"][n / 3 % 2].to_owned(),
        address: String::new(),
        history: vec![Owned {
            effective_on: day().plus_days(i64::try_from(n % 90).unwrap()),
            owner,
            reason: AssignmentReason::Created,
            plan: None,
        }],
        last_follow_up_on: None,
        extra: "{}".to_owned(),
    }
}

async fn fill(books: &mut Writer<'_>) -> Result<(), Failure> {
    let (entity, post) = (EntityId::mint(AT, id_of(0)), PostId::mint(AT, id_of(0)));
    let named = |name: &str| name.to_owned();
    load::load_entities(
        books,
        &[load::NewEntity {
            id: entity,
            name: named("甲"),
        }],
    )
    .await?;
    load::load_posts(
        books,
        &[load::NewPost {
            id: post,
            name: named("销售"),
        }],
    )
    .await?;
    let departments: [_; DEPARTMENTS] = std::array::from_fn(|n| load::NewDepartment {
        id: department(n),
        parent: None,
        entity,
        code: format!("D{n}"),
        name: format!("{n}部"),
    });
    load::load_departments(books, &departments).await?;
    let employee = |n: usize| load::NewEmployee {
        id: seller(n),
        number: format!("E{n}"),
        name: named("张三"),
        position: people::Position {
            entity,
            department: department(n % DEPARTMENTS),
            post: None,
            line_manager: None,
        },
        post,
        citizen_id: None,
        phone: None,
        email: None,
        hired_on: day(),
        probation_until: None,
        contract_from: None,
        contract_until: None,
        sells: true,
        capacity: None,
        regions: String::new(),
        industries: String::new(),
        extra: named("{}"),
    };
    let employees: Vec<_> = (0..SELLERS).map(employee).collect();
    load::load_employees(books, &employees, "测试").await?;
    let customers: Vec<_> = (0..CUSTOMERS).map(customer).collect();
    Ok(load_customers(books, &customers, "system").await?)
}

impl Act for Fill {
    const NAME: &'static str = "test.fill";
    type Facts = ();
    type Outcome = ();

    async fn load(&self, _: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }
    fn needs(&self, (): &()) -> Need {
        Need::on_everything(crate::permissions::LOGIN_MANAGE)
    }
    fn decide(&self, (): &(), _: Moment) -> Result<(), Refusal> {
        Ok(())
    }
    async fn write(&self, (): &(), (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        fill(books).await
    }
    fn record(&self, (): &(), (): &()) -> Record {
        Record::of("test/fill".to_owned(), "填充", "fills")
    }
}

/// All pages of so many one after the other.
async fn all_pages(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    wanted: &CustomerFilter,
    (bounds, rows): (Bounds, usize),
) -> Vec<String> {
    let (mut found, mut filter) = (Vec::new(), wanted.clone());
    let words = KnownWords::default();
    loop {
        let (how, limit) = ((bounds, &words), i64::try_from(rows).unwrap());
        let page: Vec<CustomerLine> = customers_within(books, reach, &filter, limit, how)
            .await
            .unwrap();
        found.extend(page.iter().map(|line| line.number.clone()));
        let Some(last) = page.last().filter(|_| page.len() == rows) else {
            return found;
        };
        filter.after = Some(match filter.sort {
            Sort::Name => Place(last.sort_key.clone(), last.id),
            Sort::NewestOwned => Place(last.owned_since.to_string(), last.id),
        });
    }
}

/// What the page must hold, told from the rows themselves.
fn fits(n: usize, reach: &RowFilter, filter: &CustomerFilter) -> bool {
    let new = customer(n);
    let owner = new.history[0].owner;
    let placed = owner
        .map(|owner| department((0..SELLERS).find(|n| seller(*n) == owner).unwrap() % DEPARTMENTS));
    let sought = filter.q.is_empty() || new.name.contains(&filter.q);
    let target = access::Target {
        owner,
        department: placed,
        ..access::Target::default()
    };
    let narrowed = filter
        .region
        .as_ref()
        .is_none_or(|region| *region == new.region)
        && filter.tier.as_ref().is_none_or(|tier| *tier == new.tier)
        && filter.owner.is_none_or(|wanted| owner == Some(wanted))
        && (!filter.pool || owner.is_none());
    sought && narrowed && reach.admits(&target)
}

const MANY: usize = 400;

/// Those of a department, and what one of another department has.
fn tree() -> RowFilter {
    RowFilter::Departments {
        ids: vec![department(0)],
        or_owned_by: Some(seller(1)),
    }
}

async fn every_way_leads_to_the_same_customers_in_the_same_order(house: House) {
    let system = By::system("test");
    let mut look = house.spine.look(&system).await.unwrap();
    let mut books = look.books();
    let reaches = [RowFilter::Everything, RowFilter::OwnedBy(seller(2)), tree()];
    for reach in &reaches {
        for filter in asked() {
            every_way(&mut books, reach, &filter).await;
        }
    }
}

async fn a_team_turns_small_pages(house: House) {
    let system = By::system("test");
    let mut look = house.spine.look(&system).await.unwrap();
    let mut books = look.books();
    let plain = |filter: &CustomerFilter| filter.owner.is_none() && !filter.pool;
    for filter in asked().into_iter().filter(plain) {
        let bounds = the_databases_own(&books, &filter);
        let few = all_pages(&mut books, &tree(), &filter, (bounds, 23)).await;
        let many = all_pages(&mut books, &tree(), &filter, (bounds, MANY)).await;
        assert_eq!(few, many, "{filter:?}");
    }
}

fn the_databases_own(books: &Reader<'_>, filter: &CustomerFilter) -> Bounds {
    if books.dialect().plans_by_statistics() {
        Bounds::on_a_server(filter)
    } else {
        BOUNDS
    }
}

/// Tells a story of the customers of this test on each database.
macro_rules! on_both {
    ($($story:ident),*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $story() {
                let folder = tempfile::tempdir().unwrap();
                super::$story(super::filled(folder.path(), None).await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $story() {
                let folder = tempfile::tempdir().unwrap();
                const NAME: &str = concat!("ways_", stringify!($story));
                const MADE_BY: [&str; 2] = [
                    concat!("DROP DATABASE IF EXISTS ways_", stringify!($story)),
                    concat!("CREATE DATABASE ways_", stringify!($story)),
                ];
                let Some(url) = super::empty_postgres(NAME, MADE_BY).await else {
                    return;
                };
                super::$story(super::filled(folder.path(), Some(url)).await).await;
            })*
        }
    };
}

on_both!(
    every_way_leads_to_the_same_customers_in_the_same_order,
    a_team_turns_small_pages
);

/// The address of the database that these statements make; none where no server is at hand, which
/// is said.
async fn empty_postgres(name: &str, made_by: [&'static str; 2]) -> Option<String> {
    let Ok(server) = std::env::var("BATON_TEST_POSTGRES") else {
        println!("skipped: BATON_TEST_POSTGRES is not set");
        return None;
    };
    let connected = tokio_postgres::connect(&server, tokio_postgres::NoTls).await;
    let (client, carrying) = connected.unwrap();
    tokio::spawn(carrying);
    for statement in made_by {
        client.batch_execute(statement).await.unwrap();
    }
    let (server, _) = server.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// A house with the customers of this test.
async fn filled(folder: &std::path::Path, database_url: Option<String>) -> House {
    let config = Config {
        data_dir: folder.to_owned(),
        database_url,
        ..Config::default()
    };
    let surroundings = Surroundings {
        clock: Arc::new(SystemClock),
        chance: Arc::new(SeededChance::new(1)),
    };
    let house = House::open_behind(config, surroundings, Arc::new(OpenGate))
        .await
        .unwrap();
    let system = By::system("test");
    house.spine.perform(&Fill, &system, None).await.unwrap();
    house
}

/// What is asked: every text in every order with every narrowing.
fn asked() -> Vec<CustomerFilter> {
    let texts = [
        "",
        "深圳",
        "重庆",
        "华信",
        "深",
        "华",
        "科技",
        "万里华信",
        // Longer than a term.
        "深圳市华信金海科技有限公司",
        "有限",
    ];
    let narrowed = [
        (None, None, None, false),
        (Some("华南"), None, None, false),
        (Some("西南"), Some("A"), None, false),
        (Some("西南"), Some("A"), Some(seller(2)), false),
        (None, Some("B"), Some(seller(2)), false),
        (None, None, None, true),
    ];
    let mut filters = Vec::new();
    for q in texts {
        for sort in [Sort::Name, Sort::NewestOwned] {
            for (region, tier, owner, pool) in narrowed {
                filters.push(CustomerFilter {
                    q: q.to_owned(),
                    owner,
                    pool,
                    region: region.map(str::to_owned),
                    tier: tier.map(str::to_owned),
                    sort,
                    ..CustomerFilter::default()
                });
            }
        }
    }
    filters
}

async fn every_way(books: &mut Reader<'_>, reach: &RowFilter, filter: &CustomerFilter) {
    let few = Bounds {
        hits: 20,
        seek: 6,
        team: 0,
        owners: 2,
        stretch: 40,
        led: true,
    };
    let many = Bounds {
        hits: i64::MAX,
        seek: 0,
        team: 0,
        owners: i64::MAX,
        stretch: i64::MAX,
        led: true,
    };
    let told = format!("{reach:?} {filter:?}");
    let not_led = |bounds| Bounds {
        led: false,
        ..bounds
    };
    let server = Bounds::on_a_server(filter);
    let (short, others) = if books.dialect().plans_by_statistics() {
        (not_led(few), vec![not_led(many), server])
    } else {
        let others = vec![many, BOUNDS, not_led(few), not_led(many), server];
        (few, others)
    };
    let short = all_pages(books, reach, filter, (short, MANY)).await;
    for bounds in others {
        let other = all_pages(books, reach, filter, (bounds, MANY)).await;
        assert_eq!(short, other, "{told}");
    }
    let mut sorted = short;
    sorted.sort();
    // The legal form is no word to search by.
    let wanted: Vec<String> = (0..CUSTOMERS)
        .filter(|n| filter.q != "有限" && fits(*n, reach, filter))
        .map(|n| customer(n).number)
        .collect();
    assert_eq!(sorted, wanted, "{told}");
}
