//! What may be wrong with a witness, or with the log he watches 见证异常.

/// Why there is no cosignature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No answer.
    Unreachable(String),
    /// He does not watch this log, or does not know its key, or is broken himself.
    Refused { status: u16 },
    /// What he answered is no signature of his key.
    BadSignature,
    /// He has signed more entries than the books hold: entries were lost, or an old backup runs.
    Ahead { size: u64, ours: u64 },
    /// What he has signed is not the beginning of this log: it was rewritten.
    Contradiction { old: u64 },
}

impl Trouble {
    /// Whether the log itself is in question.
    pub(super) const fn is_grave(&self) -> bool {
        matches!(self, Trouble::Ahead { .. } | Trouble::Contradiction { .. })
    }

    pub(super) fn chinese(&self) -> String {
        match self {
            Trouble::Unreachable(why) => format!("无法连接：{why}"),
            Trouble::Refused { status: 404 } => {
                "见证方未登记本日志；请把本页的日志公钥交给对方登记".to_owned()
            }
            Trouble::Refused { status: 403 } => "见证方登记的日志公钥与本日志不同".to_owned(),
            Trouble::Refused { status } => format!("见证方未签名（HTTP {status}）"),
            Trouble::BadSignature => "见证方的签名与策略中的公钥不符，未采信".to_owned(),
            Trouble::Ahead { size, ours } => {
                format!("见证方已签名 {size} 条，而本库只有 {ours} 条：记录丢失，或恢复了旧备份")
            }
            Trouble::Contradiction { old } => {
                format!("见证方签名过的前 {old} 条与现在的日志不符：日志被改写")
            }
        }
    }

    pub(super) fn english(&self) -> String {
        match self {
            Trouble::Unreachable(why) => format!("not reached: {why}"),
            Trouble::Refused { status: 404 } => "does not watch this log yet".to_owned(),
            Trouble::Refused { status: 403 } => "knows another key for this log".to_owned(),
            Trouble::Refused { status } => format!("did not sign (HTTP {status})"),
            Trouble::BadSignature => "the signature is not one of the key in the policy".to_owned(),
            Trouble::Ahead { size, ours } => format!(
                "has signed {size} entries, the books hold {ours}: entries were lost, or an old \
                 backup runs"
            ),
            Trouble::Contradiction { old } => {
                format!("the first {old} entries are not those it signed: the log was rewritten")
            }
        }
    }
}
