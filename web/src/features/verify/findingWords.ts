import type { Pair } from "@/lib/words";

/**
 * What each finding means; the name that the other verifiers give it stands beside it, in small.
 *
 * This page asks the server nothing, so the names of `crates/bundle/src/finding.rs` stand here a
 * second time; a test holds the two together. Where this page can say what to do, it does.
 */
export const findingWords: Readonly<Record<string, Pair>> = {
  "archive.form": [
    "压缩包结构有歧义或已损坏，拒绝打开",
    "the archive is broken or could be read in two ways; refused",
  ],
  "archive.limit": ["超过大小或数量限制，拒绝打开", "larger than the limits; refused"],
  "archive.name": ["路径不安全，拒绝打开", "the path is not safe; refused"],
  "archive.duplicate": ["文件名重复或仅大小写不同，拒绝打开", "two files under one name; refused"],
  "archive.link": ["含链接或特殊文件，拒绝打开", "a link or special file; refused"],
  "archive.encrypted": ["含加密或未知标志，拒绝打开", "encrypted or unknown flags; refused"],
  "archive.method": ["不支持的压缩方式，拒绝打开", "unknown compression; refused"],
  "archive.checksum": ["解压结果与声明不符，拒绝打开", "unpacks to something else than declared; refused"],
  "bag.form": ["目录文件格式不对", "a tag file is not of the right form"],
  "bag.digest": ["文件与清单中的摘要不符，内容被改动", "the file differs from its digest in the manifest"],
  "bag.unlisted": ["文件不在清单中", "the file is not in the manifest"],
  "bag.count": ["字节数或文件数与 Payload-Oxum 不符", "bytes or files differ from Payload-Oxum"],
  "file.missing": ["缺少文件", "the file is missing"],
  "file.unexpected": ["存证包不应有此文件", "a bundle has no such file"],
  "index.form": ["索引缺失或格式不对", "the index is missing or not of the right form"],
  "index.subject": ["索引所列对象，包内没有记录提及", "no record here speaks of a subject of the index"],
  "policy.form": ["包内信任策略格式不对", "the policy inside is not of the right form"],
  "key.form": ["包内密钥格式不对或互不一致", "a key inside is not of the right form or contradicts another"],
  "log.unknown": ["信任策略不认识此日志", "the policy knows no such log"],
  "checkpoint.form": ["检查点格式不对", "not a signed checkpoint"],
  "checkpoint.origin": ["检查点属于另一日志", "a checkpoint of another log"],
  "checkpoint.unsigned": ["检查点没有受信任的日志签名", "no signature of a trusted log key"],
  "checkpoint.signature": ["检查点的签名无效，内容被改动或伪造", "a signature on the checkpoint is bad"],
  "checkpoint.size": ["检查点的大小与文件名不符", "the checkpoint has another size than its name"],
  "SPLIT-VIEW": [
    "日志对同一大小签过两个不同的根：日志自相矛盾的证据",
    "the log has signed two roots for one size: proof of fraud",
  ],
  "consistency.form": ["一致性证明格式不对", "the consistency proof is not of the right form"],
  "consistency.proof": [
    "较新的检查点不是较旧者的延续，历史被改写",
    "the newer checkpoint does not continue the older: history was rewritten",
  ],
  "record.form": ["记录不是规范的存证条目", "the record is not a canonical entry"],
  "record.number": ["记录中的序号与文件名不符", "the record has another number than its name"],
  "record.leaf": ["记录与索引中的叶哈希不符", "the record differs from its leaf hash in the index"],
  "record.payload": ["内容与记录中的承诺不符，内容被改动", "the payload is not what the record commits to"],
  "record.salt": ["盐值不是 32 字节", "the salt is not 32 bytes"],
  "proof.form": ["凭证格式不对", "the proof is not of the right form"],
  "proof.index": ["凭证证明的是另一条记录", "the proof is of another record"],
  "proof.path": ["记录不在已签名的树中", "the record is not in the signed tree"],
  "proof.checkpoint": ["凭证中的检查点不是包内所列", "the proof's checkpoint is none of those listed"],
  "item.form": ["批量明细格式不对", "the item is not of the right form"],
  "item.proof": ["明细不属于此批量记录", "the item is not part of this record"],
  "item.payload": ["明细内容与承诺不符，内容被改动", "the item's payload is not what it commits to"],
  "payload.erased": ["内容已依法删除，证明仍有效", "the payload was erased; the proof still holds"],
  "payload.withheld": ["内容未披露，证明仍有效", "the payload is not disclosed; the proof still holds"],
  "INCOMPLETE-CHAIN": [
    "该对象的记录链缺少一条，所缺叶哈希如下",
    "a record of this subject is left out; its leaf hash follows",
  ],
  "chain.fork": ["两条记录声称接续同一条记录", "two records claim the same predecessor"],
  "chain.open": ["包内记录不是该对象的第一条", "the subject has earlier records than these"],
  "document.digest": ["文书与索引中的摘要不符", "the document differs from its digest in the index"],
  "document.unproved": ["没有记录登记过此文书的摘要", "no record names this document's digest"],
  "quorum.unmet": [
    "见证签名不足：若日志密钥持有人重写全部历史，无从发现",
    "too few witnesses: a rewrite by the holder of the log key would not be seen",
  ],
  "cosignature.future": ["见证时间在将来，此见证签名不计", "a cosignature from the future does not count"],
  "record.early": [
    "记录时间早于前一见证时间，可能倒签",
    "the record claims a time before an earlier witness: back-dated?",
  ],
  "record.late": ["记录时间晚于其后的见证时间", "the record claims a time after a later witness"],
  "anchor.unusable": ["外部凭证不是此日志所签，无法比对", "the anchor from outside is not signed by this log"],
  "anchor.apart": ["外部凭证的大小不在包内，无法比对", "the bundle has no checkpoint of the anchor's size"],
  "signature.bad": ["清单的签名无效", "the signature over the list of files does not hold"],
  "signature.unknown": ["清单由他人签署", "somebody else signed the list of files"],
  "signature.missing": ["清单没有公司签名", "the list of files bears no signature"],
  "signature.untrusted": [
    "清单的签名完好，签署人未核对：请填公司证书",
    "the signature holds; whose it is was not checked",
  ],
  "timestamp.bad": ["时间戳无效，或不是对此内容签发", "a timestamp does not hold"],
  "timestamp.unknown": ["时间戳由他人签发", "somebody else stamped"],
  "timestamp.untrusted": [
    "时间戳完好，机构未核对：请填时间戳机构证书",
    "a timestamp holds; whose it is was not checked",
  ],
  "timestamp.missing": ["没有时间戳", "there is no timestamp"],
  "sm.form": [
    "国密日志的密钥、检查点或凭证格式不对，或不属于此日志",
    "key, checkpoint or proof of the SM log is not of the right form, or of another log",
  ],
  "sm.signature": ["国密检查点的 SM2 签名无效，内容被改动或伪造", "the SM2 signature on the checkpoint is bad"],
  "sm.proof": ["记录不在已签名的 SM3 树中", "the record is not in the signed SM3 tree"],
  "sm.unknown": ["国密日志的密钥不是信任策略所列", "the policy names another key for the SM log"],
  "sm.missing": [
    "信任策略列有国密日志，包内没有其凭证",
    "the policy names an SM log, and the bundle has no proof of it",
  ],
  "sm.untrusted": [
    "国密日志与内容相符，但包外的信任策略未列其密钥，密钥未核对",
    "the SM log holds; the policy from outside names no key of it, so nobody vouches for it",
  ],
  "document.signature": ["PDF 内的签名无效：内容被改动或签名损坏", "a signature in a PDF does not hold"],
  "document.signer": ["PDF 的签署人不在所填证书之下", "nobody vouches for whoever signed a PDF"],
  "document.untrusted": [
    "PDF 内的签名完好，签署人未核对：请填公司证书",
    "signatures hold; whose they are was not checked",
  ],
  "document.unsigned": ["这份 PDF 没有电子签名", "there is no signature in this PDF"],
  "sm.unexamined": ["本页不检查国密日志", "the SM log is not examined here"],
  "document.unexamined": [
    "未检查：各签名之后又追加到这份 PDF 的内容",
    "not examined: what was added to this PDF behind its signatures",
  ],
};

/** Where a finding was made, where that is no path. */
export const placeWords: Readonly<Record<string, Pair>> = {
  receipt: ["存证凭证", "the receipt"],
  document: ["文书", "the document"],
  directory: ["压缩包目录", "the list of the archive"],
  end: ["压缩包结尾", "the end of the archive"],
  start: ["压缩包开头", "the beginning of the archive"],
  gap: ["压缩包内的空隙", "a gap in the archive"],
  files: ["文件数量", "the number of files"],
};
