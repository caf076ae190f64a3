//! Unified social credit codes 统一社会信用代码.
//!
//! GB 32100-2015: registration authority, category, six characters of division, nine of
//! organisation, one check character; digits and capitals without I, O, S, V, Z.

use kernel::Refusal;
use serde::Serialize;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A code of the right form. Its check character may still fail: some early pilot codes are legal
/// and do, so that is a warning, not a refusal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads a code; spaces, hyphens, small letters and full-width characters are accepted.
    ///
    /// # Errors
    /// `customer.credit_code_shape` when it is not 18 characters of the code's alphabet.
    pub fn parse(text: &str) -> Result<CreditCode, Refusal> {
        let code: String = spelling::narrow(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if code.len() == 18 && code.bytes().all(|byte| ALPHABET.contains(&byte)) {
            return Ok(CreditCode(code));
        }
        Err(Refusal::invalid(
            "customer.credit_code_shape",
            "统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）",
            "a unified social credit code has 18 digits or capitals without I, O, S, V, Z",
        )
        .remedy((
            "请对照营业执照重新填写",
            "Fill it in again by the business licence",
        )))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A sentence to confirm, Chinese and English, when the check character does not fit; none when
    /// all is well.
    #[must_use]
    pub fn doubt(&self) -> Option<(&'static str, &'static str)> {
        const WORDS: (&str, &str) = (
            "统一社会信用代码的校验位不符；早期试点代码可能如此，请对照营业执照确认",
            "The credit code’s check character does not fit, which some early codes do; compare \
             the licence",
        );
        (!self.check_character_fits()).then_some(WORDS)
    }

    /// The last character is worth `31 − Σ value·3^(i−1) mod 31`, where 31 counts as 0.
    fn check_character_fits(&self) -> bool {
        let value = |byte: u8| ALPHABET.iter().position(|known| *known == byte);
        let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
        let (body, check) = self.0.split_at(17);
        let sum: usize = body
            .bytes()
            .zip(weights)
            .map(|(byte, weight)| value(byte).unwrap_or(0) * weight)
            .sum();
        check.bytes().next().and_then(value) == Some((31 - sum % 31) % 31)
    }
}
