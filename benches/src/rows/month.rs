//! A month of a 5,000-person company, from the books to written statements 核算一个月.
//!
//! On books of its own: 200,000 customers, 50,000 receipts in each of three months, twenty people
//! whose customers went to others in the third. Two months are closed, so that the third is
//! calculated beside them and held against them, as it is in a company that goes on. The clock of
//! these books stands still.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use baton::commission::acts::{
    assign_plan::AssignPlan, calculate::Calculate, close_period::ClosePeriod,
    export_payout::ExportPayout, open_period::OpenPeriod, publish_plan::PublishPlan,
    review_period::ReviewPeriod,
};
use baton::config::Config;
use baton::handover::acts::{answer, approve, draw_up, execute, submit};
use baton::house::{House, Surroundings};
use baton::session::acts::add_login::AddLogin;
use handover::acceptance::Verdict;
use kernel::{Day, EmployeeId, Moment};
use serde_json::json;
use spine::{Act, By, Chance as _, Clock, OpenGate, SeededChance};
use tempfile::TempDir;

use crate::data::pay::{FillPay, Piece, SELLERS, Sales};
use crate::data::{self, Shape};
use crate::postgres::Cluster;
use crate::table::{Bar, Line};
use crate::{On, Problem, progress};

/// How often the month is calculated; each time all of it is read, calculated and written anew.
const TIMES: u32 = 3;
/// Written by one act while filling.
const AT_ONCE: u32 = 25_000;
/// Who hands over.
const LEAVERS: u32 = 20;

/// A clock that stands until it is set.
struct Standing(AtomicI64);

impl Clock for Standing {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::Relaxed))
    }
}

/// How large the company is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The seed.
    pub seed: u64,
    /// Customers.
    pub customers: u32,
    /// Receipts of a month.
    pub receipts: u32,
}

struct Company {
    house: House,
    clock: Arc<Standing>,
    sales: Sales,
    by: By,
}

/// Fills the books and calculates.
pub async fn measure(on: On, size: Size) -> Result<Vec<Line>, Problem> {
    let folder = TempDir::with_prefix("baton-month.")?;
    std::fs::set_permissions(
        folder.path(),
        std::os::unix::fs::PermissionsExt::from_mode(0o711),
    )?;
    let cluster = match on {
        On::Sqlite => None,
        On::Postgres => {
            Cluster::make(&folder.path().join("cluster"))?;
            Some(Cluster::start(&folder.path().join("cluster"))?)
        }
    };
    let clock = Arc::new(Standing(AtomicI64::new(0)));
    let config = Config {
        data_dir: folder.path().join("data"),
        database_url: cluster.as_ref().map(|cluster| cluster.url.clone()),
        ..Config::default()
    };
    let sales = Sales {
        shape: Shape {
            seed: size.seed,
            customers: size.customers,
            key_customers: 0,
        },
        receipts: size.receipts,
        begins: day(2026, 9, 1)?,
        months: 3,
    };
    set(&clock, day(2026, 9, 1)?);
    let surroundings = Surroundings {
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        chance: Arc::new(SeededChance::new(u64::from(data::unique()))),
    };
    let company = Company {
        house: House::open_behind(config, surroundings, Arc::new(OpenGate)).await?,
        clock,
        sales,
        by: By::system("bench"),
    };
    let began = Instant::now();
    company.fill().await?;
    if let Some(cluster) = &cluster {
        cluster.settle()?;
    }
    progress(&format!("filled in {} s", began.elapsed().as_secs()));
    let lines = company.months().await?;
    company.house.spine.db().close().await;
    Ok(lines)
}

fn day(year: i16, month: i8, day: i8) -> Result<Day, Problem> {
    Day::of(year, month, day).ok_or_else(|| "no such day".into())
}

/// Ten in the morning of that day in China.
fn set(clock: &Standing, to: Day) {
    let began = data::shape::BEGAN.day_in(&jiff::tz::TimeZone::UTC);
    let days = began.days_until(to);
    let at = data::shape::BEGAN.plus_millis(days * 86_400_000 + 2 * 3_600_000);
    clock.0.store(at.0, Ordering::Relaxed);
}

impl Company {
    async fn act<A: Act>(&self, act: &A) -> Result<A::Outcome, Problem> {
        let done = self.house.spine.perform(act, &self.by, None).await?;
        Ok(done.done()?.outcome)
    }

    async fn fill(&self) -> Result<(), Problem> {
        let sales = self.sales;
        let piece = |piece| FillPay { sales, piece };
        self.act(&piece(Piece::People)).await?;
        self.everybody_signs_in().await?;
        for from in (0..sales.shape.customers).step_by(AT_ONCE as usize) {
            let count = AT_ONCE.min(sales.shape.customers - from);
            self.act(&piece(Piece::Customers { from, count })).await?;
        }
        self.plans().await?;
        for month in 0..sales.months {
            for from in (0..sales.receipts).step_by(AT_ONCE as usize) {
                let count = AT_ONCE.min(sales.receipts - from);
                self.act(&piece(Piece::Receipts { month, from, count }))
                    .await?;
            }
        }
        Ok(())
    }

    /// Who hands over, takes over and tends the process can sign in, or no task would wait for him.
    async fn everybody_signs_in(&self) -> Result<(), Problem> {
        let mut salt = [0; 16];
        SeededChance::new(self.sales.shape.seed).fill(&mut salt);
        let password_hash = baton::session::hash_password(data::PASSWORD, salt)?;
        let sellers = (0..SELLERS).map(|n| (self.sales.seller(n), "salesperson"));
        for (who, role) in std::iter::once((self.sales.chief(), "hr")).chain(sellers) {
            self.act(&AddLogin {
                employee: Some(who),
                number: who.to_string(),
                name: "员工".to_owned(),
                password_hash: password_hash.clone(),
                must_change: false,
                roles: vec![role.to_owned()],
            })
            .await?;
        }
        Ok(())
    }

