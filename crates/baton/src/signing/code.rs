//! One-time codes after RFC 6238 动态口令.

use kernel::Moment;
use spine::Fault;
use totp_rs::{Builder, Totp};

/// Bytes of a seed: as long as the hash (RFC 4226, 4, R6).
pub(super) const SEED: usize = 20;

/// SHA-1, six digits, thirty seconds, one step of tolerance: what every authenticator reads.
fn totp(seed: &[u8], issuer: &str, account: &str) -> Result<Totp, Fault> {
    let builder = Builder::new()
        .with_secret(seed.to_vec())
        .with_issuer(Some(issuer.replace(':', " ")))
        .with_account_name(account.replace(':', " "));
    let made = builder.build();
    made.map_err(|error| Fault::new(format!("one-time codes: {error}")))
}

/// What an authenticator takes in: an address for the QR code, and the seed in base 32 for typing.
pub(super) struct Enrolment {
    pub(super) address: String,
    pub(super) seed: String,
}

pub(super) fn enrolment(seed: &[u8], issuer: &str, account: &str) -> Result<Enrolment, Fault> {
    let address = totp(seed, issuer, account)?.to_url();
    let address = address.map_err(|error| Fault::new(format!("one-time codes: {error}")))?;
    let seed = totp_rs::Secret::from(seed.to_vec()).to_base32();
    Ok(Enrolment { address, seed })
}

/// The step of time a code belongs to, when it is good at this moment. Good once: who asks keeps
/// the step and takes no code of it or of an earlier one again.
pub(super) fn step_of(seed: &[u8], code: &str, at: Moment) -> Result<Option<i64>, Fault> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let now = u64::try_from(at.unix_seconds()).unwrap_or(0);
    let step = totp(seed, "baton", "code")?.check(&code, now);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let seed = b"12345678901234567890";
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let at = Moment(second * 1_000);
            assert_eq!(
                step_of(seed, code, at).unwrap(),
                Some(second / 30),
                "{code}"
            );
            let spaced = format!(" {} {} ", &code[..3], &code[3..]);
            assert_eq!(step_of(seed, &spaced, at).unwrap(), Some(second / 30));
            let late = at.plus_seconds(30);
            assert_eq!(step_of(seed, code, late).unwrap(), Some(second / 30));
            assert_eq!(step_of(seed, code, at.plus_seconds(90)).unwrap(), None);
        }
        for wrong in ["", "28708", "2870820", "28708x", "二八七零八二"] {
            assert_eq!(
                step_of(seed, wrong, Moment(59_000)).unwrap(),
                None,
                "{wrong}"
            );
        }
    }

    #[test]
    fn an_authenticator_is_told_issuer_and_account() {
        let told = enrolment(b"12345678901234567890", "江南:精工", "E001").unwrap();
        assert_eq!(told.seed, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(
            told.address.starts_with("otpauth://totp/"),
            "{}",
            told.address
        );
        assert!(told.address.contains(&told.seed), "{}", told.address);
    }
}
