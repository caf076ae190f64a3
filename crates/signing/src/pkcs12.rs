//! Key and certificates out of a `.p12` or `.pfx` file (RFC 7292) PKCS12 证书文件.
//!
//! Files of today (PBES2 with AES, HMAC-SHA-256), as OpenSSL 3 writes them. The old ones (3DES and
//! RC2 under SHA-1) are refused with the commands that turn them into new ones.

use hmac::{Hmac, KeyInit, Mac};
use kernel::Refusal;
use pkcs8::der::Decode;
use sha1::Sha1;
use sha2::Sha256;
use sha2::digest::Digest;
use sha2::digest::block_api::EagerHash;
use zeroize::Zeroizing;

use crate::asn1::{self, CONTEXT, Element, INTEGER, OCTETS, SEQUENCE};
use crate::certificate::Certificate;
use crate::oids;
use crate::software_key::{SoftwareKey, SoftwareSigner};
use crate::trouble::{Outcome, malformed};

/// Largest file, in bytes.
const LARGEST: usize = 256 * 1024;
/// Most rounds of key derivation: what a hostile file may make us work.
const MOST_ROUNDS: u64 = 2_000_000;

fn wrong() -> Refusal {
    malformed("证书文件（PKCS #12）", "a PKCS #12 file")
}

fn old_fashioned() -> Refusal {
    Refusal::invalid(
        "signing.pkcs12_legacy",
        "证书文件使用了过时的加密方式（3DES、RC2 或 SHA-1）",
        "The file is encrypted in an outdated way (3DES, RC2 or SHA-1)",
    )
    .remedy((
        "请先转换：openssl pkcs12 -legacy -in 旧.pfx -nodes -out 临时.pem，再 \
         openssl pkcs12 -export -in 临时.pem -out 新.p12，然后删除临时文件",
        "Convert it first: openssl pkcs12 -legacy -in old.pfx -nodes -out tmp.pem, then openssl \
         pkcs12 -export -in tmp.pem -out new.p12, and delete the temporary file",
    ))
}

fn wrong_password() -> Refusal {
    Refusal::invalid(
        "signing.pkcs12_password",
        "证书文件的密码不正确，或文件已损坏",
        "The password of the file is wrong, or the file is damaged",
    )
    .remedy((
        "请重新输入导出证书时设定的密码",
        "Enter the password again that was set when the certificate was exported",
    ))
}

/// Opens the file.
///
/// # Errors
/// The password is wrong, the file is outdated or broken, or it holds no key with its certificate.
pub fn open(file: &[u8], password: &str) -> Result<SoftwareSigner, Refusal> {
    if file.len() > LARGEST {
        return Err(wrong());
    }
    let mut outer = asn1::only(file, SEQUENCE)?.inside();
    if outer.small()? != 3 {
        return Err(wrong());
    }
    let safe = data(outer.expect(SEQUENCE)?)?;
    if let Some(mac) = outer.optional(SEQUENCE)? {
        check_mac(mac, safe, password)?;
    }
    let mut found = Found::default();
    for info in asn1::only(safe, SEQUENCE)?.inside().all()? {
        let kind = info.inside().oid()?;
        if kind == oids::DATA {
            found.take(data(info)?, password)?;
        } else if kind == oids::ENCRYPTED_DATA {
            found.take(&decrypt_contents(info, password)?, password)?;
        }
    }
    found.signer()
}

/// The octets of a ContentInfo of plain data.
fn data(info: Element<'_>) -> Outcome<&[u8]> {
    let mut inside = info.inside();
    if inside.oid()? != oids::DATA {
        return Err(wrong());
    }
    Ok(asn1::only(inside.expect(CONTEXT)?.content, OCTETS)?.content)
}

fn decrypt_contents(info: Element<'_>, password: &str) -> Outcome<Zeroizing<Vec<u8>>> {
    let mut inside = info.inside();
    inside.oid()?;
    let mut encrypted = asn1::only(inside.expect(CONTEXT)?.content, SEQUENCE)?.inside();
    encrypted.small()?;
    let mut content = encrypted.expect(SEQUENCE)?.inside();
    content.oid()?;
    let scheme = content.expect(SEQUENCE)?;
    decrypt(scheme, content.expect(0x80)?.content, password)
}

fn decrypt(scheme: Element<'_>, sealed: &[u8], password: &str) -> Outcome<Zeroizing<Vec<u8>>> {
    let mut inside = scheme.inside();
    if inside.oid()? != oids::PBES2 {
        return Err(old_fashioned());
    }
    // PBES2-params: the derivation first. Its rounds are read before anything is derived.
    let mut derivation = inside.expect(SEQUENCE)?.inside().expect(SEQUENCE)?.inside();
    derivation.oid()?;
    let mut parameters = derivation.expect(SEQUENCE)?.inside();
    parameters.expect(OCTETS)?;
    if parameters.small()? > MOST_ROUNDS {
        return Err(wrong());
    }
    let scheme =
        pkcs8::pkcs5::EncryptionScheme::from_der(scheme.whole).map_err(|_| old_fashioned())?;
    let is_pbkdf2 = scheme
        .pbes2()
        .is_some_and(|parameters| parameters.kdf.pbkdf2().is_some());
    if !is_pbkdf2 {
        return Err(old_fashioned());
    }
    let plain = scheme.decrypt(password, sealed);
    plain.map(Zeroizing::new).map_err(|_| wrong_password())
}

