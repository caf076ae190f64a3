//! Who is who in the measured company 公司结构.
//!
//! Ten regions of five teams of twenty salespeople. In the first team of each region there is
//! besides a key account seller, who has many customers of his own and leaves during the
//! measurements.

use kernel::Moment;
use serde::{Deserialize, Serialize};

use super::Dice;

/// How large the company is, and the seed from which all of it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// The seed.
    pub seed: u64,
    /// Customers in all.
    pub customers: u32,
    /// Customers of each key account seller.
    pub key_customers: u32,
}

/// Regions.
pub const REGIONS: u32 = 10;
/// Teams of a region.
pub const TEAMS: u32 = 5;
/// Salespeople of a team.
pub const TEAM: u32 = 20;
/// Ordinary salespeople.
pub const SELLERS: u32 = REGIONS * TEAMS * TEAM;
/// Key account sellers, one in the first team of each of the first regions.
pub const KEYS: u32 = 6;
/// The key account seller who stays, so that his list can be looked at.
pub const STAYS: u32 = KEYS - 1;

/// The chief, who sees everything.
pub const CHIEF: u32 = 0;
/// Somebody of the personnel office, and the auditor.
pub const HR: u32 = 1;
/// Somebody who may read the evidence.
pub const AUDITOR: u32 = 2;
const FIRST_REGION: u32 = 10;
const FIRST_TEAM: u32 = 100;
const FIRST_KEY: u32 = 1_000;
const FIRST_SELLER: u32 = 2_000;

/// The manager of a region, above 100 salespeople.
pub fn region_manager(region: u32) -> u32 {
    FIRST_REGION + region
}

/// The manager of a team.
pub fn team_manager(region: u32, team: u32) -> u32 {
    FIRST_TEAM + region * TEAMS + team
}

/// A key account seller.
pub fn key_seller(n: u32) -> u32 {
    FIRST_KEY + n
}

/// A salesperson.
pub fn seller(n: u32) -> u32 {
    FIRST_SELLER + n
}

/// 工号
pub fn number(who: u32) -> String {
    format!("B{who:05}")
}

/// Where somebody works: head office, region, team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Head office.
    Head,
    /// A region's office.
    Region(u32),
    /// A team.
    Team(u32, u32),
}

/// A person with his place, manager and post.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// The number.
    pub who: u32,
    /// Where.
    pub place: Place,
    /// Under whom.
    pub manager: Option<u32>,
    /// Whether he has customers.
    pub sells: bool,
}

/// Everybody.
pub fn everybody() -> Vec<Person> {
    let person = |who, place, manager, sells| Person {
        who,
        place,
        manager,
        sells,
    };
    let mut all = vec![
        person(CHIEF, Place::Head, None, false),
        person(HR, Place::Head, Some(CHIEF), false),
        person(AUDITOR, Place::Head, Some(CHIEF), false),
    ];
    for region in 0..REGIONS {
        all.push(person(
            region_manager(region),
            Place::Region(region),
            Some(CHIEF),
            false,
        ));
        for team in 0..TEAMS {
            let (place, above) = (Place::Team(region, team), region_manager(region));
            let manager = team_manager(region, team);
            all.push(person(manager, place, Some(above), false));
            for n in 0..TEAM {
                let who = seller((region * TEAMS + team) * TEAM + n);
                all.push(person(who, place, Some(manager), true));
            }
        }
    }
    for n in 0..KEYS {
        let manager = team_manager(n, 0);
        all.push(person(
            key_seller(n),
            Place::Team(n, 0),
            Some(manager),
            true,
        ));
    }
    all
}

impl Shape {
    /// The owner of a customer; one in a hundred of the ordinary ones lies in the pool.
    pub fn owner(self, customer: u32) -> Option<u32> {
        if customer < self.key_customers * KEYS {
            return Some(key_seller(customer / self.key_customers));
        }
        let dice = Dice::new(self.seed, "owner", customer);
        (dice.below(100) > 0).then(|| seller(dice.below(SELLERS)))
    }

    /// Whether a customer is one of a key account seller.
    pub fn is_key(self, customer: u32) -> bool {
        customer < self.key_customers * KEYS
    }

    /// Everybody who signs in, with his role.
    pub fn signing_in(self) -> Vec<(u32, &'static str)> {
        let mut all = vec![(CHIEF, "executive"), (HR, "hr"), (AUDITOR, "auditor")];
        all.push((region_manager(0), "sales_manager"));
        all.push((seller(7), "salesperson"));
        for n in 0..KEYS {
            all.push((key_seller(n), "salesperson"));
            all.push((team_manager(n, 0), "sales_manager"));
            all.extend((0..TEAM).map(|m| (seller(n * TEAMS * TEAM + m), "salesperson")));
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Ids begin with the day on which the company was made up.
pub const BEGAN: Moment = Moment(1_767_225_600_000);

/// Mints the id of the n-th thing of a kind.
macro_rules! ids {
    ($($name:ident $id:ident $purpose:literal;)*) => {$(
        /// The id of the n-th one.
        pub fn $name(shape: Shape, n: u32) -> kernel::$id {
            let at = BEGAN.plus_millis(i64::from(n));
            kernel::$id::mint(at, Dice::new(shape.seed, $purpose, n).ten())
        }
    )*};
}

ids! {
    employee_id EmployeeId "employee id";
    department_id DepartmentId "department id";
    customer_id CustomerId "customer id";
    invoice_id InvoiceId "invoice id";
    receipt_id ReceiptId "receipt id";
    follow_up_id FollowUpId "follow-up id";
    opportunity_id OpportunityId "opportunity id";
    contract_id ContractId "contract id";
    order_id OrderId "order id";
    entity_id EntityId "entity id";
    post_id PostId "post id";
}

/// The number of a department among all.
pub fn department(place: Place) -> u32 {
    match place {
        Place::Head => 0,
        Place::Region(region) => 1 + region,
        Place::Team(region, team) => 1 + REGIONS + region * TEAMS + team,
    }
}
