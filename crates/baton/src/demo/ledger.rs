//! Two years of business: what was sold to whom, when, and when it was paid 演示业务.
//!
//! Everything is thrown before the story begins; whose customer it is at the time is asked when a
//! quarter is written down.

use std::collections::BTreeSet;

use kernel::{Day, Fen};

use super::dice::Dice;
use super::names;
use super::size::Size;
use super::staff::Person;

/// A customer to be.
pub(super) struct Account {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) industry: &'static str,
    pub(super) region: &'static str,
    pub(super) tier: &'static str,
    pub(super) address: String,
    /// 工号 of whoever has it now.
    pub(super) seller: String,
    pub(super) since: Day,
    /// Whether it stands in the books.
    pub(super) written: bool,
    /// Name, title, mobile.
    pub(super) contacts: Vec<(String, &'static str, String)>,
}

/// An opportunity.
pub(super) struct Deal {
    pub(super) number: String,
    pub(super) account: usize,
    pub(super) product: &'static str,
    pub(super) stage: &'static str,
    pub(super) amount: Fen,
    pub(super) opened: Day,
    pub(super) closed: Option<Day>,
}

/// A contract with its order.
pub(super) struct Paper {
    pub(super) n: usize,
    pub(super) account: usize,
    pub(super) title: &'static str,
    pub(super) amount: Fen,
    pub(super) signed: Day,
    pub(super) bills: Vec<Bill>,
}

/// An invoice of it.
pub(super) struct Bill {
    pub(super) number: String,
    pub(super) amount: Fen,
    pub(super) issued: Day,
    pub(super) due: Day,
    pub(super) disputed: bool,
    /// Number, day, amount of what came in for it.
    pub(super) paid: Vec<(String, Day, Fen)>,
}

/// All of it.
pub(super) struct Ledger {
    pub(super) accounts: Vec<Account>,
    pub(super) deals: Vec<Deal>,
    pub(super) papers: Vec<Paper>,
}

/// What the company makes.
pub(super) const PRODUCTS: &[(&str, &str)] = &[
    ("五轴加工中心 JG-5100", "1280000.00"),
    ("立式加工中心 JG-V850", "368000.00"),
    ("数控车床 JG-T360", "256000.00"),
    ("精密磨床 JG-M200", "415000.00"),
    ("自动上下料单元 JG-R20", "189000.00"),
    ("主轴备件包", "36000.00"),
    ("年度保养服务", "28000.00"),
    ("产线改造服务", "520000.00"),
];
const TITLES: &[&str] = &[
    "采购经理",
    "总经理",
    "生产总监",
    "财务经理",
    "设备主管",
    "厂长",
];

/// The business of these people up to `today`, two years from `began`.
pub(super) fn ledger(
    dice: &Dice,
    size: Size,
    people: &[Person],
    (began, today): (Day, Day),
) -> Ledger {
    let mut ledger = Ledger {
        accounts: Vec::new(),
        deals: Vec::new(),
        papers: Vec::new(),
    };
    let mut taken = BTreeSet::new();
    for seller in people.iter().filter(|person| person.sells()) {
        let spread = i64::try_from(size.customers).unwrap_or(10);
        let weeks = seller.hired_on.days_until(today) / 7;
        // Who came late has won few customers so far.
        let most = (weeks / 4 + 2).min(spread + spread / 2);
        for _ in 0..dice.between((spread / 2).min(most), most) {
            account(dice, seller, (began, today), &mut taken, &mut ledger);
        }
    }
    ledger
}