    /// One rate for everybody, and tiers over the quarter for half of the regions.
    async fn plans(&self) -> Result<(), Problem> {
        let band = |from: &str, rate: i64| {
            let from = json!({ "amount": from, "currency": "CNY" });
            json!({ "from": from, "rate": rate, "reach": "excess" })
        };
        let flat = vec![band("0.00", 300)];
        let tiers = vec![
            band("0.00", 200),
            band("300000.00", 350),
            band("800000.00", 500),
        ];
        let all: Vec<Option<u32>> = vec![None];
        let half: Vec<Option<u32>> = (0..5).map(Some).collect();
        for (name, adds_up, bands, places) in [
            ("统一比例", "month", flat, all),
            ("季度超额累进", "quarter", tiers, half),
        ] {
            let publish: PublishPlan = serde_json::from_value(json!({
                "plan": null,
                "fresh": { "name": name, "adds_up": adds_up, "change_inside": "next_window" },
                "valid_from": "2026-01-01",
                "by": "system",
                "offer": {
                    "trigger": "cash",
                    "components": [{ "name": "回款提成", "condition": { "customers": "any" },
                        "base": "gross", "method": { "ladder": bands } }],
                    "payable": { "next_month_on": 15 },
                },
            }))?;
            let id = self.act(&publish).await?.id;
            for place in places {
                let given: AssignPlan = serde_json::from_value(json!({
                    "to": { "department": self.sales.place(place) },
                    "plan": id, "effective_on": "2026-01-01", "ends": false, "by": "system",
                }))?;
                self.act(&given).await?;
            }
        }
        Ok(())
    }

    async fn month(&self, text: &str) -> Result<(), Problem> {
        let review: ReviewPeriod = serde_json::from_value(json!({ "month": text }))?;
        let close: ClosePeriod = serde_json::from_value(json!({ "month": text }))?;
        self.act(&review).await?;
        self.act(&close).await?;
        Ok(())
    }

    async fn open(&self, text: &str) -> Result<(), Problem> {
        let open: OpenPeriod = serde_json::from_value(json!({ "month": text }))?;
        self.act(&open).await?;
        Ok(())
    }

    async fn months(&self) -> Result<Vec<Line>, Problem> {
        for (on, month) in [
            (day(2026, 10, 5)?, "2026-09"),
            (day(2026, 11, 5)?, "2026-10"),
        ] {
            set(&self.clock, on);
            self.open(month).await?;
            let began = Instant::now();
            let sums = self.act(&Calculate {}).await?;
            progress(&format!(
                "{month}: {} lines in {:?}",
                sums.lines,
                began.elapsed()
            ));
            self.month(month).await?;
        }
        set(&self.clock, day(2026, 11, 10)?);
        let began = Instant::now();
        for n in 0..LEAVERS {
            self.hand_over(self.sales.seller(n * (SELLERS / LEAVERS)))
                .await?;
        }
        progress(&format!("{LEAVERS} handovers in {:?}", began.elapsed()));
        set(&self.clock, day(2026, 12, 1)?);
        self.open("2026-11").await?;
        let mut times: Vec<Duration> = Vec::new();
        let mut note = String::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            let sums = self.act(&Calculate {}).await?;
            times.push(began.elapsed());
            note = format!(
                "{} lines of {} people, {}",
                sums.lines, sums.people, sums.total
            );
            progress(&format!("2026-11: {:?}", times.last()));
        }
        self.month("2026-11").await?;
        let export: ExportPayout =
            serde_json::from_value(json!({ "month": "2026-11", "by": "system" }))?;
        let began = Instant::now();
        self.act(&export).await?;
        let exported = began.elapsed();
        Ok(vec![
            Line::times(
                "calculating a month of 5,000 people",
                Bar::P50(Duration::from_secs(10)),
                times,
                note,
            ),
            Line::times(
                "handing it to payroll",
                Bar::Open,
                vec![exported],
                "workbook and plain lines".to_owned(),
            ),
        ])
    }

    /// Everything of somebody goes to those the program suggests.
    async fn hand_over(&self, from: EmployeeId) -> Result<(), Problem> {
        let chief = self.sales.chief();
        let spine = &self.house.spine;
        let drawn = draw_up::DrawUp {
            from,
            departure: None,
            effective_on: Some(spine.now().day_in(spine.zone())),
            remainder_of: None,
            contracts: Vec::new(),
            fill: true,
            by: chief.to_string(),
        };
        let plan = self.act(&drawn).await?.id;
        self.act(&submit::Submit { plan, version: 1 }).await?;
        const WHO: spine::Select = spine::Select::new(
            "SELECT DISTINCT successor_id FROM handover_item WHERE plan_id = $1 \
             AND successor_id IS NOT NULL",
        );
        let rows = spine.db().read(&WHO, spine::binds![plan]).await?;
        for row in rows {
            self.act(&answer::Answer {
                plan,
                successor: row.get("successor_id")?,
                in_stead: None,
                version: Some(1),
                verdict: Verdict::Accept,
                seen: None,
            })
            .await?;
        }
        self.act(&approve::Approve {
            plan,
            version: Some(1),
            by: chief,
            seen: None,
        })
        .await?;
        self.act(&execute::Execute {
            plan,
            by: chief.to_string(),
        })
        .await?;
        Ok(())
    }
}
