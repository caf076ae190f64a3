//! The people of the demo company, before they are hired 演示人员.

use kernel::Day;

use super::dice::Dice;
use super::names::{self, REGIONS};
use super::size::Size;

/// Code, name, code of the one above, and whether it belongs to the sales company.
pub(super) const DEPARTMENTS: &[(&str, &str, &str)] = &[
    ("D00", "江南精工", ""),
    ("D10", "销售中心", "D00"),
    ("D11", "华东销售部", "D10"),
    ("D111", "华东销售一组", "D11"),
    ("D112", "华东销售二组", "D11"),
    ("D12", "华南销售部", "D10"),
    ("D121", "华南销售一组", "D12"),
    ("D122", "华南销售二组", "D12"),
    ("D13", "华北销售部", "D10"),
    ("D131", "华北销售一组", "D13"),
    ("D132", "华北销售二组", "D13"),
    ("D14", "西南销售部", "D10"),
    ("D141", "西南销售一组", "D14"),
    ("D142", "西南销售二组", "D14"),
    ("D15", "华中销售部", "D10"),
    ("D151", "华中销售一组", "D15"),
    ("D152", "华中销售二组", "D15"),
    ("D20", "财务部", "D00"),
    ("D30", "人力资源部", "D00"),
    ("D40", "法务部", "D00"),
    ("D50", "信息技术部", "D00"),
    ("D60", "行政部", "D00"),
    ("D70", "审计部", "D00"),
];
const OFFICES: &[(&str, &str, usize)] = &[
    ("D20", "财务专员", 5),
    ("D30", "人事专员", 4),
    ("D40", "法务专员", 3),
    ("D50", "系统工程师", 4),
    ("D50", "数据专员", 2),
    ("D60", "行政专员", 4),
    ("D70", "审计专员", 2),
];
/// The industries of the demo's customers, as salespeople know them.
const INDUSTRIES: &[&str] = &[
    "制造业",
    "能源",
    "电子信息",
    "医药",
    "食品饮料",
    "交通物流",
    "建筑建材",
];

/// A person the demo knows by name.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) department: &'static str,
    pub(super) post: &'static str,
    pub(super) manager: Option<String>,
    pub(super) hired_on: Day,
    pub(super) heads: bool,
    pub(super) citizen_id: String,
    pub(super) mobile: String,
    pub(super) regions: &'static str,
    pub(super) industries: String,
}

impl Person {
    /// Whether customers may be his.
    pub(super) fn sells(&self) -> bool {
        self.post == "销售代表"
    }

    /// 试用期至: six months, for a contract of three years (劳动合同法 art. 19).
    pub(super) fn probation_until(&self) -> Day {
        self.hired_on.plus_months(6).plus_days(-1)
    }

    /// The contract in force on this day: two of three years, then one without end (art. 14).
    pub(super) fn contract(&self, today: Day) -> (Day, Option<Day>) {
        let (first, second) = (self.hired_on.plus_months(36), self.hired_on.plus_months(72));
        if today < first {
            (self.hired_on, Some(first.plus_days(-1)))
        } else if today < second {
            (first, Some(second.plus_days(-1)))
        } else {
            (second, None)
        }
    }
}

/// Everybody who ever works here during the story, superiors before those they lead.
pub(super) struct Staff {
    pub(super) people: Vec<Person>,
    /// Numbers of the salespeople of each of the ten groups.
    pub(super) groups: Vec<Vec<String>>,
    /// Number of the head of each group.
    pub(super) heads: Vec<String>,
    /// Number of the manager of each region.
    pub(super) managers: Vec<String>,
}

impl Staff {
    /// Everybody with this post.
    pub(super) fn all(&self, post: &str) -> Vec<&str> {
        let found = self.people.iter().filter(|person| person.post == post);
        found.map(|person| person.number.as_str()).collect()
    }

