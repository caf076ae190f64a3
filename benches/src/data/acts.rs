//! The acts that fill the books; they know no rules and exist in measurements only 填充动作.

use ::people::Position;
use access::Need;
use baton::customer::load as customers;
use baton::people::load as people;
use baton::receivable::load as receivables;
use customer::AssignmentReason;
use kernel::{Day, Fen, Moment, Refusal};
use receivable::ResponsibilityBasis;
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use super::Dice;
use super::names;
use super::shape::{self, Place, Shape};

/// Founds the company: entity, posts, departments, everybody.
#[derive(Serialize, Deserialize)]
pub struct People {
    /// Of this shape.
    pub shape: Shape,
}

/// Adds customers with their search terms and history.
#[derive(Serialize, Deserialize)]
pub struct Books {
    /// Of this shape.
    pub shape: Shape,
    /// The first one.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// Adds what hangs on these customers.
#[derive(Serialize, Deserialize)]
pub struct Business {
    /// Of this shape.
    pub shape: Shape,
    /// The first one.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// Leaves an entry about a customer and, as its parts, as many more about the next ones.
#[derive(Serialize, Deserialize)]
pub struct Note {
    /// Of this shape.
    pub shape: Shape,
    /// The customer.
    pub from: u32,
    /// More entries.
    pub parts: u32,
}

/// What is the same for all of them: nobody asks, nothing is decided.
macro_rules! filling {
    ($act:ty, $name:literal, $record:expr, $parts:expr, $write:item) => {
        impl Act for $act {
            const NAME: &'static str = $name;
            type Facts = ();
            type Outcome = ();

            async fn load(&self, _: &mut Reader<'_>) -> Result<(), Failure> {
                Ok(())
            }
            fn needs(&self, _: &()) -> Need {
                Need::on_everything(baton::permissions::LOGIN_MANAGE)
            }
            fn decide(&self, _: &(), _: Moment) -> Result<(), Refusal> {
                Ok(())
            }
            $write
            fn record(&self, _: &(), _: &()) -> Record {
                $record(self)
            }
            fn then(&self, _: &(), _: &()) -> Vec<Box<dyn AnyAct>> {
                $parts(self)
            }
        }
    };
}

fn alone<A>(_: &A) -> Vec<Box<dyn AnyAct>> {
    Vec::new()
}

filling!(
    People,
    "bench.people",
    |_: &People| Record::of(
        "company/bench".to_owned(),
        "建立测试公司",
        "Founds the company"
    ),
    alone,
    async fn write(&self, _: &(), _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(found(self.shape, books).await?)
    }
);

filling!(
    Books,
    "bench.customers",
    |act: &Books| Record::of(
        format!("bench/{}", act.from),
        format!("写入客户 {} 户", act.count),
        format!("{} customers", act.count)
    ),
    alone,
    async fn write(&self, _: &(), _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let numbers = self.from..self.from + self.count;
        let new: Vec<_> = numbers.map(|n| new_customer(self.shape, n)).collect();
        Ok(customers::load_customers(books, &new, "system").await?)
    }
);

filling!(
    Business,
    "bench.business",
    |act: &Business| Record::of(
        format!("bench/{}", act.from),
        format!("写入 {} 户客户的往来", act.count),
        format!("Business of {} customers", act.count)
    ),
    alone,
    async fn write(&self, _: &(), _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let today = books.today();
        for n in self.from..self.from + self.count {
            if n % 1_000 == self.from % 1_000 {
                let some = n..(n + 1_000).min(self.from + self.count);
                business(self.shape, some, today, books).await?;
            }
        }
        Ok(())
    }
);

filling!(
    Note,
    "bench.note",
    |act: &Note| {
        let customer = act.from % act.shape.customers.max(1);
        Record::of(
            format!("customer/{}", shape::customer_id(act.shape, customer)),
            format!("记录客户 KH{customer:07} 的一次变更，金额 12345.67 元"),
            format!("A change of the customer KH{customer:07}"),
        )
        .why("bench")
        .detail(serde_json::json!({ "before": { "tier": "B" }, "after": { "tier": "A" } }))
    },
    |act: &Note| {
        let part = |n| {
            let one = Note {
                shape: act.shape,
                from: act.from + n,
                parts: 0,
            };
            Box::new(one) as Box<dyn AnyAct>
        };
        (1..=act.parts).map(part).collect()
    },
    async fn write(&self, _: &(), _: &(), _: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(())
    }
);

/// The day from which contracts of employment run, and the first day of customers.
fn day(year: i16, month: i8, day: i8) -> Day {
    Day::of(year, month, day).unwrap_or_else(|| shape::BEGAN.day_in(&jiff::tz::TimeZone::UTC))
}

async fn found(shape: Shape, books: &mut Writer<'_>) -> Result<(), spine::Fault> {
    let entity = shape::entity_id(shape, 0);
    let post = shape::post_id(shape, 0);
    let new = people::NewEntity {
        id: entity,
        name: "测试股份有限公司".to_owned(),
    };
    people::load_entities(books, &[new]).await?;
    let new = people::NewPost {
        id: post,
        name: "职员".to_owned(),
    };
    people::load_posts(books, &[new]).await?;
    let mut departments = vec![department(shape, Place::Head, None, "总部".to_owned())];
    for region in 0..shape::REGIONS {
        let name = names::REGIONS
            .get(usize::try_from(region).unwrap_or(0))
            .unwrap_or(&"");
        let place = Place::Region(region);
        departments.push(department(
            shape,
            place,
            Some(Place::Head),
            format!("{name}大区"),
        ));
        for team in 0..shape::TEAMS {
            let name = format!("{name}{}组", team + 1);
            departments.push(department(
                shape,
                Place::Team(region, team),
                Some(place),
                name,
            ));
        }
    }
    people::load_departments(books, &departments).await?;
    let employees: Vec<_> = shape::everybody()
        .iter()
        .map(|one| employee(shape, one))
        .collect();
    people::load_employees(books, &employees, "测试").await
}

fn department(
    shape: Shape,
    place: Place,
    parent: Option<Place>,
    name: String,
) -> people::NewDepartment {
    let n = shape::department(place);
    people::NewDepartment {
        id: shape::department_id(shape, n),
        parent: parent.map(|parent| shape::department_id(shape, shape::department(parent))),
        entity: shape::entity_id(shape, 0),
        code: format!("D{n:03}"),
        name,
    }
}

fn employee(shape: Shape, person: &shape::Person) -> people::NewEmployee {
    people::NewEmployee {
        id: shape::employee_id(shape, person.who),
        number: shape::number(person.who),
        name: names::person(&Dice::new(shape.seed, "person", person.who)),
        position: Position {
            entity: shape::entity_id(shape, 0),
            department: shape::department_id(shape, shape::department(person.place)),
            post: None,
            line_manager: person.manager.map(|who| shape::employee_id(shape, who)),
        },
        post: shape::post_id(shape, 0),
        citizen_id: None,
        phone: None,
        email: None,
        hired_on: day(2020, 3, 2),
        probation_until: None,
        contract_from: Some(day(2020, 3, 2)),
        contract_until: None,
        sells: person.sells,
        capacity: None,
        regions: String::new(),
        industries: String::new(),
        extra: "{}".to_owned(),
    }
}

fn new_customer(shape: Shape, n: u32) -> customers::NewCustomer {
    let dice = Dice::new(shape.seed, "customer", n);
    let (name, industry) = names::firm(&dice);
    let from = day(2024, 1, 1).plus_days(i64::from(dice.below(700)));
    customers::NewCustomer {
        id: shape::customer_id(shape, n),
        number: format!("KH{n:07}"),
        name,
        credit_code: None,
        industry: industry.to_owned(),
        region: (*dice.favour(names::REGIONS)).to_owned(),
        tier: (*dice.pick(&["A", "B", "B", "C", "C", "C"])).to_owned(),
        address: format!(
            "{}工业园区{}号",
            dice.favour(names::PLACES),
            dice.below(900) + 1
        ),
        history: vec![customers::Owned {
            effective_on: from,
            owner: shape.owner(n).map(|who| shape::employee_id(shape, who)),
            reason: AssignmentReason::Created,
            plan: None,
        }],
        last_follow_up_on: None,
        extra: "{}".to_owned(),
    }
}

/// Five follow-ups and two open invoices for each customer of a key account seller, an opportunity,
/// a contract and an order for every tenth; one open invoice for every tenth of the others.
async fn business(
    shape: Shape,
    customers: std::ops::Range<u32>,
    today: Day,
    books: &mut Writer<'_>,
) -> Result<(), spine::Fault> {
    let (mut follow_ups, mut invoices) = (Vec::new(), Vec::new());
    let (mut opportunities, mut contracts, mut orders) = (Vec::new(), Vec::new(), Vec::new());
    for n in customers {
        let Some(owner) = shape.owner(n).map(|who| shape::employee_id(shape, who)) else {
            continue;
        };
        let about = About {
            shape,
            n,
            owner,
            today,
        };
        if !shape.is_key(n) {
            if n % 10 == 0 {
                invoices.push(about.invoice(0));
            }
            continue;
        }
        follow_ups.extend((0..5).map(|m| about.follow_up(m)));
        invoices.extend((0..2).map(|m| about.invoice(m)));
        if n % 10 == 0 {
            opportunities.push(about.opportunity());
            contracts.push(about.contract());
            orders.push(about.order());
        }
    }
    customers::load_opportunities(books, &opportunities).await?;
    customers::load_follow_ups(books, &follow_ups).await?;
    receivables::load_contracts(books, &contracts).await?;
    receivables::load_orders(books, &orders).await?;
    receivables::load_invoices(books, &invoices, "system").await
}

/// A customer whose business is made up.
struct About {
    shape: Shape,
    n: u32,
    owner: kernel::EmployeeId,
    today: Day,
}

impl About {
    fn customer(&self) -> kernel::CustomerId {
        shape::customer_id(self.shape, self.n)
    }

