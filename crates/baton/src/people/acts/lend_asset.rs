//! The company lends a thing, or opens an account elsewhere 领用资产.

use access::Need;
use kernel::{AssetId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions};

/// What can be lent; an account in another system is closed rather than returned.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("equipment", "设备"),
    ("card", "证卡"),
    ("key", "钥匙"),
    ("vehicle", "车辆"),
    ("sample", "样品"),
    ("document", "资料"),
    ("account", "系统账号"),
    ("other", "其他"),
];

/// Notes that a person holds a thing of the company.
#[derive(Debug, Serialize, Deserialize)]
pub struct LendAsset {
    /// Who.
    pub employee: EmployeeId,
    /// `equipment`, `card`, `key`, `vehicle`, `sample`, `document`, `account`, `other`.
    pub kind: String,
    /// 1..=100 characters.
    pub name: String,
    /// Serial number or login name, 0..=100 characters.
    pub serial: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: AssetId,
    person: store::Employee,
}

impl Act for LendAsset {
    const NAME: &'static str = "people.lend_asset";
    type Facts = Facts;
    type Outcome = AssetId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = store::find_employee(books, self.employee).await?;
        Ok(Facts {
            fresh: AssetId::mint(books.at(), books.dice()),
            person: person.ok_or_else(|| Denied::absent("employee"))?,
        })
    }

    /// Whoever closes accounts notes them, whoever takes things back notes what was lent.
    fn needs(&self, facts: &Facts) -> Need {
        let permission = match self.kind.as_str() {
            "account" => permissions::DEPARTURE_ACCOUNTS,
            _ => permissions::DEPARTURE_ASSETS,
        };
        Need::on(permission, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<AssetId, Refusal> {
        bounds::one_of("/kind", "类别", &self.kind, KINDS)?;
        bounds::length("/name", "名称", &self.name, bounds::SHORT)?;
        bounds::length("/serial", "编号", &self.serial, bounds::OPTIONAL)?;
        super::must_work(&facts.person, "/employee_id")?;
        Ok(facts.fresh)
    }

    async fn write(&self, _: &Facts, id: &AssetId, books: &mut Writer<'_>) -> Result<(), Failure> {
        let names = (self.name.trim(), self.serial.trim());
        Ok(store::add_asset(books, *id, self.employee, &self.kind, names).await?)
    }

    fn record(&self, facts: &Facts, id: &AssetId) -> Record {
        let (who, name, kind) = (
            facts.person.called(),
            self.name.trim(),
            bounds::word(KINDS, &self.kind),
        );
        Record::of(
            format!("employee/{}", self.employee),
            format!("{who}领用{kind}「{name}」"),
            format!("{who} was lent {name}"),
        )
        .about(format!("asset/{id}"))
        .detail(serde_json::json!({ "kind": self.kind, "serial": self.serial.trim() }))
    }
}
