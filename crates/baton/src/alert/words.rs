//! What an alert says 预警措辞.
//!
//! Names of employees and of permissions, figures, nothing else: whoever handles alerts has no
//! right to business data.

use ::risk::AlertKind;

use crate::permissions;

/// The parts of the sentence.
pub(super) struct Said<'a> {
    pub(super) kind: AlertKind,
    pub(super) called: &'a str,
    pub(super) called_en: &'a str,
    pub(super) times: i64,
    /// Keys of permissions.
    pub(super) what: &'a [String],
}

/// What a permission is called; what is not one was a thing that is absent or somebody else's.
pub(super) fn permission(key: &str) -> (&'static str, &'static str) {
    let known = permissions::all()
        .into_iter()
        .find(|spec| spec.permission.0 == key);
    known.map_or(
        (
            "查看不存在或无权的记录",
            "Open a record that is absent or not theirs",
        ),
        |spec| (spec.zh, spec.en),
    )
}

/// At most this many permissions are named.
const MOST_NAMED: usize = 4;

impl Said<'_> {
    /// One Chinese and one English sentence.
    pub(super) fn sentence(&self) -> (String, String) {
        let Said {
            called: zh,
            called_en: en,
            times,
            ..
        } = self;
        let (what, what_en) = self.named();
        let often = if *times == 1 {
            "once".to_owned()
        } else {
            format!("{times} times")
        };
        match self.kind {
            AlertKind::HandoverDenied => (
                format!("{zh}在交接期越权操作 {times} 次，均被拒绝：{what}"),
                format!("{en}, in the notice period, was denied {often}: {what_en}"),
            ),
            AlertKind::ManyDenied => (
                format!("{zh}越权操作被拒绝 {times} 次：{what}"),
                format!("{en} was denied {often}: {what_en}"),
            ),
            AlertKind::LoginGuessing => (
                format!("账号{zh}连续登录失败，触发限制后仍失败 {times} 次"),
                format!("The login {en} went on failing {often} after it was made to wait"),
            ),
            AlertKind::LoginSpraying => (
                format!("多个账号在短时间内登录失败，共 {times} 次"),
                format!("Several logins failed within a short time, {often} in all"),
            ),
            AlertKind::ManyReveals => (
                format!("{zh}查看完整联系方式或证件 {times} 次，超出日常需要"),
                format!("{en} revealed contacts or papers {often}, more than work explains"),
            ),
            AlertKind::JobFailed => (
                format!("后台任务「{zh}」有 {times} 项多次失败，已停止重试"),
                format!("Jobs of the kind “{en}” failed too often and stopped: {times}"),
            ),
            AlertKind::LogUnsigned => (
                "存证日志无法签名，新的存证暂时不能出具证明，请系统管理员尽快查看".to_owned(),
                "The evidence log cannot be signed; new entries have no proof yet".to_owned(),
            ),
            AlertKind::AnchorLate => (
                format!("{zh}逾期未对存证日志签名或加盖时间戳，新的存证缺少外部证明"),
                format!("{en} is late: new entries of the log have no word from outside"),
            ),
            AlertKind::AnchorBroken => (
                format!("{zh}所见证的历史与现在的存证日志不符：记录可能丢失或被改写，请立即查看"),
                format!("{en} remembers another past: the log lost entries or was rewritten"),
            ),
            AlertKind::BooksDiffer => (
                format!("{zh}发现数据被绕过系统改动，请立即在「存证日志」查看表与行"),
                format!("{en} found tables or log changed past the program: see the evidence log"),
            ),
        }
    }

    fn named(&self) -> (String, String) {
        let mut zh: Vec<&str> = Vec::new();
        let mut en: Vec<&str> = Vec::new();
        for key in self.what {
            let (one, one_en) = permission(key);
            if !zh.contains(&one) {
                zh.push(one);
                en.push(one_en);
            }
        }
        let more = zh.len() > MOST_NAMED;
        zh.truncate(MOST_NAMED);
        en.truncate(MOST_NAMED);
        let (tail, tail_en) = if more { (" 等", ", …") } else { ("", "") };
        (
            format!("{}{tail}", zh.join("、")),
            format!("{}{tail_en}", en.join(", ")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_tried_is_named_by_the_permission_never_by_the_thing() {
        let what = ["customer.export".to_owned(), "customer".to_owned()];
        let said = Said {
            kind: AlertKind::HandoverDenied,
            called: "张三（E002）",
            called_en: "张三 (E002)",
            times: 3,
            what: &what,
        };
        assert_eq!(
            said.sentence().0,
            "张三（E002）在交接期越权操作 3 次，均被拒绝：导出客户、查看不存在或无权的记录"
        );
    }
}