    /// The first with this post.
    pub(super) fn first(&self, post: &str) -> &str {
        let found = self.people.iter().find(|person| person.post == post);
        found.map_or("", |person| &person.number)
    }
}

struct Hiring<'a> {
    dice: &'a Dice,
    began: Day,
    people: Vec<Person>,
}

impl Hiring<'_> {
    /// Somebody who worked here already when the story begins.
    fn hire(
        &mut self,
        place: &'static str,
        post: &'static str,
        manager: Option<&str>,
        years: i64,
    ) -> String {
        let day = self.began.plus_days(-self.dice.between(200, 365 * years));
        self.hire_on(place, post, manager, day)
    }

    fn hire_on(
        &mut self,
        department: &'static str,
        post: &'static str,
        manager: Option<&str>,
        hired_on: Day,
    ) -> String {
        let dice = self.dice;
        let number = format!("E{:04}", self.people.len() + 1);
        let region = DEPARTMENTS
            .iter()
            .filter(|(_, name, _)| name.ends_with("销售部"))
            .position(|(code, ..)| department.starts_with(code));
        let born = hired_on.plus_days(-dice.between(22 * 365, 45 * 365));
        let mut industries: Vec<&str> = INDUSTRIES
            .iter()
            .copied()
            .filter(|_| dice.happens(35))
            .collect();
        if post != "销售代表" {
            industries.clear();
        }
        self.people.push(Person {
            number: number.clone(),
            name: names::person(dice),
            department,
            post,
            manager: manager.map(str::to_owned),
            hired_on,
            heads: false,
            citizen_id: names::citizen_id(dice, born),
            mobile: names::mobile(dice),
            regions: region.map_or("", |at| REGIONS[at]),
            industries: industries.join("、"),
        });
        number
    }

    fn heads(&mut self, number: &str) {
        for person in &mut self.people {
            person.heads |= person.number == number;
        }
    }
}

/// Managing director, director of sales, a manager a region, a head and salespeople a group, and
/// the offices. A tenth of the salespeople come during the story, two of them in the last weeks.
pub(super) fn staff(dice: &Dice, size: Size, began: Day, today: Day) -> Staff {
    let mut hiring = Hiring {
        dice,
        began,
        people: Vec::new(),
    };
    let chief = hiring.hire("D00", "总经理", None, 12);
    let director = hiring.hire("D10", "销售总监", Some(&chief), 10);
    hiring.heads(&chief);
    hiring.heads(&director);
    for (department, post, number) in OFFICES {
        let head = hiring.hire(department, post, Some(&chief), 8);
        if *post != "数据专员" {
            hiring.heads(&head);
        }
        for _ in 1..*number {
            hiring.hire(department, post, Some(&head), 5);
        }
    }
    let (mut groups, mut heads, mut managers) = (Vec::new(), Vec::new(), Vec::new());
    for region in 0..REGIONS.len() {
        let at = 2 + region * 3;
        let manager = hiring.hire(DEPARTMENTS[at].0, "大区经理", Some(&director), 8);
        hiring.heads(&manager);
        for group in 1..=2 {
            let department = DEPARTMENTS[at + group].0;
            let head = hiring.hire(department, "销售主管", Some(&manager), 7);
            hiring.heads(&head);
            let mut sellers = Vec::new();
            for n in 0..size.sellers {
                let late = n + 1 == size.sellers;
                let day = match (late, groups.len()) {
                    (false, _) => began.plus_days(-dice.between(200, 365 * 6)),
                    (true, at @ (1 | 6)) => today.plus_days(-60 - i64::from(at == 6) * 20),
                    (true, _) => began.plus_days(dice.between(30, 600)),
                };
                sellers.push(hiring.hire_on(department, "销售代表", Some(&head), day));
            }
            groups.push(sellers);
            heads.push(head);
        }
        managers.push(manager);
    }
    Staff {
        people: hiring.people,
        groups,
        heads,
        managers,
    }
}
