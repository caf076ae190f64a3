//! What a signature is checked with in later years is put into the document with it 长期验证资料.
//!
//! Behind a signature that bears a timestamp: the certificates and revocation lists of whoever
//! signed and stamped (PAdES B-LT); behind the last of a document also a timestamp over all of it
//! (B-LTA). What is not at hand is left out, and the verifier then says a lower level: nobody is
//! kept from signing.

use ::signing::certificate::Certificate;
use ::signing::sign::prepare_stamp;
use ::signing::timestamp::Answer;
use ::signing::validation::{self, ValidationData};
use kernel::Refusal;
use spine::Failure;

use super::authority;
use crate::evidence::stamps::Stamps;
use crate::house::House;

/// A signature that bears a timestamp.
pub(super) struct Stamped<'a> {
    pub(super) bytes: Vec<u8>,
    /// The signer's certificate, and who issued it.
    pub(super) chain: &'a [Certificate],
    /// What the timestamp authority said.
    pub(super) answer: &'a Answer,
    /// Whether nobody else is asked for a signature inside the document.
    pub(super) is_last: bool,
}

impl Stamped<'_> {
    /// The document with what is at hand for later years.
    pub(super) async fn made_to_last(self, house: &House) -> Vec<u8> {
        let kept = match self.with_data(house).await {
            Ok(kept) => kept,
            Err(failure) => {
                tracing::warn!(%failure, "no validation data was added to a document");
                return self.bytes;
            }
        };
        if !self.is_last {
            return kept;
        }
        let stamped = over_all(house, &kept).await;
        stamped.unwrap_or_else(|no| {
            tracing::warn!(code = no.code, "no timestamp over a whole document");
            kept
        })
    }

    async fn with_data(&self, house: &House) -> Result<Vec<u8>, Failure> {
        let from_token = self.answer.certificates();
        let known = self.chain.iter().chain(&from_token);
        let known = known.chain(house.stamps.anchors());
        let mut data = ValidationData {
            certificates: known.map(|one| one.der().to_vec()).collect(),
            lists: authority::revocation_lists(house).await?,
            answers: Vec::new(),
        };
        match house.stamps.revocation_lists() {
            Ok(lists) => data.lists.extend(lists),
            Err(fault) => {
                tracing::warn!(%fault, "the lists of the timestamp authority are missing")
            }
        }
        Ok(validation::add(&self.bytes, &data)?)
    }
}

/// The document with a timestamp over all of it.
async fn over_all(house: &House, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let stamps = &house.stamps;
    let (prepared, nonce, now) = (prepare_stamp(bytes)?, Stamps::nonce(), house.spine.now());
    let said = stamps.ask(prepared.query(nonce)).await;
    let said = said.and_then(|answer| Answer::read(&answer));
    let said = said.and_then(|answer| prepared.finish(&answer, nonce, &stamps.trust(now)));
    stamps.hear(now, &said);
    Ok(said?.0)
}