fn account(
    dice: &Dice,
    seller: &Person,
    (began, today): (Day, Day),
    taken: &mut BTreeSet<String>,
    ledger: &mut Ledger,
) {
    let region = Some(seller.regions).filter(|region| !region.is_empty());
    let firm = loop {
        let firm = names::firm(dice, region);
        if taken.insert(firm.name.clone()) {
            break firm;
        }
    };
    let at = ledger.accounts.len();
    let begins = began.max(seller.hired_on.plus_days(7));
    let span = begins.days_until(today) - 5;
    let since = if begins == began && dice.happens(62) {
        began
    } else {
        begins.plus_days(dice.between(0, span.max(1)))
    };
    let contact = |_| {
        let title = *dice.pick(TITLES);
        (names::person(dice), title, names::mobile(dice))
    };
    let mut contacts: Vec<_> = (0..dice.between(1, 2)).map(contact).collect();
    contacts.dedup_by(|a, b| a.0 == b.0);
    ledger.accounts.push(Account {
        number: format!("C{:05}", at + 1),
        name: firm.name,
        code: names::credit_code(dice),
        industry: firm.industry,
        region: firm.region,
        tier: dice.pick::<&str>(&["A", "B", "B", "C", "C", "C"]),
        address: firm.address,
        seller: seller.number.clone(),
        since,
        written: false,
        contacts,
    });
    let days = since.days_until(today);
    for _ in 0..dice.between(0, 3) {
        let opened = since.plus_days(dice.between(0, days.max(1) - 1).max(0));
        deal(dice, at, opened, today, ledger);
    }
    for _ in 0..dice.between(0, 2) {
        let signed = since.plus_days(dice.between(0, days.max(1) - 1).max(0));
        paper(dice, at, signed, today, ledger);
    }
}

fn deal(dice: &Dice, account: usize, opened: Day, today: Day, ledger: &mut Ledger) {
    let closes = opened.plus_days(dice.between(20, 240));
    let (stage, closed) = if closes <= today {
        (*dice.pick(&["赢单", "赢单", "输单"]), Some(closes))
    } else {
        (*dice.pick(&["线索", "已确认", "已报价"]), None)
    };
    let n = ledger.deals.len() + 1;
    ledger.deals.push(Deal {
        number: format!("O{n:05}"),
        account,
        product: dice.pick(PRODUCTS).0,
        stage,
        amount: Fen(dice.between(20, 3_000) * 100_000),
        opened,
        closed,
    });
}

/// Invoiced in instalments; some are paid late, some in two parts, some not at all yet.
fn paper(dice: &Dice, account: usize, signed: Day, today: Day, ledger: &mut Ledger) {
    let n = ledger.papers.len() + 1;
    let instalments = dice.between(1, 4);
    let instalment = Fen(dice.between(30, 2_500) * 100_000 + dice.between(0, 99_999));
    let mut bills = Vec::new();
    for part in 0..instalments {
        let issued = signed.plus_days(20 + 90 * part);
        if issued >= today {
            break;
        }
        let due = issued.plus_days(*dice.pick(&[30, 60, 90]));
        let number = format!("FP-{n:05}-{}", part + 1);
        let mut paid = Vec::new();
        let day = due.plus_days(dice.between(-20, 45));
        let half = Fen(instalment.0 / 2);
        if dice.happens(90) {
            let late = day.plus_days(dice.between(10, 40));
            let parts = if dice.happens(12) {
                vec![(day, half), (late, Fen(instalment.0 - half.0))]
            } else {
                vec![(day, instalment)]
            };
            for (turn, (day, sum)) in (1..).zip(parts) {
                if day < today {
                    paid.push((format!("HK-{n:05}-{}-{turn}", part + 1), day, sum));
                }
            }
        }
        bills.push(Bill {
            number,
            amount: instalment,
            issued,
            due,
            disputed: paid.is_empty() && dice.happens(8),
            paid,
        });
    }
    let titles = [
        "设备采购合同",
        "年度框架合同",
        "备件供应合同",
        "技术服务合同",
    ];
    ledger.papers.push(Paper {
        n,
        account,
        title: dice.pick::<&str>(&titles),
        amount: Fen(instalment.0 * instalments),
        signed,
        bills,
    });
}

/// The head of a table and its rows, CSV in UTF-8 with a byte order mark.
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

    fn file(self) -> (String, Vec<u8>) {
        (self.name.to_owned(), self.text.into_bytes())
    }
}

/// Name and bytes of each file.
pub(super) type Files = Vec<(String, Vec<u8>)>;

impl Ledger {
    /// What happened after `after` and up to `until`, as the company's old system writes it out:
    /// new customers, opportunities opened or closed, papers, money that came in.
    pub(super) fn files(&self, after: Option<Day>, until: Day) -> Files {
        let within = |day: Day| day <= until && after.is_none_or(|after| day > after);
        let mut files = vec![products()];
        files.extend(self.customers(&within));
        files.push(self.opportunities(&within));
        files.extend(self.contracts(&within));
        files
    }

