//! What an examination finds, by name 验证发现.
//!
//! The names are stable, the same in both verifiers, and stand in `docs/modules/bundle.md`.

use std::fmt;

use evidence::verdict::Verdict;

/// One kind of finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// Stable name.
    pub name: &'static str,
    /// What it makes of the whole; `None` for a remark that changes nothing.
    pub verdict: Option<Verdict>,
    /// For people.
    pub chinese: &'static str,
    /// For people.
    pub english: &'static str,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A finding and where: a path in the bundle, the index of a record, a size, a subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// Where.
    pub at: String,
}

impl Finding {
    /// This, found there.
    #[must_use]
    pub fn new(code: Code, at: impl Into<String>) -> Finding {
        Finding {
            code,
            at: at.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Code {
            name,
            chinese,
            english,
            ..
        } = self.code;
        write!(f, "[{name}] {}：{chinese} / {english}", self.at)
    }
}

/// Something was changed, removed or forged.
const fn invalid(name: &'static str, chinese: &'static str, english: &'static str) -> Code {
    Code {
        name,
        verdict: Some(Verdict::Invalid),
        chinese,
        english,
    }
}

/// What is there holds, on the word of nobody whom we were told to believe.
const fn untrusted(name: &'static str, chinese: &'static str, english: &'static str) -> Code {
    Code {
        name,
        verdict: Some(Verdict::ConsistentButUntrusted),
        chinese,
        english,
    }
}

/// What is there holds, but something is not there.
const fn incomplete(name: &'static str, chinese: &'static str, english: &'static str) -> Code {
    Code {
        name,
        verdict: Some(Verdict::Incomplete),
        chinese,
        english,
    }
}

/// Worth saying, and no more.
const fn remark(name: &'static str, chinese: &'static str, english: &'static str) -> Code {
    Code {
        name,
        verdict: None,
        chinese,
        english,
    }
}

macro_rules! codes {
    ($($constant:ident = $kind:ident($name:literal, $chinese:literal, $english:literal);)*) => {
        #[expect(missing_docs, reason = "each says itself what it means, in two languages")]
        impl Code {
            $(pub const $constant: Code = $kind($name, $chinese, $english);)*
            /// All of them.
            pub const ALL: &[Code] = &[$(Code::$constant),*];
        }
    };
}

codes! {
    ARCHIVE_FORM = invalid("archive.form",
        "压缩包结构有歧义或已损坏，拒绝打开",
        "the archive is broken or could be read in two ways; refused");
    ARCHIVE_LIMIT = invalid("archive.limit",
        "超过大小或数量限制，拒绝打开",
        "larger than the limits; refused");
    ARCHIVE_NAME = invalid("archive.name",
        "路径不安全，拒绝打开",
        "the path is not safe; refused");
    ARCHIVE_DUPLICATE = invalid("archive.duplicate",
        "文件名重复或仅大小写不同，拒绝打开",
        "two files under one name; refused");
    ARCHIVE_LINK = invalid("archive.link",
        "含链接或特殊文件，拒绝打开",
        "a link or special file; refused");
    ARCHIVE_ENCRYPTED = invalid("archive.encrypted",
        "含加密或未知标志，拒绝打开",
        "encrypted or unknown flags; refused");
    ARCHIVE_METHOD = invalid("archive.method",
        "不支持的压缩方式，拒绝打开",
        "unknown compression; refused");
    ARCHIVE_CHECKSUM = invalid("archive.checksum",
        "解压结果与声明不符，拒绝打开",
        "unpacks to something else than declared; refused");
    BAG_FORM = invalid("bag.form",
        "目录文件格式不对",
        "a tag file is not of the right form");
    BAG_DIGEST = invalid("bag.digest",
        "文件与清单中的摘要不符，内容被改动",
        "the file differs from its digest in the manifest");
    BAG_UNLISTED = invalid("bag.unlisted",
        "文件不在清单中",
        "the file is not in the manifest");
    BAG_COUNT = invalid("bag.count",
        "字节数或文件数与 Payload-Oxum 不符",
        "bytes or files differ from Payload-Oxum");
    FILE_MISSING = incomplete("file.missing",
        "缺少文件",
        "the file is missing");
    FILE_UNEXPECTED = invalid("file.unexpected",
        "存证包不应有此文件",
        "a bundle has no such file");
    INDEX_FORM = invalid("index.form",
        "索引缺失或格式不对",
        "the index is missing or not of the right form");
    INDEX_SUBJECT = invalid("index.subject",
        "索引所列对象，包内没有记录提及",
        "no record here speaks of a subject of the index");
    POLICY_FORM = invalid("policy.form",
        "包内信任策略格式不对",
        "the policy inside is not of the right form");
    KEY_FORM = invalid("key.form",
        "包内密钥格式不对或互不一致",
        "a key inside is not of the right form or contradicts another");
    LOG_UNKNOWN = invalid("log.unknown",
        "信任策略不认识此日志",
        "the policy knows no such log");
    CHECKPOINT_FORM = invalid("checkpoint.form",
        "检查点格式不对",
        "not a signed checkpoint");
    CHECKPOINT_ORIGIN = invalid("checkpoint.origin",
        "检查点属于另一日志",
        "a checkpoint of another log");
    CHECKPOINT_UNSIGNED = invalid("checkpoint.unsigned",
        "检查点没有受信任的日志签名",
        "no signature of a trusted log key");
    CHECKPOINT_SIGNATURE = invalid("checkpoint.signature",
        "检查点的签名无效，内容被改动或伪造",
        "a signature on the checkpoint is bad");
    CHECKPOINT_SIZE = invalid("checkpoint.size",
        "检查点的大小与文件名不符",
        "the checkpoint has another size than its name");
    SPLIT_VIEW = invalid("SPLIT-VIEW",
        "日志对同一大小签过两个不同的根：日志自相矛盾的证据",
        "the log has signed two roots for one size: proof of fraud");
    CONSISTENCY_FORM = invalid("consistency.form",
        "一致性证明格式不对",
        "the consistency proof is not of the right form");
    CONSISTENCY_PROOF = invalid("consistency.proof",
        "较新的检查点不是较旧者的延续，历史被改写",
        "the newer checkpoint does not continue the older: history was rewritten");
    RECORD_FORM = invalid("record.form",
        "记录不是规范的存证条目",
        "the record is not a canonical entry");
    RECORD_NUMBER = invalid("record.number",
        "记录中的序号与文件名不符",
        "the record has another number than its name");
    RECORD_LEAF = invalid("record.leaf",
        "记录与索引中的叶哈希不符",
        "the record differs from its leaf hash in the index");
    RECORD_PAYLOAD = invalid("record.payload",
        "内容与记录中的承诺不符，内容被改动",
        "the payload is not what the record commits to");
    RECORD_SALT = invalid("record.salt",
        "盐值不是 32 字节",
        "the salt is not 32 bytes");
    PROOF_FORM = invalid("proof.form",
        "凭证格式不对",
        "the proof is not of the right form");
    PROOF_INDEX = invalid("proof.index",
        "凭证证明的是另一条记录",
        "the proof is of another record");
    PROOF_PATH = invalid("proof.path",
        "记录不在已签名的树中",
        "the record is not in the signed tree");
    PROOF_CHECKPOINT = invalid("proof.checkpoint",
        "凭证中的检查点不是包内所列",
        "the proof's checkpoint is none of those listed");
    ITEM_FORM = invalid("item.form",
        "批量明细格式不对",
        "the item is not of the right form");
    ITEM_PROOF = invalid("item.proof",
        "明细不属于此批量记录",
        "the item is not part of this record");
    ITEM_PAYLOAD = invalid("item.payload",
        "明细内容与承诺不符，内容被改动",
        "the item's payload is not what it commits to");
    PAYLOAD_ERASED = incomplete("payload.erased",
        "内容已依法删除，证明仍有效",
        "the payload was erased; the proof still holds");
    PAYLOAD_WITHHELD = incomplete("payload.withheld",
        "内容未披露，证明仍有效",
        "the payload is not disclosed; the proof still holds");
    CHAIN_MISSING = incomplete("INCOMPLETE-CHAIN",
        "该对象的记录链缺少一条，所缺叶哈希如下",
        "a record of this subject is left out; its leaf hash follows");
    CHAIN_FORK = invalid("chain.fork",
        "两条记录声称接续同一条记录",
        "two records claim the same predecessor");
    CHAIN_OPEN = remark("chain.open",
        "包内记录不是该对象的第一条",
        "the subject has earlier records than these");
    DOCUMENT_DIGEST = invalid("document.digest",
        "文书与索引中的摘要不符",
        "the document differs from its digest in the index");
    DOCUMENT_UNPROVED = invalid("document.unproved",
        "没有记录登记过此文书的摘要",
        "no record names this document's digest");
    QUORUM_UNMET = remark("quorum.unmet",
        "见证签名不足：若日志密钥持有人重写全部历史，无从发现",
        "too few witnesses: a rewrite by the holder of the log key would not be seen");
    COSIGNATURE_FUTURE = remark("cosignature.future",
        "见证时间在将来，此见证签名不计",
        "a cosignature from the future does not count");
    RECORD_EARLY = remark("record.early",
        "记录时间早于前一见证时间，可能倒签",
        "the record claims a time before an earlier witness: back-dated?");
    RECORD_LATE = remark("record.late",
        "记录时间晚于其后的见证时间",
        "the record claims a time after a later witness");
    ANCHOR_UNUSABLE = remark("anchor.unusable",
        "外部凭证不是此日志所签，无法比对",
        "the anchor from outside is not signed by this log");
    ANCHOR_APART = remark("anchor.apart",
        "外部凭证的大小不在包内，无法比对",
        "the bundle has no checkpoint of the anchor's size");
    SIGNATURE_BAD = invalid("signature.bad",
        "清单签名无效：清单被改动，或签名不是其证书所签",
        "the signature over the manifest does not hold");
    SIGNATURE_UNKNOWN = invalid("signature.unknown",
        "清单签名的证书不是所给公司证书签发，或签署时不在有效期内",
        "the manifest is signed with a certificate of somebody else, or one that was not valid");
    SIGNATURE_MISSING = incomplete("signature.missing",
        "没有公司对清单的签名",
        "the company's signature over the manifest is missing");
    SIGNATURE_UNTRUSTED = remark("signature.untrusted",
        "清单签名与内容相符，但未从包外给出公司证书（--ca），签署人未核对",
        "the manifest's signature holds; without --ca nobody vouches for the signer");
    TIMESTAMP_BAD = invalid("timestamp.bad",
        "时间戳无效：不是对该文件签发、签名有误，或证书不是时间戳专用证书",
        "the timestamp is over something else, broken, or by a certificate for something else");
    TIMESTAMP_UNKNOWN = invalid("timestamp.unknown",
        "时间戳不是所给机构签发，或其时间在将来",
        "the timestamp is by an authority that is not believed, or from the future");
    TIMESTAMP_UNTRUSTED = remark("timestamp.untrusted",
        "时间戳与内容相符，但未从包外给出时间戳机构证书（--tsa），机构未核对",
        "the timestamp holds; without --tsa nobody vouches for the authority");
    TIMESTAMP_MISSING = remark("timestamp.missing",
        "没有任何可信时间戳",
        "there is no timestamp at all");
    SM_FORM = invalid("sm.form",
        "国密日志的密钥、检查点或凭证格式不对，或不属于此日志",
        "key, checkpoint or proof of the SM log is not of the right form, or of another log");
    SM_SIGNATURE = invalid("sm.signature",
        "国密检查点的 SM2 签名无效，内容被改动或伪造",
        "the SM2 signature on the checkpoint is bad");
    SM_PROOF = invalid("sm.proof",
        "记录不在已签名的 SM3 树中",
        "the record is not in the signed SM3 tree");
    SM_UNKNOWN = invalid("sm.unknown",
        "国密日志的密钥不是信任策略所列",
        "the policy names another key for the SM log");
    SM_MISSING = incomplete("sm.missing",
        "信任策略列有国密日志，包内没有其凭证",
        "the policy names an SM log, and the bundle has no proof of it");
    SM_UNTRUSTED = remark("sm.untrusted",
        "国密日志与内容相符，但包外的信任策略未列其密钥，密钥未核对",
        "the SM log holds; the policy from outside names no key of it, so nobody vouches for it");
    DOCUMENT_SIGNATURE = invalid("document.signature",
        "文书内的电子签名无效，或签署后内容被改动、追加",
        "a signature inside the document does not hold, or something was added after it");
    DOCUMENT_SIGNER = untrusted("document.signer",
        "文书内电子签名的证书不是所给公司证书签发，或签署时无效",
        "a signature inside the document is by a certificate of somebody else");
    DOCUMENT_UNTRUSTED = remark("document.untrusted",
        "文书内电子签名与内容相符，但未从包外给出公司证书（--ca），签署人未核对",
        "the signatures inside the document hold; without --ca nobody vouches for the signers");
}
