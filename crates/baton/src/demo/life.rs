//! What happens on ordinary days: calls, customers that change hands, people who help 演示日常.

use kernel::Day;
use spine::{By, Failure};

use super::ledger::Ledger;
use super::size::Size;
use super::staff::Staff;
use super::stage::Stage;
use crate::customer::acts::follow_up::WriteFollowUp;
use crate::customer::acts::hand_over::HandOver;
use crate::customer::acts::seat::SetSeat;
use crate::import;
use crate::people::acts::add_stand_in::AddStandIn;

/// Kind and text of a follow-up.
const TALKS: &[(&str, &str)] = &[
    (
        "visit",
        "到厂拜访，看了现有产线，设备主管认可方案，下月报年度预算",
    ),
    ("call", "电话确认交期，客户希望分两批发货，已转商务核实"),
    (
        "meeting",
        "技术交流会，客户提出三项改造需求，回去出对比方案",
    ),
    ("message", "微信发送报价单，采购经理说本周内走内部流程"),
    ("email", "邮件补发资质文件和检测报告"),
    ("call", "催收货款，财务答复月底前安排付款"),
    ("visit", "新厂房参观，预计明年二季度启动招标"),
    ("call", "回访使用情况，主轴有异响，已安排售后上门"),
];

/// Every salesperson speaks to some of his customers; what is agreed for later falls due between
/// last week and next month.
pub(super) async fn talks(
    stage: &Stage,
    staff: &Staff,
    ledger: &Ledger,
    each: usize,
) -> Result<(), Failure> {
    let today = stage.day();
    let dice = &stage.dice;
    for number in staff.groups.iter().flatten() {
        let own: Vec<usize> = (0..ledger.accounts.len())
            .filter(|at| {
                let account = &ledger.accounts[*at];
                account.seller == *number && account.since < today && account.written
            })
            .collect();
        if own.is_empty() {
            continue;
        }
        for _ in 0..each {
            let account = &ledger.accounts[*dice.pick(&own)];
            let (kind, text) = *dice.pick(TALKS);
            let next = dice.happens(70).then(|| dice.between(1, 40));
            let (customer, owner) = stage.customer(&account.number).await?;
            let Some(author) = owner else { continue };
            let act = WriteFollowUp {
                customer,
                opportunity: None,
                author,
                kind: kind.to_owned(),
                text: text.to_owned(),
                next_on: next.map(|days| today.plus_days(days)),
            };
            // Whose access has ended speaks to nobody any more.
            if let Ok(by) = stage.by_id(author).await {
                stage.act(&act, &by).await?;
            }
        }
    }
    Ok(())
}

/// Customers change hands within their group, and some get a helper, by order of the group's head.
pub(super) async fn moves(
    stage: &Stage,
    staff: &Staff,
    ledger: &mut Ledger,
    (size, gone): (Size, &[String]),
) -> Result<(), Failure> {
    for turn in 0..size.moves {
        let group = stage.dice.below(staff.groups.len());
        let here = |number: &String| {
            let person = staff.people.iter().find(|one| one.number == *number);
            person.is_some_and(|one| one.hired_on < stage.day()) && !gone.contains(number)
        };
        let sellers: Vec<&String> = staff.groups[group].iter().filter(|n| here(n)).collect();
        let own: Vec<usize> = (0..ledger.accounts.len())
            .filter(|at| {
                let account = &ledger.accounts[*at];
                account.written && sellers.contains(&&account.seller)
            })
            .collect();
        if own.is_empty() || sellers.len() < 2 {
            continue;
        }
        let at = *stage.dice.pick(&own);
        let others: Vec<&&String> = sellers
            .iter()
            .filter(|number| ***number != ledger.accounts[at].seller)
            .collect();
        let to = (**stage.dice.pick(&others)).clone();
        let by = stage.by(&staff.heads[group]).await?;
        let (customer, owner) = stage.customer(&ledger.accounts[at].number).await?;
        if owner != Some(stage.employee(&ledger.accounts[at].seller)?) {
            continue;
        }
        if turn % 3 == 2 {
            let act = SetSeat {
                customer,
                employee: stage.employee(&to)?,
                opens: true,
                until: None,
                reason: "协助技术方案和投标".to_owned(),
            };
            stage.act(&act, &by).await?;
            continue;
        }
        let reasons = [
            "行业调整，由熟悉该行业的同事跟进",
            "均衡客户数量",
            "客户要求更换对接人",
        ];
        let act = HandOver {
            customer,
            from: None,
            to: stage.employee(&to)?,
            effective_on: stage.day(),
            reason: (*stage.dice.pick(&reasons)).to_owned(),
            plan: None,
            recorded_by: by.id(),
        };
        stage.act(&act, &by).await?;
        ledger.accounts[at].seller = to;
    }
    Ok(())
}

/// The manager of a region is away for two weeks; the head of a group stands in.
pub(super) async fn stand_in(stage: &Stage, staff: &Staff, region: usize) -> Result<(), Failure> {
    let today = stage.day();
    let by = stage.by(&staff.managers[region]).await?;
    let act = AddStandIn {
        absent: stage.employee(&staff.managers[region])?,
        deputy: stage.employee(&staff.heads[region * 2])?,
        from: today,
        until: Some(today.plus_days(14)),
        reason: "参加行业展会，由组主管代理审批".to_owned(),
        own: true,
    };
    stage.act(&act, &by).await?;
    Ok(())
}

/// Writes the ledger down as the old system hands it over, as of this evening.
pub(super) async fn write_down(
    stage: &Stage,
    ledger: &mut Ledger,
    after: Option<Day>,
) -> Result<(), Failure> {
    let until = stage.day();
    let system = By::system("install");
    let files = ledger.files(after, until);
    import::load(&stage.house, &system, super::MAPPING, files).await?;
    for account in &mut ledger.accounts {
        account.written |= account.since <= until;
    }
    Ok(())
}

/// The list of a fair, typed by hand: sound rows among rows that are refused, with reasons. Its
/// twin of a week later waits for somebody to look at it.
pub(super) async fn fair(stage: &Stage, staff: &Staff, commit: bool) -> Result<(), Failure> {
    let by = stage.by(staff.first("财务专员")).await?;
    let day = stage.day().plus_days(-1).to_string();
    let text = FAIR
        .replace("{A}", &staff.groups[0][0])
        .replace("{B}", &staff.groups[1][0])
        .replace("{D}", &day);
    if commit {
        let file = ("展会名单.csv".to_owned(), text.into_bytes());
        import::load(&stage.house, &by, FAIR_MAPPING, vec![file]).await?;
    } else {
        // The second list has the same people's cards of the second day.
        let text = text
            .replace("ZH0", "ZH1")
            .replace("有限公司", "（二期）有限公司");
        let file = ("展会名单.csv".to_owned(), text.into_bytes());
        import::stage(&stage.house, &by, FAIR_MAPPING, vec![file]).await?;
    }
    Ok(())
}

const FAIR: &str = include_str!("fair.csv");
const FAIR_MAPPING: &str = include_str!("fair.toml");
