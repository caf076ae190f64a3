//! What an examination ends in 验证结论.

use std::fmt;

/// The outcome for one record or for a whole log; a later one is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Everything holds.
    #[default]
    Valid,
    /// Everything holds, on the word of the log alone: no witness has signed.
    ValidUnwitnessed,
    /// It agrees with itself, but no key from outside says whose it is.
    ConsistentButUntrusted,
    /// Tiles or frontier are wrong; they are derived from the entries and can be computed anew.
    DerivedData,
    /// What is there holds, but a payload was erased or a file is missing.
    Incomplete,
    /// Something was changed, removed or forged.
    Invalid,
}

impl Verdict {
    /// The stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Valid => "VALID",
            Verdict::ValidUnwitnessed => "VALID-UNWITNESSED",
            Verdict::ConsistentButUntrusted => "CONSISTENT-BUT-UNTRUSTED",
            Verdict::DerivedData => "DERIVED-DATA",
            Verdict::Incomplete => "INCOMPLETE",
            Verdict::Invalid => "INVALID",
        }
    }

    /// The sentence for people.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Verdict::Valid => "验证通过",
            Verdict::ValidUnwitnessed => "验证通过，但仅有日志自身签名，无见证方签名",
            Verdict::ConsistentButUntrusted => "内部一致，但未提供受信任的密钥，无法确认来源",
            Verdict::DerivedData => "存证条目完好，派生数据有误，可由条目重新计算",
            Verdict::Incomplete => "现有内容验证通过，但有内容已删除或缺失",
            Verdict::Invalid => "验证不通过，内容被改动、删除或伪造",
        }
    }

    /// The sentence in English.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Verdict::Valid => "everything holds",
            Verdict::ValidUnwitnessed => {
                "everything holds, on the word of the log alone: too few witnesses"
            }
            Verdict::ConsistentButUntrusted => {
                "it agrees with itself; no key from outside says whose it is"
            }
            Verdict::DerivedData => "entries hold; derived data is wrong and can be computed anew",
            Verdict::Incomplete => "what is here holds; something is missing, kept back or erased",
            Verdict::Invalid => "something was changed, removed or forged",
        }
    }

    /// What a command-line tool exits with.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Verdict::Valid => 0,
            Verdict::Invalid => 1,
            Verdict::ValidUnwitnessed => 10,
            Verdict::ConsistentButUntrusted => 11,
            Verdict::Incomplete => 12,
            Verdict::DerivedData => 13,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
