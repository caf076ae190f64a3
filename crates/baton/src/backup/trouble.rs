//! Why a backup or a restore does not go on 备份恢复的问题.

use spine::Fault;

/// A sentence in both languages, with what would help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{zh}\n{en}")]
pub struct Trouble {
    /// Stable name: `archive.digest`, `target.not_empty`.
    pub code: &'static str,
    /// The sentence in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Trouble {
    /// A trouble by its stable name.
    #[must_use]
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Trouble {
        Trouble {
            code,
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// A file could not be read or written.
    #[must_use]
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Trouble {
        let (zh, en) = verifier::whys(error);
        let path = path.display();
        Trouble::new(
            "file",
            format!("文件读写失败：{path}：{zh}"),
            format!("File {path}: {en}"),
        )
    }

    /// The archive is not what a backup looks like.
    #[must_use]
    pub fn archive(code: &'static str, zh: &str, en: &str) -> Trouble {
        Trouble::new(
            code,
            format!("备份文件不可用：{zh}。没有改动任何内容"),
            format!("The backup cannot be used: {en}. Nothing was changed"),
        )
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::new(
            "fault",
            format!("出错了：{fault}"),
            format!("Fault: {fault}"),
        )
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Trouble {
        Fault::from(error).into()
    }
}
