//! The demo company as seven tables, as a customer of ours would export them 演示公司.

use kernel::{Day, Fen};

use super::dice::Dice;
use super::names::{self, REGIONS};

/// How large the company is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Salespeople in each region.
    pub sellers: usize,
    /// Customers of each salesperson, on average.
    pub customers: usize,
}

impl Size {
    /// Some 260 employees, 4,000 customers, 24,000 invoices.
    pub const FULL: Size = Size {
        sellers: 40,
        customers: 20,
    };
    /// Some 60 employees, 300 customers; for browser tests.
    pub const SMALL: Size = Size {
        sellers: 6,
        customers: 10,
    };
}

/// A file of the company: its name and its text, CSV in UTF-8 with a byte order mark.
pub(super) type File = (String, Vec<u8>);

/// A person the demo knows by name.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) department: &'static str,
    pub(super) post: &'static str,
    manager: Option<String>,
    hired_on: Day,
}

/// The company before it is written down.
pub(super) struct Company {
    pub(super) people: Vec<Person>,
    pub(super) files: Vec<File>,
}

const DEPARTMENTS: &[(&str, &str, &str)] = &[
    ("D00", "江南精工", ""),
    ("D10", "销售中心", "D00"),
    ("D11", "华东销售部", "D10"),
    ("D12", "华南销售部", "D10"),
    ("D13", "华北销售部", "D10"),
    ("D14", "西南销售部", "D10"),
    ("D15", "华中销售部", "D10"),
    ("D20", "财务部", "D00"),
    ("D30", "人力资源部", "D00"),
    ("D40", "法务部", "D00"),
    ("D50", "信息技术部", "D00"),
    ("D60", "行政部", "D00"),
    ("D70", "审计部", "D00"),
];
const OFFICES: &[(&str, &str, usize)] = &[
    ("D20", "财务专员", 4),
    ("D30", "人事专员", 3),
    ("D40", "法务专员", 2),
    ("D50", "系统工程师", 3),
    ("D60", "行政专员", 3),
    ("D70", "审计专员", 2),
];

/// The head of a table and its rows.
struct Table {
    name: &'static str,
    text: String,
}

impl Table {
    fn new(name: &'static str, head: &str) -> Table {
        Table {
            name,
            text: format!("\u{feff}{head}\r\n"),
        }
    }

    fn row(&mut self, cells: &[&str]) {
        self.text.push_str(&cells.join(","));
        self.text.push_str("\r\n");
    }

    fn file(self) -> File {
        (self.name.to_owned(), self.text.into_bytes())
    }
}

/// Makes the company as it stands on this day, two years of business behind it.
pub(super) fn company(seed: u64, size: Size, today: Day) -> Company {
    let dice = Dice::new(seed);
    let people = staff(&dice, size, today);
    let mut departments = Table::new("部门.csv", "部门编号,部门名称,上级部门");
    for (number, name, parent) in DEPARTMENTS {
        departments.row(&[number, name, parent]);
    }
    let mut employees = Table::new(
        "员工.csv",
        "工号,姓名,部门编号,岗位,直属上级,入职日期,手机,邮箱",
    );
    for person in &people {
        let email = format!("{}@jiangnan.example", person.number.to_lowercase());
        employees.row(&[
            &person.number,
            &person.name,
            person.department,
            person.post,
            person.manager.as_deref().unwrap_or_default(),
            &person.hired_on.to_string(),
            &names::mobile(&dice),
            &email,
        ]);
    }
    let mut files = vec![departments.file(), employees.file()];
    files.extend(business(&dice, size, today, &people));
    Company { people, files }
}

/// Managing director, a director of sales, a manager and salespeople in each region, offices.
fn staff(dice: &Dice, size: Size, today: Day) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut hire = |department, post, manager: Option<&str>, years: i64| {
        let number = format!("E{:04}", people.len() + 1);
        people.push(Person {
            number: number.clone(),
            name: names::person(dice),
            department,
            post,
            manager: manager.map(str::to_owned),
            hired_on: today.plus_days(-dice.between(40, 365 * years)),
        });
        number
    };
    let chief = hire("D00", "总经理", None, 12);
    let director = hire("D10", "销售总监", Some(&chief), 10);
    for (department, post, number) in OFFICES {
        let head = hire(department, post, Some(&chief), 8);
        for _ in 1..*number {
            hire(department, post, Some(&head), 5);
        }
    }
    for region in 0..REGIONS.len() {
        let department = DEPARTMENTS[2 + region].0;
        let manager = hire(department, "销售主管", Some(&director), 8);
        for _ in 0..size.sellers {
            hire(department, "销售代表", Some(&manager), 6);
        }
    }
    people
}

struct Tables {
    customers: Table,
    contacts: Table,
    opportunities: Table,
    contracts: Table,
    invoices: Table,
    count: usize,
    deals: usize,
    papers: usize,
}

