//! The first code was right 启用动态口令.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::signing::factor::{Confirmed, Standing};
use crate::signing::store;

/// From now on the person's codes count.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConfirmFactor {
    /// Whose.
    pub employee: EmployeeId,
    /// What checking the code gave.
    #[serde(skip)]
    pub(crate) checked: Option<Result<Confirmed, Refusal>>,
}

/// The person, and his second factor.
pub struct Facts {
    person: String,
    codes: Standing,
}

impl Act for ConfirmFactor {
    const NAME: &'static str = "signing.confirm_factor";
    type Facts = Facts;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("signing-factor/{}", self.employee)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            codes: Standing::read(books, self.employee).await?,
            person: super::oneself(books, self.employee).await?,
        })
    }

    fn needs(&self, _: &Facts) -> Need {
        super::own(self.employee)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<(), Refusal> {
        let checked = self.checked.clone().ok_or_else(super::not_made)?;
        facts.codes.allows(checked?, at)
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        store::confirm_factor(books, self.employee).await?;
        if let Some(Ok(confirmed)) = &self.checked {
            store::use_step(books, self.employee, confirmed.step).await?;
        }
        Ok(())
    }

    fn record(&self, facts: &Facts, _: &()) -> Record {
        let who = &facts.person;
        Record::of(
            format!("employee/{}", self.employee),
            format!("{who}启用了动态口令"),
            format!("{who} uses one-time codes from now on"),
        )
    }
}
