//! What lies outside the database: the key that seals codes and the company's keys 密钥保管.
//!
//! A copy of the database without this file opens neither. Whoever holds both, the administrator
//! of the server, can make the company's signatures and read the seeds of one-time codes, but not a
//! person's signing key: that one is sealed under the person's own secret.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use kernel::Refusal;
use sha2::{Digest as _, Sha256};
use spine::{Chance as _, Fault, SystemChance};
use zeroize::Zeroizing;

use crate::config::Config;

/// The key outside the database.
pub struct Vault {
    key: Zeroizing<[u8; 32]>,
}

const NONCE: usize = 24;

/// True randomness, whatever the house under test or a demo rolls with.
pub(super) fn dice<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemChance.fill(&mut bytes);
    bytes
}

impl Vault {
    /// Reads the file, or makes it for a new house.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be read or written, or holds something else.
    pub fn open(config: &Config) -> Result<Vault, Fault> {
        let path = config.signing_key();
        let broken =
            |error: &dyn std::fmt::Display| Fault::new(format!("{}: {error}", path.display()));
        make_if_absent(&path).map_err(|error| broken(&error))?;
        let text = std::fs::read_to_string(&path).map_err(|error| broken(&error))?;
        let text = Zeroizing::new(text);
        let mut key = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), key.as_mut_slice()).map_err(|error| broken(&error))?;
        Ok(Vault { key })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.key))
    }

    /// Seals a few bytes that belong to `whose`, and to nobody else.
    ///
    /// # Errors
    /// [`Fault`] practically never.
    pub(super) fn seal(&self, whose: &str, plain: &[u8]) -> Result<String, Fault> {
        let nonce: [u8; NONCE] = dice();
        let payload = Payload {
            msg: plain,
            aad: whose.as_bytes(),
        };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Fault::new("could not seal"))?;
        Ok(STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what was sealed for `whose`.
    ///
    /// # Errors
    /// `signing.vault` when it was sealed with another key or for somebody else, or was changed.
    pub(super) fn open_sealed(
        &self,
        whose: &str,
        sealed: &str,
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let bytes = STANDARD.decode(sealed).map_err(|_| lost())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(lost)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| lost())?;
        let payload = Payload {
            msg: sealed,
            aad: whose.as_bytes(),
        };
        let plain = self.cipher().decrypt(&XNonce::from(nonce), payload);
        plain.map(Zeroizing::new).map_err(|_| lost())
    }

    /// What stands for a text that is to be told from others and not to be kept. Whoever has the
    /// database alone cannot try which text it was.
    pub(crate) fn veiled(&self, text: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(b"baton veiled\n");
        hash.update(self.key.as_slice());
        hash.update(text);
        hex::encode(hash.finalize())
    }

    /// The secret under which the company's own keys are sealed.
    pub(super) fn company_secret(&self) -> Zeroizing<String> {
        let mut hash = Sha256::new();
        hash.update(b"baton company keys\n");
        hash.update(self.key.as_slice());
        Zeroizing::new(hex::encode(hash.finalize()))
    }
}

fn make_if_absent(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    let mut file = match file {
        // Made before, or by another server this moment.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        file => file?,
    };
    let key = Zeroizing::new(dice::<32>());
    let text = Zeroizing::new(hex::encode(key.as_slice()) + "\n");
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

pub(super) fn lost() -> Refusal {
    Refusal::conflict(
        "signing.vault",
        "服务器上的签署密钥文件与账册不符，暂时无法签署",
        "The server's signing key file is not the one these books were sealed with",
    )
    .remedy((
        "请系统管理员恢复原来的签署密钥文件（keys/signing.key）后重试",
        "Let the system administrator restore the former key file (keys/signing.key) and try again",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(folder: &Path) -> Vault {
        let config = Config {
            data_dir: folder.to_owned(),
            ..Config::default()
        };
        Vault::open(&config).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner_with_the_same_file_only() {
        let folder = tempfile::tempdir().unwrap();
        let sealed = vault(folder.path()).seal("emp_1", b"seed").unwrap();
        assert!(!sealed.contains("seed"));
        let again = vault(folder.path());
        assert_eq!(
            again.open_sealed("emp_1", &sealed).unwrap().as_slice(),
            b"seed"
        );
        assert!(again.open_sealed("emp_2", &sealed).is_err());
        let elsewhere = tempfile::tempdir().unwrap();
        assert!(
            vault(elsewhere.path())
                .open_sealed("emp_1", &sealed)
                .is_err()
        );
    }

    #[test]
    fn the_file_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        vault(folder.path());
        let file = std::fs::metadata(folder.path().join("keys/signing.key")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
}
