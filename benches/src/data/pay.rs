//! 5,000 salespeople and what their customers paid, to calculate commission for 提成测试数据.
//!
//! Ten regions of ten teams of fifty. Every second customer has a contract; each month's receipts
//! fall on these by chance, an invoice for each, on days all over the month.

use ::people::Position;
use access::Need;
use baton::customer::load as customers;
use baton::people::load as people;
use baton::receivable::load as receivables;
use customer::AssignmentReason;
use kernel::{Day, DepartmentId, EmployeeId, Fen, Moment, Refusal};
use receivable::ResponsibilityBasis;
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Fault, Reader, Record, Writer};

use super::Dice;
use super::names;
use super::shape::{self, Shape};

/// Regions, teams of a region, salespeople of a team.
const REGIONS: u32 = 10;
const TEAMS: u32 = 10;
const TEAM: u32 = 50;
/// Salespeople.
pub const SELLERS: u32 = REGIONS * TEAMS * TEAM;
/// The chief, who has nobody above him.
pub const CHIEF: u32 = 0;
const FIRST_SELLER: u32 = 1_000;

/// How much of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Sales {
    /// The seed, and how many customers.
    pub shape: Shape,
    /// Receipts of a month.
    pub receipts: u32,
    /// The first day of the first month.
    pub begins: Day,
    /// How many months.
    pub months: u32,
}

/// One piece of the filling.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum Piece {
    /// Entity, post, departments, everybody.
    People,
    /// Customers with their owners and contracts.
    Customers {
        /// The first one.
        from: u32,
        /// How many.
        count: u32,
    },
    /// Invoices and receipts of a month.
    Receipts {
        /// Which month.
        month: u32,
        /// The first one.
        from: u32,
        /// How many.
        count: u32,
    },
}

/// Writes one piece, through the slices' own bulk loaders.
#[derive(Serialize, Deserialize)]
pub struct FillPay {
    /// Of this company.
    pub sales: Sales,
    /// Which.
    pub piece: Piece,
}

impl Act for FillPay {
    const NAME: &'static str = "bench.fill_pay";
    type Facts = ();
    type Outcome = ();

    async fn load(&self, _: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }
    fn needs(&self, (): &()) -> Need {
        Need::on_everything(baton::permissions::LOGIN_MANAGE)
    }
    fn decide(&self, (): &(), _: Moment) -> Result<(), Refusal> {
        Ok(())
    }
    async fn write(&self, (): &(), (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let done = match self.piece {
            Piece::People => self.sales.people(books).await,
            Piece::Customers { from, count } => {
                self.sales.customers(from..from + count, books).await
            }
            Piece::Receipts { month, from, count } => {
                self.sales.receipts(month, from..from + count, books).await
            }
        };
        Ok(done?)
    }
    fn record(&self, (): &(), (): &()) -> Record {
        let what = format!("{:?}", self.piece);
        Record::of(
            "company/bench".to_owned(),
            format!("写入测试数据 {what}"),
            what,
        )
    }
}

/// Head office 0, regions, teams.
fn department(region: Option<u32>, team: Option<u32>) -> u32 {
    match (region, team) {
        (None, _) => 0,
        (Some(region), None) => 1 + region,
        (Some(region), Some(team)) => 1 + REGIONS + region * TEAMS + team,
    }
}

impl Sales {
    /// A salesperson.
    pub fn seller(&self, n: u32) -> EmployeeId {
        shape::employee_id(self.shape, FIRST_SELLER + n)
    }

    /// The chief.
    pub fn chief(&self) -> EmployeeId {
        shape::employee_id(self.shape, CHIEF)
    }

    /// Head office, or a region.
    pub fn place(&self, region: Option<u32>) -> DepartmentId {
        shape::department_id(self.shape, department(region, None))
    }

    /// Whose customer it is at first.
    fn owner(&self, customer: u32) -> EmployeeId {
        self.seller(customer % SELLERS)
    }

    async fn people(&self, books: &mut Writer<'_>) -> Result<(), Fault> {
        let entity = people::NewEntity {
            id: shape::entity_id(self.shape, 0),
            name: "测试股份有限公司".to_owned(),
        };
        let post = people::NewPost {
            id: shape::post_id(self.shape, 0),
            name: "职员".to_owned(),
        };
        people::load_entities(books, &[entity]).await?;
        people::load_posts(books, &[post]).await?;
        let mut departments = vec![self.new_department(None, None)];
        let mut employees = vec![self.employee(CHIEF, department(None, None), None)];
        for region in 0..REGIONS {
            departments.push(self.new_department(Some(region), None));
            for team in 0..TEAMS {
                departments.push(self.new_department(Some(region), Some(team)));
                let at = department(Some(region), Some(team));
                for n in 0..TEAM {
                    let who = FIRST_SELLER + (region * TEAMS + team) * TEAM + n;
                    employees.push(self.employee(who, at, Some(CHIEF)));
                }
            }
        }
        people::load_departments(books, &departments).await?;
        people::load_employees(books, &employees, "测试").await
    }