fn business(dice: &Dice, size: Size, today: Day, people: &[Person]) -> Vec<File> {
    let mut tables = Tables {
        customers: Table::new(
            "客户.csv",
            "客户编号,客户名称,统一社会信用代码,行业,区域,客户分级,负责人,地址",
        ),
        contacts: Table::new("联系人.csv", "客户编号,联系人,职务,手机,邮箱"),
        opportunities: Table::new(
            "商机.csv",
            "商机编号,客户编号,负责人,阶段,金额,开始日期,结束日期",
        ),
        contracts: Table::new(
            "合同.csv",
            "合同编号,订单编号,客户编号,合同名称,负责人,签订日期,发货日期,到期日期,合同金额",
        ),
        invoices: Table::new(
            "发票.csv",
            "发票号码,客户编号,合同编号,负责人,开票日期,到期日,发票金额,有争议,回款编号,到账日期,到账金额",
        ),
        count: 0,
        deals: 0,
        papers: 0,
    };
    let sellers = people.iter().filter(|person| person.post == "销售代表");
    for seller in sellers {
        let region = DEPARTMENTS
            .iter()
            .position(|(number, _, _)| *number == seller.department);
        let region = region
            .and_then(|place| REGIONS.get(place.wrapping_sub(2)))
            .copied();
        let spread = i64::try_from(size.customers).unwrap_or(10);
        for _ in 0..dice.between(spread / 2, spread + spread / 2) {
            customer(dice, today, seller, region, &mut tables);
        }
    }
    let Tables {
        customers,
        contacts,
        opportunities,
        contracts,
        invoices,
        ..
    } = tables;
    vec![
        customers.file(),
        contacts.file(),
        opportunities.file(),
        contracts.file(),
        invoices.file(),
    ]
}

fn customer(dice: &Dice, today: Day, seller: &Person, region: Option<&str>, tables: &mut Tables) {
    tables.count += 1;
    let number = format!("C{:05}", tables.count);
    let firm = names::firm(dice, region);
    // A firm's number in brackets keeps invented names from colliding.
    let name = format!("{}（{:04}）", firm.name, tables.count);
    let tier = *dice.pick(&["A", "B", "B", "C", "C", "C"]);
    let code = names::credit_code(dice);
    let cells = [
        number.as_str(),
        &name,
        &code,
        firm.industry,
        firm.region,
        tier,
        &seller.number,
        &firm.address,
    ];
    tables.customers.row(&cells);
    for _ in 0..dice.between(1, 2) {
        let title = *dice.pick(&["采购经理", "总经理", "生产总监", "财务经理", "设备主管"]);
        let (person, mobile) = (names::person(dice), names::mobile(dice));
        tables.contacts.row(&[&number, &person, title, &mobile, ""]);
    }
    for _ in 0..dice.between(0, 3) {
        opportunity(dice, today, seller, &number, tables);
    }
    for _ in 0..dice.between(0, 2) {
        contract(dice, today, seller, &number, tables);
    }
}

fn opportunity(dice: &Dice, today: Day, seller: &Person, customer: &str, tables: &mut Tables) {
    tables.deals += 1;
    let number = format!("O{:05}", tables.deals);
    let stage = *dice.pick(&["线索", "已确认", "已报价", "赢单", "输单"]);
    let opened = today.plus_days(-dice.between(10, 700));
    let closed = if matches!(stage, "赢单" | "输单") {
        opened
            .plus_days(dice.between(5, 120))
            .min(today)
            .to_string()
    } else {
        String::new()
    };
    let amount = Fen(dice.between(20, 3_000) * 100_000).to_plain();
    let opened = opened.to_string();
    tables.opportunities.row(&[
        &number,
        customer,
        &seller.number,
        stage,
        &amount,
        &opened,
        &closed,
    ]);
}

/// A contract with its order, invoiced in instalments; some are paid late, some not at all yet.
fn contract(dice: &Dice, today: Day, seller: &Person, customer: &str, tables: &mut Tables) {
    tables.papers += 1;
    let paper = tables.papers;
    let signed = today.plus_days(-dice.between(20, 720));
    let instalments = dice.between(1, 4);
    let instalment = Fen(dice.between(30, 2_500) * 100_000 + dice.between(0, 99_999));
    let amount = Fen(instalment.0 * instalments);
    let number = format!("HT-{paper:05}");
    let title = *dice.pick(&[
        "设备采购合同",
        "年度框架合同",
        "备件供应合同",
        "技术服务合同",
    ]);
    tables.contracts.row(&[
        &number,
        &format!("DD-{paper:05}"),
        customer,
        title,
        &seller.number,
        &signed.to_string(),
        &signed.plus_days(15).to_string(),
        &signed.plus_days(365).to_string(),
        &amount.to_plain(),
    ]);
    for n in 0..instalments {
        let issued = signed.plus_days(20 + 90 * n);
        if issued > today {
            break;
        }
        let due = issued.plus_days(*dice.pick(&[30, 60, 90]));
        let paid_on = due.plus_days(dice.between(-20, 60));
        let paid = paid_on <= today && dice.happens(88);
        let (receipt, day, sum) = if paid {
            let receipt = format!("HK-{paper:05}-{n}");
            (receipt, paid_on.to_string(), instalment.to_plain())
        } else {
            (String::new(), String::new(), String::new())
        };
        let disputed = if !paid && dice.happens(8) {
            "是"
        } else {
            "否"
        };
        tables.invoices.row(&[
            &format!("FP-{paper:05}-{n}"),
            customer,
            &number,
            &seller.number,
            &issued.to_string(),
            &due.to_string(),
            &instalment.to_plain(),
            disputed,
            &receipt,
            &day,
            &sum,
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use intake::{Limits, Mapping, SourceFile, stage};

    #[test]
    fn the_company_imports_without_a_refused_row_and_is_the_same_each_time() {
        let today: Day = "2026-11-22".parse().unwrap();
        let company = company(1, Size::SMALL, today);
        let mapping = Mapping::parse(super::super::MAPPING).unwrap();
        let files: Vec<SourceFile<'_>> = company
            .files
            .iter()
            .map(|(name, bytes)| SourceFile { name, bytes })
            .collect();
        let staged = stage(&mapping, &files, &Limits::default());
        let refused: u64 = staged
            .report
            .sources
            .iter()
            .map(|source| source.refused)
            .sum();
        assert_eq!(refused, 0, "{:#?}", staged.report.findings.first());
        assert!(staged.records.len() > 500);
        assert_eq!(super::company(1, Size::SMALL, today).files, company.files);
    }
}
