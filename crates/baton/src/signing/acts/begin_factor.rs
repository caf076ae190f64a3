//! One-time codes are being set up 绑定动态口令.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::signing::store;

/// A person gets a new seed, which counts once its first code was right.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginFactor {
    /// Whose.
    pub employee: EmployeeId,
    /// The seed, sealed under a key outside the database.
    pub sealed: String,
}

impl Act for BeginFactor {
    const NAME: &'static str = "signing.begin_factor";
    /// The person, and whether codes are in use already.
    type Facts = (String, bool);
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("signing-factor/{}", self.employee)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<(String, bool), Failure> {
        let factor = store::factor(books, self.employee).await?;
        let person = super::oneself(books, self.employee).await?;
        Ok((person, factor.is_some_and(|factor| factor.active)))
    }

    fn needs(&self, _: &(String, bool)) -> Need {
        super::own(self.employee)
    }

    fn decide(&self, (_, active): &(String, bool), _at: Moment) -> Result<(), Refusal> {
        if !active {
            return Ok(());
        }
        Err(Refusal::conflict(
            "signing.factor_exists",
            "动态口令已启用，不能重复绑定",
            "One-time codes are in use already",
        )
        .remedy((
            "更换手机或手机遗失时，请安全管理员先停用原有动态口令",
            "With a new phone or a lost one, let the security administrator disable the former \
             one-time codes first",
        )))
    }

    async fn write(
        &self,
        _: &(String, bool),
        _: &(),
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::begin_factor(books, self.employee, &self.sealed).await?)
    }

    fn record(&self, (person, _): &(String, bool), _: &()) -> Record {
        let who = person;
        Record::of(
            format!("employee/{}", self.employee),
            format!("{who}开始绑定动态口令"),
            format!("{who} began to set up one-time codes"),
        )
    }
}