    fn new_department(&self, region: Option<u32>, team: Option<u32>) -> people::NewDepartment {
        let n = department(region, team);
        let above = match (region, team) {
            (None, _) => None,
            (Some(_), None) => Some(department(None, None)),
            (Some(_), Some(_)) => Some(department(region, None)),
        };
        people::NewDepartment {
            id: shape::department_id(self.shape, n),
            parent: above.map(|n| shape::department_id(self.shape, n)),
            entity: shape::entity_id(self.shape, 0),
            code: format!("D{n:04}"),
            name: format!("销售{n}部"),
        }
    }

    fn employee(&self, who: u32, at: u32, above: Option<u32>) -> people::NewEmployee {
        let hired_on = self.begins.plus_months(-60);
        people::NewEmployee {
            id: shape::employee_id(self.shape, who),
            number: shape::number(who),
            name: names::person(&Dice::new(self.shape.seed, "person", who)),
            position: Position {
                entity: shape::entity_id(self.shape, 0),
                department: shape::department_id(self.shape, at),
                post: None,
                line_manager: above.map(|who| shape::employee_id(self.shape, who)),
            },
            post: shape::post_id(self.shape, 0),
            citizen_id: None,
            phone: None,
            email: None,
            hired_on,
            probation_until: None,
            contract_from: Some(hired_on),
            contract_until: None,
            sells: who >= FIRST_SELLER,
            capacity: None,
            regions: String::new(),
            industries: String::new(),
            extra: "{}".to_owned(),
        }
    }

    async fn customers(
        &self,
        some: std::ops::Range<u32>,
        books: &mut Writer<'_>,
    ) -> Result<(), Fault> {
        let new: Vec<_> = some.clone().map(|n| self.customer(n)).collect();
        customers::load_customers(books, &new, "system").await?;
        let contracts: Vec<_> = some
            .filter(|n| n % 2 == 0)
            .map(|n| self.contract(n))
            .collect();
        receivables::load_contracts(books, &contracts).await
    }

    fn customer(&self, n: u32) -> customers::NewCustomer {
        let dice = Dice::new(self.shape.seed, "customer", n);
        let (name, industry) = names::firm(&dice);
        customers::NewCustomer {
            id: shape::customer_id(self.shape, n),
            number: format!("KH{n:07}"),
            name,
            credit_code: None,
            industry: industry.to_owned(),
            region: (*dice.favour(names::REGIONS)).to_owned(),
            tier: (*dice.pick(&["A", "B", "B", "C", "C", "C"])).to_owned(),
            address: String::new(),
            history: vec![customers::Owned {
                effective_on: self.begins.plus_days(-i64::from(dice.below(700)) - 1),
                owner: Some(self.owner(n)),
                reason: AssignmentReason::Created,
                plan: None,
            }],
            last_follow_up_on: None,
            extra: "{}".to_owned(),
        }
    }

    fn contract(&self, n: u32) -> receivables::NewContract {
        let dice = Dice::new(self.shape.seed, "contract", n);
        receivables::NewContract {
            id: shape::contract_id(self.shape, n),
            number: format!("HT{n:07}"),
            customer: shape::customer_id(self.shape, n),
            opportunity: None,
            owner: Some(self.owner(n)),
            title: "年度框架合同".to_owned(),
            amount: Fen(i64::from(dice.below(90_000_000)) + 100_000_000),
            signed_on: self.begins.plus_days(-i64::from(dice.below(240))),
            ends_on: Some(self.begins.plus_days(400)),
            product: String::new(),
            margin: None,
            extra: "{}".to_owned(),
        }
    }

    async fn receipts(
        &self,
        month: u32,
        some: std::ops::Range<u32>,
        books: &mut Writer<'_>,
    ) -> Result<(), Fault> {
        let (mut invoices, mut receipts) = (Vec::new(), Vec::new());
        for n in some {
            let place = month * self.receipts + n;
            let (invoice, receipt) = self.receipt(month, place);
            invoices.push(invoice);
            receipts.push(receipt);
        }
        receivables::load_invoices(books, &invoices, "system").await?;
        receivables::load_receipts(books, &receipts).await
    }

    fn receipt(
        &self,
        month: u32,
        place: u32,
    ) -> (receivables::NewInvoice, receivables::NewReceipt) {
        let dice = Dice::new(self.shape.seed, "receipt", place);
        let customer = dice.below(self.shape.customers / 2) * 2;
        let first = self.begins.plus_months(i32::try_from(month).unwrap_or(0));
        let received_on = first.plus_days(i64::from(dice.below(30)));
        let amount = Fen(i64::from(dice.below(9_900_000)) + 100_000);
        let issued_on = received_on.plus_days(-30);
        let id = shape::invoice_id(self.shape, place);
        let invoice = receivables::NewInvoice {
            id,
            number: format!("FP{place:08}"),
            customer: shape::customer_id(self.shape, customer),
            contract: Some(shape::contract_id(self.shape, customer)),
            order: None,
            issued_on,
            due_on: received_on,
            amount,
            disputed: false,
            history: vec![receivables::Responsible {
                effective_on: issued_on,
                employee: self.owner(customer),
                basis: ResponsibilityBasis::Issued,
                plan: None,
            }],
            extra: "{}".to_owned(),
        };
        let receipt = receivables::NewReceipt {
            id: shape::receipt_id(self.shape, place),
            number: format!("HK{place:08}"),
            customer: shape::customer_id(self.shape, customer),
            received_on,
            amount,
            clearings: vec![(id, amount)],
            extra: "{}".to_owned(),
        };
        (invoice, receipt)
    }
}