#[derive(Default)]
struct Found {
    key: Option<SoftwareKey>,
    certificates: Vec<Certificate>,
}

impl Found {
    /// Bags of keys and certificates.
    fn take(&mut self, contents: &[u8], password: &str) -> Outcome<()> {
        for bag in asn1::only(contents, SEQUENCE)?.inside().all()? {
            let mut bag = bag.inside();
            let kind = bag.oid()?;
            let value = bag.expect(CONTEXT)?.content;
            if kind == oids::KEY_BAG {
                self.keep(SoftwareKey::from_pkcs8(value)?)?;
            } else if kind == oids::SHROUDED_KEY_BAG {
                let mut sealed = asn1::only(value, SEQUENCE)?.inside();
                let scheme = sealed.expect(SEQUENCE)?;
                let plain = decrypt(scheme, sealed.expect(OCTETS)?.content, password)?;
                self.keep(SoftwareKey::from_pkcs8(&plain)?)?;
            } else if kind == oids::CERTIFICATE_BAG {
                let mut inside = asn1::only(value, SEQUENCE)?.inside();
                if inside.oid()? == oids::X509_CERTIFICATE {
                    let der = asn1::only(inside.expect(CONTEXT)?.content, OCTETS)?.content;
                    self.certificates.push(Certificate::read(der)?);
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, key: SoftwareKey) -> Outcome<()> {
        // Which of two keys is meant cannot be guessed.
        if self.key.replace(key).is_some() {
            Err(wrong())
        } else {
            Ok(())
        }
    }

    /// The key with its certificate first and the issuers in their order.
    fn signer(mut self) -> Outcome<SoftwareSigner> {
        let key = self.key.ok_or_else(wrong)?;
        let public = key.public()?;
        let own = self
            .certificates
            .iter()
            .position(|one| one.key_raw() == public);
        let mut chain = vec![self.certificates.remove(own.ok_or_else(wrong)?)];
        while let Some(issuer) = chain.last().and_then(|last| {
            let fits = |one: &Certificate| last.is_issued_by(one);
            self.certificates.iter().position(fits)
        }) {
            chain.push(self.certificates.remove(issuer));
        }
        SoftwareSigner::new(key, chain)
    }
}

fn check_mac(mac: Element<'_>, safe: &[u8], password: &str) -> Outcome<()> {
    let mut mac = mac.inside();
    let mut info = mac.expect(SEQUENCE)?.inside();
    let which = info.expect(SEQUENCE)?.inside().oid()?;
    let said = info.expect(OCTETS)?.content;
    let salt = mac.expect(OCTETS)?.content;
    let rounds = if mac.0.first() == Some(&INTEGER) {
        mac.small()?
    } else {
        1
    };
    if rounds == 0 || rounds > MOST_ROUNDS || salt.len() > 1024 {
        return Err(wrong());
    }
    let good = if which == oids::SHA256 {
        mac_is::<Sha256>(password, salt, rounds, safe, said)
    } else if which.to_string() == "1.3.14.3.2.26" {
        mac_is::<Sha1>(password, salt, rounds, safe, said)
    } else {
        return Err(old_fashioned());
    };
    if good { Ok(()) } else { Err(wrong_password()) }
}

fn mac_is<D>(password: &str, salt: &[u8], rounds: u64, safe: &[u8], said: &[u8]) -> bool
where
    D: Digest + EagerHash,
    Hmac<D>: KeyInit + Mac,
{
    let key = mac_key::<D>(password, salt, rounds);
    let Ok(mut mac) = <Hmac<D> as KeyInit>::new_from_slice(&key) else {
        return false;
    };
    mac.update(safe);
    mac.verify_slice(said).is_ok()
}

/// Derives a MAC key (RFC 7292, appendix B.2, with identifier 3). One block is enough, since the
/// key is as long as the digest; both digests have blocks of 64 bytes.
fn mac_key<D: Digest>(password: &str, salt: &[u8], rounds: u64) -> Zeroizing<Vec<u8>> {
    const BLOCK: usize = 64;
    let fill = |bytes: &[u8]| -> Vec<u8> {
        let length = bytes.len().div_ceil(BLOCK) * BLOCK;
        bytes.iter().copied().cycle().take(length).collect()
    };
    let mut text: Zeroizing<Vec<u8>> =
        Zeroizing::new(password.encode_utf16().flat_map(u16::to_be_bytes).collect());
    text.extend([0, 0]);
    let mut hash = D::new();
    hash.update([3_u8; BLOCK]);
    hash.update(fill(salt));
    hash.update(Zeroizing::new(fill(&text)));
    let mut key = Zeroizing::new(hash.finalize().to_vec());
    for _ in 1..rounds {
        key = Zeroizing::new(D::digest(key.as_slice()).to_vec());
    }
    key
}