    fn customers(&self, within: &dyn Fn(Day) -> bool) -> [(String, Vec<u8>); 2] {
        let mut customers = Table::new(
            "客户.csv",
            "客户编号,客户名称,统一社会信用代码,行业,区域,客户分级,负责人,地址",
        );
        let mut contacts = Table::new("联系人.csv", "客户编号,联系人,职务,手机");
        for account in self.accounts.iter().filter(|one| within(one.since)) {
            customers.row(&[
                &account.number,
                &account.name,
                &account.code,
                account.industry,
                account.region,
                account.tier,
                &account.seller,
                &account.address,
            ]);
            for (name, title, mobile) in &account.contacts {
                contacts.row(&[&account.number, name, title, mobile]);
            }
        }
        [customers.file(), contacts.file()]
    }

    fn opportunities(&self, within: &dyn Fn(Day) -> bool) -> (String, Vec<u8>) {
        let mut table = Table::new(
            "商机.csv",
            "商机编号,客户编号,负责人,产品,阶段,金额,开始日期,结束日期",
        );
        for deal in &self.deals {
            let closes = deal.closed.filter(|day| within(*day));
            if closes.is_none() && !within(deal.opened) {
                continue;
            }
            let account = &self.accounts[deal.account];
            let stage = match (closes, deal.closed) {
                (None, Some(_)) => "已确认",
                _ => deal.stage,
            };
            table.row(&[
                &deal.number,
                &account.number,
                &account.seller,
                deal.product,
                stage,
                &deal.amount.to_plain(),
                &deal.opened.to_string(),
                &closes.map(|day| day.to_string()).unwrap_or_default(),
            ]);
        }
        table.file()
    }

    fn contracts(&self, within: &dyn Fn(Day) -> bool) -> [(String, Vec<u8>); 3] {
        let mut contracts = Table::new(
            "合同.csv",
            "合同编号,订单编号,客户编号,合同名称,负责人,签订日期,发货日期,到期日期,合同金额,\
             产品,毛利",
        );
        let mut invoices = Table::new(
            "发票.csv",
            "发票号码,客户编号,合同编号,负责人,开票日期,到期日,发票金额,有争议",
        );
        let mut receipts = Table::new("回款.csv", "回款编号,客户编号,发票号码,到账日期,到账金额");
        for paper in &self.papers {
            let account = &self.accounts[paper.account];
            let number = format!("HT-{:05}", paper.n);
            if within(paper.signed) {
                let shipped = paper.signed.plus_days(15);
                contracts.row(&[
                    &number,
                    &format!("DD-{:05}", paper.n),
                    &account.number,
                    paper.title,
                    &account.seller,
                    &paper.signed.to_string(),
                    &Some(shipped)
                        .filter(|day| within(*day))
                        .map(|day| day.to_string())
                        .unwrap_or_default(),
                    &paper.signed.plus_days(365).to_string(),
                    &paper.amount.to_plain(),
                    paper.product(),
                    &paper.margin().to_plain(),
                ]);
            }
            for bill in &paper.bills {
                if within(bill.issued) {
                    invoices.row(&[
                        &bill.number,
                        &account.number,
                        &number,
                        &account.seller,
                        &bill.issued.to_string(),
                        &bill.due.to_string(),
                        &bill.amount.to_plain(),
                        if bill.disputed { "是" } else { "否" },
                    ]);
                }
                for (receipt, day, sum) in bill.paid.iter().filter(|(_, day, _)| within(*day)) {
                    let (day, sum) = (day.to_string(), sum.to_plain());
                    receipts.row(&[receipt, &account.number, &bill.number, &day, &sum]);
                }
            }
        }
        [contracts.file(), invoices.file(), receipts.file()]
    }
}

impl Paper {
    /// What a contract of this title sells; machines take turns.
    fn product(&self) -> &'static str {
        let machine = PRODUCTS.get(self.n % 5).map_or("", |(name, _)| name);
        match self.title {
            "备件供应合同" => "主轴备件包",
            "技术服务合同" => "年度保养服务",
            "产线改造合同" => "产线改造服务",
            _ => machine,
        }
    }

    /// Between 22 and 38 per cent of the amount.
    fn margin(&self) -> Fen {
        let percent = 22 + i64::try_from(self.n * 7 % 17).unwrap_or(0);
        Fen(self.amount.0 / 100 * percent)
    }
}

fn products() -> (String, Vec<u8>) {
    let mut table = Table::new("产品.csv", "产品,单价");
    for (name, price) in PRODUCTS {
        table.row(&[name, price]);
    }
    table.file()
}
