//! Who makes the signature: any key that can sign a digest 签名密钥接口.
//!
//! Preparing a document and finishing it are two calls ([`crate::sign`]), so the key may be
//! anywhere: sealed in our own books ([`crate::software_key`]), in a `.p12` file
//! ([`crate::pkcs12`]), behind an HTTP service ([`crate::remote`]), or on a USB token.
//!
//! **Seam for PKCS #11** (USB tokens, HSMs): a crate with IO implements [`Signer`]; `chain` gives
//! the token's certificate and its issuers, `sign` calls `C_Sign` with `CKM_ECDSA` over
//! [`ToSign::digest`] (and turns the raw `r || s` into DER with [`ecdsa_der`]) or with
//! `CKM_SHA256_RSA_PKCS` over [`ToSign::message`]. Nothing else of this crate changes.

use kernel::Refusal;

use crate::algorithm::Algorithm;
use crate::certificate::Certificate;

/// What a key is asked to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSign {
    /// How.
    pub algorithm: Algorithm,
    /// The DER set of signed attributes. It names the document's digest and the certificate.
    pub message: Vec<u8>,
    /// SHA-256 of `message`, for keys that take a digest.
    pub digest: [u8; 32],
}

/// A key that can sign, with the certificate that says whose it is.
pub trait Signer {
    /// The signer's certificate first, then its issuers.
    fn chain(&self) -> &[Certificate];

    /// The signature: DER for ECDSA, as long as the modulus for RSA. `dice` are 32 random bytes
    /// from the caller, for blinding; signatures do not depend on them.
    ///
    /// # Errors
    /// The key is not there, or its owner did not consent.
    fn sign(&self, what: &ToSign, dice: [u8; 32]) -> Result<Vec<u8>, Refusal>;
}

/// A raw ECDSA signature (`r || s`, 64 bytes), as tokens give it, in the DER that documents want.
///
/// # Errors
/// It is no signature of P-256.
pub fn ecdsa_der(raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let signature = p256::ecdsa::Signature::from_slice(raw);
    let signature = signature.map_err(|_| crate::trouble::malformed("签名", "a signature"))?;
    Ok(signature.to_der().as_bytes().to_vec())
}