    fn amount(&self, m: u32) -> Fen {
        Fen(i64::from(Dice::new(self.shape.seed, "amount", self.n * 10 + m).below(90_000_000)) + 1)
    }

    fn invoice(&self, m: u32) -> receivables::NewInvoice {
        let place = self.n * 10 + m;
        let ago = i64::from(Dice::new(self.shape.seed, "due", place).below(300));
        let issued_on = self.today.plus_days(-ago);
        receivables::NewInvoice {
            id: shape::invoice_id(self.shape, place),
            number: format!("FP{place:08}"),
            customer: self.customer(),
            contract: None,
            order: None,
            issued_on,
            due_on: issued_on.plus_days(60),
            amount: self.amount(m),
            disputed: false,
            history: vec![receivables::Responsible {
                effective_on: issued_on,
                employee: self.owner,
                basis: ResponsibilityBasis::Issued,
                plan: None,
            }],
            extra: "{}".to_owned(),
        }
    }

    fn follow_up(&self, m: u32) -> customers::NewFollowUp {
        let place = self.n * 10 + m;
        let last = m == 4;
        customers::NewFollowUp {
            id: shape::follow_up_id(self.shape, place),
            customer: self.customer(),
            opportunity: None,
            author: self.owner,
            at: shape::BEGAN.plus_millis(i64::from(place) * 1_000),
            kind: "call".to_owned(),
            text: "电话沟通本季度采购计划，对方关注交期和账期，约定下周给出报价。".to_owned(),
            next_on: last.then(|| self.today.plus_days(7)),
            duty: last.then_some(self.owner),
        }
    }

