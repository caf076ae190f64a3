//! Signing services over HTTP: what is asked and how the answer is judged 远程签名.
//!
//! The wire is that of the Cloud Signature Consortium's API 2.0: `credentials/info` gives the
//! chain, `signatures/signHash` signs a digest. Only the digest travels, never the document. No
//! HTTP here: a [`Call`] is a path and a JSON body; whoever holds a client posts it below the
//! service's address and gives the answer back. [`RemoteSigner`] does both with any transport.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Refusal;
use serde::{Deserialize, Serialize};

use crate::algorithm::{Algorithm, Hash};
use crate::certificate::Certificate;
use crate::oids;
use crate::signer::{Signer, ToSign};

/// Largest answer that is read, in bytes.
pub const LARGEST_ANSWER: usize = 256 * 1024;

/// One HTTP POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Below the address of the service, `signatures/signHash`.
    pub path: &'static str,
    /// `application/json`.
    pub body: String,
}

/// Carries a call to the service and brings its answer.
pub trait Transport {
    /// Posts the call; gives the body of an answer with status 200.
    ///
    /// # Errors
    /// The service is not reached or says no.
    fn post(&self, call: &Call) -> Result<Vec<u8>, Refusal>;
}

#[derive(Serialize, Deserialize)]
struct AskInfo {
    #[serde(rename = "credentialID")]
    credential: String,
    certificates: String,
}

#[derive(Serialize, Deserialize)]
struct Info {
    cert: Chain,
}

#[derive(Serialize, Deserialize)]
struct Chain {
    certificates: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct AskSignature {
    #[serde(rename = "credentialID")]
    credential: String,
    /// Signature activation data: the holder's consent to this one signature.
    #[serde(rename = "SAD")]
    activation: String,
    hashes: Vec<String>,
    #[serde(rename = "hashAlgorithmOID")]
    hash: String,
    #[serde(rename = "signAlgo")]
    algorithm: String,
}

#[derive(Serialize, Deserialize)]
struct Signatures {
    signatures: Vec<String>,
}

fn unusable(zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        "signing.remote_answer",
        format!("远程签名服务的回复不能采用：{zh}"),
        format!("The signing service's answer is not accepted: {en}"),
    )
    .remedy((
        "请稍后重试；仍不成功时请联系签名服务提供方，或改用其他签署方式",
        "Try again later; if it persists, ask the provider of the signing service, or sign \
         another way",
    ))
}

/// Asks for the chain of a credential.
#[must_use]
pub fn ask_chain(credential: &str) -> Call {
    let ask = AskInfo {
        credential: credential.to_owned(),
        certificates: "chain".to_owned(),
    };
    Call {
        path: "credentials/info",
        body: json(&ask),
    }
}

fn json<T: Serialize>(value: &T) -> String {
    // Texts and lists of texts always serialise.
    serde_json::to_string(value).unwrap_or_default()
}

/// The chain out of the answer, the signer's certificate first.
///
/// # Errors
/// The answer is not one, or holds no certificate.
pub fn read_chain(answer: &[u8]) -> Result<Vec<Certificate>, Refusal> {
    let info: Info = parse(answer)?;
    let each = info.cert.certificates.iter().take(16).map(|text| {
        let der = STANDARD.decode(text);
        Certificate::read(&der.map_err(|_| unusable("证书无法读取", "a broken certificate"))?)
    });
    let chain = each.collect::<Result<Vec<_>, _>>()?;
    if chain.is_empty() {
        return Err(unusable("没有证书", "no certificate"));
    }
    Ok(chain)
}

fn parse<'a, T: Deserialize<'a>>(answer: &'a [u8]) -> Result<T, Refusal> {
    if answer.len() > LARGEST_ANSWER {
        return Err(unusable("回复过长", "it is too long"));
    }
    serde_json::from_slice(answer).map_err(|_| unusable("格式不对", "its form is wrong"))
}

/// Asks for one signature; `activation` is what the holder entered for this document alone.
#[must_use]
pub fn ask_signature(credential: &str, activation: &str, what: &ToSign) -> Call {
    let algorithm = match what.algorithm {
        Algorithm::EcdsaP256Sha256 => oids::ECDSA_SHA256,
        Algorithm::RsaSha256 => oids::RSA_SHA256,
    };
    let ask = AskSignature {
        credential: credential.to_owned(),
        activation: activation.to_owned(),
        hashes: vec![STANDARD.encode(what.digest)],
        hash: oids::SHA256.to_string(),
        algorithm: algorithm.to_string(),
    };
    Call {
        path: "signatures/signHash",
        body: json(&ask),
    }
}

/// The signature out of the answer. It is checked under the certificate before anybody uses it.
///
/// # Errors
/// The answer is not one, or the signature is not over what was asked.
pub fn read_signature(
    answer: &[u8],
    what: &ToSign,
    signer: &Certificate,
) -> Result<Vec<u8>, Refusal> {
    let answer: Signatures = parse(answer)?;
    let [signature] = &answer.signatures[..] else {
        return Err(unusable("签名数量不对", "not exactly one signature"));
    };
    let signature = STANDARD.decode(signature);
    let signature = signature.map_err(|_| unusable("签名无法读取", "a broken signature"))?;
    if !signer.key()?.verify(Hash::Sha256, &what.digest, &signature) {
        return Err(unusable(
            "签名与证书不符",
            "the signature is not by the certificate's key",
        ));
    }
    Ok(signature)
}

/// A signer behind a service.
pub struct RemoteSigner<T> {
    transport: T,
    credential: String,
    activation: String,
    chain: Vec<Certificate>,
}

impl<T: Transport> RemoteSigner<T> {
    /// Asks the service for the chain.
    ///
    /// # Errors
    /// The service is not reached or its answer is not one.
    pub fn connect(transport: T, credential: &str, activation: &str) -> Result<Self, Refusal> {
        let chain = read_chain(&transport.post(&ask_chain(credential))?)?;
        Ok(RemoteSigner {
            transport,
            credential: credential.to_owned(),
            activation: activation.to_owned(),
            chain,
        })
    }
}

impl<T: Transport> Signer for RemoteSigner<T> {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, what: &ToSign, _dice: [u8; 32]) -> Result<Vec<u8>, Refusal> {
        let call = ask_signature(&self.credential, &self.activation, what);
        let answer = self.transport.post(&call)?;
        let first = self.chain.first();
        let first = first.ok_or_else(|| unusable("没有证书", "no certificate"))?;
        read_signature(&answer, what, first)
    }
}
