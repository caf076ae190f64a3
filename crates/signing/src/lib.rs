//! Floor 2: signs PDFs, stamps times, verifies both, and says who signs next 电子签名.
//!
//! [`ceremony`] knows who signs in which order at which level and what each signature is bound to.
//! [`sign`] adds signatures to a PDF without changing a byte of it (PAdES), with a key that may be
//! anywhere ([`signer`]). [`timestamp`] asks for and checks trusted timestamps, [`validation`]
//! keeps what is needed to check in ten years, [`verify`] says of each signature whether it stands
//! and what was added after it.
//!
//! Pure: no IO, no clock, no randomness. Moments and dice are parameters.

pub mod algorithm;
pub mod appearance;
mod asn1;
pub mod authority;
pub mod ceremony;
pub mod certificate;
mod cms;
pub mod detached;
mod form;
mod oids;
mod pdf;
pub mod pkcs12;
pub mod remote;
pub mod revocation;
pub mod sign;
pub mod signer;
pub mod software_key;
pub mod stamping;
mod time;
pub mod timestamp;
mod trouble;
pub mod validation;
pub mod verify;
