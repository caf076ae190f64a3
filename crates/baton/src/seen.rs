//! What a form showed, so that nobody undoes unseen what somebody else changed meanwhile 并发修改.

use ::evidence::file_digest::FileDigest;
use kernel::Refusal;
use serde::Serialize;

/// Stands for what a page shows of a thing; another one as soon as any of it has changed. Whoever
/// reads it can try out what would give it, so what a page masks does not go in, but a count of its
/// changes.
pub(crate) fn version(shown: &impl Serialize) -> String {
    let text = serde_json::to_vec(shown).unwrap_or_default();
    let mut version = FileDigest::sha256(&text).to_string();
    version.truncate(32);
    version
}

/// Refuses to overwrite what is no longer what the form showed. Whoever names no version has seen
/// none and overwrites.
///
/// # Errors
/// `request.changed_meanwhile`.
pub(crate) fn check(seen: Option<&str>, now: &str, what: (&str, &str)) -> Result<(), Refusal> {
    if seen.is_none_or(|seen| seen == now) {
        return Ok(());
    }
    let (zh, en) = what;
    Err(Refusal::conflict(
        "request.changed_meanwhile",
        format!("{zh}在您打开之后已被他人修改，您的改动没有保存"),
        format!("{en} was changed by somebody else since you opened it; nothing was saved"),
    )
    .remedy((
        "请刷新页面，看清现在的内容后再改；谁改了什么见历史记录",
        "Reload and look at what is there now before you change it; the history shows who changed \
         what",
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_seen_is_overwritten() {
        let (old, new) = (version(&("张三", 1)), version(&("张三丰", 1)));
        assert_eq!((old.len(), old == new), (32, false));
        let what = ("张三的资料", "The record");
        assert!(check(None, &new, what).is_ok());
        assert!(check(Some(&new), &new, what).is_ok());
        let refusal = check(Some(&old), &new, what).unwrap_err();
        assert!(refusal.conflict);
        assert_eq!(refusal.code, "request.changed_meanwhile");
    }
}