    fn opportunity(&self) -> customers::NewOpportunity {
        customers::NewOpportunity {
            id: shape::opportunity_id(self.shape, self.n),
            number: format!("SJ{:07}", self.n),
            customer: Some(self.customer()),
            owner: Some(self.owner),
            title: "年度采购".to_owned(),
            product: String::new(),
            stage: "proposal".to_owned(),
            amount: Some(self.amount(7)),
            opened_on: Some(self.today.plus_days(-40)),
            closed_on: None,
            extra: "{}".to_owned(),
        }
    }

    fn contract(&self) -> receivables::NewContract {
        receivables::NewContract {
            id: shape::contract_id(self.shape, self.n),
            number: format!("HT{:07}", self.n),
            customer: self.customer(),
            opportunity: None,
            owner: Some(self.owner),
            title: "年度框架合同".to_owned(),
            amount: self.amount(8),
            signed_on: self.today.plus_days(-30),
            ends_on: None,
            product: String::new(),
            margin: None,
            extra: "{}".to_owned(),
        }
    }

    fn order(&self) -> receivables::NewOrder {
        receivables::NewOrder {
            id: shape::order_id(self.shape, self.n),
            number: format!("DD{:07}", self.n),
            customer: self.customer(),
            contract: None,
            owner: Some(self.owner),
            ordered_on: self.today.plus_days(-20),
            shipped_on: None,
            amount: self.amount(9),
            lines: Vec::new(),
            extra: "{}".to_owned(),
        }
    }
}
