//! One-time codes are switched off 停用动态口令.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::signing::store;
use crate::{bounds, permissions};

/// The security administrator switches somebody's codes off: the phone is lost. Signing is then not
/// possible until the person has set up new ones; his signing key stays his.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResetFactor {
    /// Whose.
    pub employee: EmployeeId,
    /// Why.
    pub reason: String,
}

impl Act for ResetFactor {
    const NAME: &'static str = "signing.reset_factor";
    /// The person, and whether there is anything to switch off.
    type Facts = (String, bool);
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("signing-factor/{}", self.employee)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<(String, bool), Failure> {
        let factor = store::factor(books, self.employee).await?;
        Ok((
            super::oneself(books, self.employee).await?,
            factor.is_some(),
        ))
    }

    fn needs(&self, _: &(String, bool)) -> Need {
        Need::on_everything(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, (_, there): &(String, bool), _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "停用原因", &self.reason, bounds::REASON)?;
        if *there {
            return Ok(());
        }
        Err(Refusal::conflict(
            "signing.no_factor",
            "该员工没有启用动态口令",
            "This person uses no one-time codes",
        ))
    }

    async fn write(
        &self,
        _: &(String, bool),
        _: &(),
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::drop_factor(books, self.employee).await?)
    }

    fn record(&self, (person, _): &(String, bool), _: &()) -> Record {
        let who = person;
        Record::of(
            format!("employee/{}", self.employee),
            format!("停用了{who}的动态口令：{}", self.reason.trim()),
            format!(
                "{who}'s one-time codes were switched off: {}",
                self.reason.trim()
            ),
        )
        .why("factor_reset")
    }
}
