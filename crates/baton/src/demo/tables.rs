//! Decision tables of the demo: the rate by industry, size and new or old customer, which the
//! centre's plan takes its rates from, and the shares after a handover 演示决策表.

use ::commission::plan::{ChangeInside, Method};
use ::commission::window::Window;
use kernel::{Day, RuleTableId};
use serde_json::{Value as Json, json};
use spine::{By, Failure};

use super::pay;
use super::stage::Stage;
use crate::commission::acts::publish_plan::Fresh;
use crate::rules::acts::publish::Publish;
use crate::rules::acts::save_draft::SaveDraft;
use crate::rules::store as tables;

/// The department that is paid by the table.
const TRIED_IN: &str = "华中销售部";
const RATES: &str = "行业与新老客户提成比例";

fn row(id: &str, when: &[&str], then: &str) -> Json {
    json!({ "id": id, "when": when, "then": [then] })
}

/// What the company pays by industry; `others` is the rate of old customers of other industries.
fn rates(others: &str) -> Json {
    let industries: [&str; 7] = [
        "制造业",
        "能源",
        "电子信息",
        "医药",
        "食品饮料",
        "交通物流",
        "建筑建材",
    ];
    let industries = industries.map(|code| json!({ "code": code }));
    let rest = r#"not("制造业", "电子信息", "医药")"#;
    let some = r#""电子信息", "医药""#;
    let kinds = json!([
        { "code": "new", "zh": "新客户", "en": "new" },
        { "code": "old", "zh": "老客户", "en": "old" },
    ]);
    json!({
        "key": "commission-rates",
        "title": { "zh": RATES, "en": "Rates by industry, new and old customers" },
        "hit": "unique",
        "inputs": [
            { "key": "industry", "label": { "zh": "行业", "en": "Industry" },
              "holds": { "kind": "enum", "choices": industries } },
            { "key": "customer_kind", "label": { "zh": "新老客户", "en": "Customer" },
              "holds": { "kind": "enum", "choices": kinds } },
            { "key": "contract_amount", "label": { "zh": "合同金额", "en": "Contract" },
              "holds": { "kind": "money" } },
        ],
        "outputs": [{ "key": "rate", "label": { "zh": "提成比例", "en": "Rate" },
            "holds": { "kind": "rate" } }],
        "rows": [
            row("r1", &["制造业", "new", "<500000"], "0.04"),
            row("r2", &["制造业", "new", ">=500000"], "0.035"),
            row("r3", &["制造业", "old", "-"], "0.025"),
            row("r4", &[some, "new", "-"], "0.05"),
            row("r5", &[some, "old", "-"], "0.03"),
            row("r6", &[rest, "new", "-"], "0.035"),
            row("r7", &[rest, "old", "-"], others),
        ],
        "examples": [
            { "name": "制造业新客户，合同 80 万",
              "given": { "industry": "制造业", "customer_kind": "new",
                  "contract_amount": "800000.00" },
              "expect": { "rate": "0.035" } },
            { "name": "医药老客户",
              "given": { "industry": "医药", "customer_kind": "old",
                  "contract_amount": "60000.00" },
              "expect": { "rate": "0.03" } },
        ],
    })
}

/// What the previous owner keeps after a handover, by the customer's tier and the days since.
fn shares() -> Json {
    let tiers = ["A", "B", "C"].map(|code| json!({ "code": code }));
    json!({
        "key": "protection-steps",
        "title": { "zh": "交接保护期份额", "en": "Shares in the protection period" },
        "hit": "unique",
        "inputs": [
            { "key": "tier", "label": { "zh": "客户级别", "en": "Tier" },
              "holds": { "kind": "enum", "choices": tiers } },
            { "key": "days_since", "label": { "zh": "交接后天数", "en": "Days since the handover" },
              "holds": { "kind": "days" }, "allowed": ">=0" },
        ],
        "outputs": [{ "key": "share", "label": { "zh": "原负责人份额", "en": "Previous owner" },
            "holds": { "kind": "rate" } }],
        "rows": [
            row("r1", &["A", "<60"], "0.7"),
            row("r2", &["A", "[60..120)"], "0.5"),
            row("r3", &["A", ">=120"], "0.3"),
            row("r4", &["B", "<30"], "0.7"),
            row("r5", &["B", "[30..90)"], "0.5"),
            row("r6", &["B", ">=90"], "0"),
            row("r7", &["C", "<30"], "0.5"),
            row("r8", &["C", ">=30"], "0"),
        ],
        "examples": [
            { "name": "A 级客户第 90 天", "given": { "tier": "A", "days_since": 90 },
              "expect": { "share": "0.5" } },
        ],
    })
}

/// One drafts a table, another puts it in force.
async fn in_force(
    stage: &Stage,
    (drafter, publisher): (&By, &By),
    body: Json,
    from: Day,
) -> Result<RuleTableId, Failure> {
    let draft = SaveDraft {
        table: None,
        based_on: None,
        body,
        by: drafter.id(),
    };
    let saved = stage.act(&draft, drafter).await?;
    let act = Publish {
        table: saved.id,
        revision: saved.revision,
        valid_from: from,
        note: "首次发布".to_owned(),
        by: publisher.id(),
    };
    stage.act(&act, publisher).await?;
    Ok(saved.id)
}

/// Both tables are put in force, and a plan takes its rates from the first.
pub(super) async fn publish(stage: &Stage, finance: &By, boss: &By) -> Result<(), Failure> {
    let began = stage.today.plus_days(-super::BEGAN);
    let table = in_force(stage, (finance, boss), rates("0.02"), began).await?;
    in_force(stage, (finance, boss), shares(), began).await?;
    let plan = Fresh {
        name: "华中行业费率提成".to_owned(),
        adds_up: Window::Month,
        change_inside: ChangeInside::NextWindow,
        overlay: None,
    };
    let method = Method::ByTable(table.to_string());
    pay::give(stage, finance, TRIED_IN, (plan, method)).await
}

/// Finance thinks about paying more for old customers; the draft waits to be compared.
pub(super) async fn think(stage: &Stage, finance: &By) -> Result<(), Failure> {
    let system = By::system("install");
    let heads = {
        let mut look = stage.house.spine.look(&system).await?;
        tables::heads(&mut look.books()).await?
    };
    let table = heads.iter().find(|head| head.name == RATES);
    let act = SaveDraft {
        table: table.map(|head| head.id),
        based_on: None,
        body: rates("0.0225"),
        by: finance.id(),
    };
    stage.act(&act, finance).await?;
    Ok(())
}
