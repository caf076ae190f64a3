//! A request that changes something 写入请求.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use spine::{Act, Done, IdempotencyKey};

use super::{Caller, Keyed, Problem, Reply, Written};
use crate::house::House;

/// Who changes something, in which house, under which name of the request. Handlers make the act;
/// this carries it out and says what became of it.
pub struct Writing {
    /// The house.
    pub house: House,
    /// Who asks.
    pub caller: Caller,
    key: IdempotencyKey,
}

impl FromRequestParts<House> for Writing {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Writing, Problem> {
        // Who asks comes first: a stranger learns nothing about headers.
        let caller = Caller::from_request_parts(parts, house).await?;
        let Keyed(key) = Keyed::from_request_parts(parts, house).await?;
        Ok(Writing {
            house: House::from_ref(house),
            caller,
            key,
        })
    }
}

impl Writing {
    /// Carries out an act that makes a thing (201), or is held for an approval (202).
    ///
    /// # Errors
    /// [`Problem`] for whatever [`spine::Failure`] says.
    pub async fn make<A: Act>(
        &self,
        act: &A,
        id: impl FnOnce(&A::Outcome) -> String,
    ) -> Reply<Written> {
        let answer = self
            .house
            .spine
            .perform(act, &self.caller.by, Some(&self.key))
            .await?;
        Ok(Written::made(&answer, id))
    }

    /// Carries out an act that changes a thing (200), or is held for an approval (202).
    ///
    /// # Errors
    /// [`Problem`] for whatever [`spine::Failure`] says.
    pub async fn change<A: Act>(
        &self,
        act: &A,
        id: impl FnOnce(&A::Outcome) -> String,
    ) -> Reply<Written> {
        let answer = self
            .house
            .spine
            .perform(act, &self.caller.by, Some(&self.key))
            .await?;
        Ok(Written::changed(&answer, id))
    }

    /// Carries out an act that no approval ever holds, for handlers that show its outcome.
    ///
    /// # Errors
    /// [`Problem`] for whatever [`spine::Failure`] says.
    pub async fn done<A: Act>(&self, act: &A) -> Result<Done<A::Outcome>, Problem> {
        let answer = self
            .house
            .spine
            .perform(act, &self.caller.by, Some(&self.key))
            .await?;
        Ok(answer.done()?)
    }
}
