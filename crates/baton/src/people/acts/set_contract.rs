//! The term of a person's labour contract is put on file 登记劳动合同期限.

use access::Need;
use kernel::{Day, EmployeeId, Moment, Refusal, Words};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions};

/// Puts on file from when until when the contract in force runs; what stood there stays in the
/// evidence. Also of somebody who has left: his certificate names the term.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetContract {
    /// Who.
    pub employee: EmployeeId,
    /// 合同起始日
    pub from: Day,
    /// 合同终止日; none for 无固定期限.
    pub until: Option<Day>,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    person: store::Employee,
}

/// 自 … 起至 … 止
fn term(from: Option<Day>, until: Option<Day>) -> (String, String) {
    match (from, until) {
        (None, None) => ("未登记".to_owned(), "nothing".to_owned()),
        (Some(from), None) => (
            format!("自 {from} 起，无固定期限"),
            format!("from {from}, open-ended"),
        ),
        (None, Some(until)) => (format!("至 {until} 止"), format!("until {until}")),
        (Some(from), Some(until)) => (
            format!("自 {from} 起至 {until} 止"),
            format!("from {from} until {until}"),
        ),
    }
}

impl Act for SetContract {
    const NAME: &'static str = "people.set_contract";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = store::find_employee(books, self.employee).await?;
        Ok(Facts {
            person: person.ok_or_else(|| Denied::absent("employee"))?,
        })
    }

    fn needs(&self, Facts { person }: &Facts) -> Need {
        Need::on(permissions::PEOPLE_WRITE, person.target())
    }

    fn decide(&self, Facts { person }: &Facts, _at: Moment) -> Result<(), Refusal> {
        person.check_seen(self.seen.as_deref())?;
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        if let Some(until) = self.until.filter(|until| *until < self.from) {
            let zh = format!("合同终止日 {until} 早于起始日 {}", self.from);
            let en = format!("The contract would end on {until}, before it begins.");
            return Err(Refusal::invalid("people.contract_days", zh, en)
                .remedy((
                    "请对照书面劳动合同填写；无固定期限的，终止日留空",
                    "Fill it in by the written contract; leave the end of an open-ended one empty",
                ))
                .at("/ends_on", Words::not_before(self.from)));
        }
        if (person.contract_from, person.contract_until) == (Some(self.from), self.until) {
            let zh = "与已登记的合同期限相同，没有变化";
            return Err(
                Refusal::conflict("people.same_contract", zh, "nothing would change").remedy((
                    "请核对书面劳动合同；一致的无须再登记",
                    "Look at the written contract; where it says the same, nothing needs \
                     recording",
                )),
            );
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_contract(books, self.employee, (self.from, self.until)).await?)
    }

    fn record(&self, Facts { person }: &Facts, _outcome: &()) -> Record {
        let who = person.called();
        let (zh, en) = term(Some(self.from), self.until);
        let (old_zh, old_en) = term(person.contract_from, person.contract_until);
        Record::of(
            format!("employee/{}", self.employee),
            format!("登记{who}的劳动合同期限：{zh}（原为：{old_zh}）"),
            format!("{who}: the contract runs {en} (on file before: {old_en})"),
        )
        .detail(serde_json::json!({
            "before": { "from": person.contract_from, "until": person.contract_until },
            "after": { "from": self.from, "until": self.until },
            "reason": self.reason.trim(),
        }))
    }
}
