//! Passwords: what is good enough, and how they are kept 密码.

use argon2::password_hash::phc::{PasswordHash, Salt};
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use kernel::Refusal;
use spine::Fault;
use tokio::sync::Semaphore;

/// Shortest password, in characters.
const SHORTEST: usize = 8;
/// Longest password, in bytes; more would only cost time.
const LONGEST: usize = 256;

/// How many passwords are checked at once. Each takes 19 MiB and some 30 ms of a core by design, so
/// a flood of logins must queue instead of filling the memory.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Does the slow work of a password away from the requests, a few at a time.
///
/// # Errors
/// [`Fault`] when the work panicked or the program is stopping.
pub(crate) async fn slowly<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    slowly_if(std::future::ready(Ok(())), work).await
}

/// As [`slowly`], but asks once more, when its turn has come, whether it is to be done at all.
///
/// # Errors
/// What forbids it, or [`Fault`] as [`slowly`].
pub(crate) async fn slowly_if<T: Send + 'static, E: From<Fault>>(
    allowed: impl Future<Output = Result<(), E>>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, E> {
    let broken = |error: &dyn std::fmt::Display| Fault::new(format!("password: {error}"));
    let _turn = AT_ONCE.acquire().await.map_err(|error| broken(&error))?;
    allowed.await?;
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| broken(&error))?)
}

/// Whether a new password is good enough (length and not only one kind of character, after
/// GB/T 22239-2019 8.1.4.1: complexity is demanded).
pub(crate) fn check(password: &str, number: &str) -> Result<(), Refusal> {
    check_at("/next", password, number)
}

/// The same for a password that stands elsewhere in the request.
pub(crate) fn check_at(pointer: &str, password: &str, number: &str) -> Result<(), Refusal> {
    let kinds = [
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| c.is_lowercase()),
        password.chars().any(|c| c.is_uppercase()),
        password.chars().any(|c| !c.is_alphanumeric()),
    ];
    let varied = kinds.iter().filter(|kind| **kind).count() >= 2;
    let long = password.chars().count() >= SHORTEST && password.len() <= LONGEST;
    // In whatever case: nobody guesses `E1001` and not `e1001`.
    let number = number.to_lowercase();
    let named = !number.is_empty() && password.to_lowercase().contains(&number);
    if varied && long && !named {
        return Ok(());
    }
    Err(Refusal::invalid(
        "session.weak_password",
        "新密码不符合要求",
        "The new password does not meet the rules",
    )
    .remedy((
        "至少 8 位，包含数字、字母、符号中的两种，且不含工号",
        "At least 8 characters, two kinds of digits, letters and signs among them, without the \
         employee number",
    ))
    .at(
        pointer,
        (
            "至少 8 位，包含数字、字母、符号中的两种，且不含工号",
            "At least 8 characters, two kinds of digits, letters and signs among them, without the \
             employee number",
        ),
    ))
}

/// A change that changes nothing leaves the password with whoever gave the first one.
pub(crate) fn check_other(next: &str, current: &str) -> Result<(), Refusal> {
    if next != current {
        return Ok(());
    }
    let zh = "新密码不能与当前密码相同";
    let en = "The new password is the current one";
    Err(Refusal::invalid("session.same_password", zh, en).at("/next", zh))
}

/// Argon2id with its recommended parameters (RFC 9106: 19 MiB, 2 passes), in PHC form.
///
/// # Errors
/// [`Fault`] when there is no memory for it.
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String, Fault> {
    let broken = |error: &dyn std::fmt::Display| Fault::new(format!("argon2: {error}"));
    let salt = Salt::new(&salt).map_err(|error| broken(&error))?;
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt.as_ref())
        .map_err(|error| broken(&error))?;
    Ok(hash.to_string())
}

/// Whether the password fits. A missing login costs the same time as a wrong password.
pub(crate) fn fits(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA\
                          $Ah4hLbkSrHkCqMzbCq9Ab0yXRPvjPSDXm6W5JGBSGuE";
    let known = hash.is_some() && password.len() <= LONGEST;
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODY));
    let fits = parsed.map(|parsed| {
        Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
    });
    known && fits.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let kept = hash("jieBang-2026", [7; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(fits("jieBang-2026", Some(&kept)));
        assert!(!fits("jieBang-2027", Some(&kept)));
        assert!(!fits("jieBang-2026", None));
    }

    #[test]
    fn weak_ones_are_refused_with_the_rule() {
        for weak in [
            "short1",
            "aaaaaaaaaa",
            "12345678901",
            "E1001-abc",
            "e1001-ABC",
        ] {
            assert!(check(weak, "E1001").is_err(), "{weak}");
        }
        assert!(check("春天来了-2026", "E1001").is_ok());
    }
}
