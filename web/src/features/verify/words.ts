import { words, type Pair } from "@/lib/words";
import type { Verdict } from "./engine/verdict";

export const verifyWords = words({
  title: ["验证存证", "Check evidence"],
  promise: [
    "在本页验证存证包（.zip）、存证凭证（.tlog-proof）或已签署的 PDF。全部在您的浏览器内计算，不上传任何内容，无需登录。",
    "Checks an evidence bundle (.zip), a receipt (.tlog-proof) or a signed PDF within your " +
      "browser: nothing is uploaded, and nobody has to sign in.",
  ],
  file: ["存证包、凭证或 PDF", "Bundle, receipt or PDF"],
  trust: ["信任的公钥或策略（取自包外）", "Key or policy you trust"],
  trust_hint: [
    "粘贴合同附件中的日志公钥（一行），或信任策略全文。不填时结论至多为「一致，未核对来源」。",
    "Paste the log’s public key from your contract, or a whole policy file. Without it " +
      "the verdict is at most “Consistent, source unchecked”.",
  ],
  trust_bad: ["这不是公钥，也不是信任策略", "Neither a public key nor a policy"],
  signers: ["公司证书（取自包外）", "The company’s certificate (from outside)"],
  signers_hint: [
    "粘贴 PEM 文本，用来核对是谁签署了清单和文书；不填只核对签名是否完好。",
    "Paste PEM text. It says who signed the list of files and the documents; without it only " +
      "whether signatures hold is checked.",
  ],
  clocks: ["时间戳机构证书（取自包外）", "The timestamp authority’s certificate (from outside)"],
  clocks_hint: [
    "粘贴 PEM 文本，用来核对时间戳由谁签发；不填只核对时间戳是否完好。",
    "Paste PEM text. It says who stamped; without it only whether stamps hold is checked.",
  ],
  pem_bad: ["这不是 PEM 证书", "No certificate in PEM"],
  verdict: ["结论", "Verdict"],
  no_evidence: ["不是存证文件", "No evidence"],
  unsigned_pdf: [
    "这是一份没有电子签名的普通 PDF。",
    "This is a plain PDF without any signature.",
  ],
  office: ["这是一份办公文档（如 Word、Excel）。", "This is an office document."],
  archive: ["这是一个普通压缩包，里面不是接棒的存证包。", "This is an archive, but no Baton bundle."],
  image: ["这是一张图片。", "This is a picture."],
  text: ["这是一份文本文件。", "This is a text file."],
  empty: ["这个文件是空的。", "This file is empty."],
  other: ["认不出这是什么文件。", "It cannot be told what this file is."],
  no_evidence_means: [
    "它不带任何接棒的存证，本页无法判断内容是真是假、有没有改过——这不等于内容有假。" +
      "请向出具的单位索要存证包（.zip）、存证凭证（.tlog-proof）或已签署的 PDF。",
    "It bears no proof of Baton, so this page cannot tell whether it was changed; that does not " +
      "mean it is false. Ask whoever gave it to you for a bundle, a receipt or a signed PDF.",
  ],
  unopened: ["没有打开", "Not opened"],
  repacked: [
    "这份文件被重新压缩过，请使用原始文件。",
    "This file was packed anew; please use the original one.",
  ],
  repacked_means: [
    "解压后再压缩，或用其他软件另存，都会变成这样；这不等于内容被改动过，但本页无法据此判断。" +
      "请选择当初收到或下载的那个 .zip。",
    "That happens when a bundle is unpacked and zipped again. It does not mean that anything was " +
      "changed, and this page cannot tell. Choose the .zip as it was handed out.",
  ],
  cut: ["文件不完整，请重新下载。", "The file is incomplete; please download it again."],
  cut_means: [
    "压缩包的结尾缺失，多半是下载或传送中断了；这不等于内容被改动过，但本页无法据此判断。",
    "The end of the archive is not there; most likely a download broke off. It does not mean " +
      "that anything was changed, and this page cannot tell.",
  ],
  signed_pdf: [
    "这是一份带电子签名的 PDF。这里核对的是签名：由谁签、签后有没有改过；" +
      "是否登记在接棒的存证日志里，要用存证包或存证凭证核对。",
    "This is a signed PDF. Its signatures are checked: whose they are, and if it was changed " +
      "since. Whether it stands in Baton's log, a bundle or a receipt tells.",
  ],
  log: ["日志", "Log"],
  findings: ["发现", "Findings"],
  none: ["没有异常", "Nothing to remark"],
  records: ["记录（{count} 条）", "Records ({count})"],
  complete: ["记录齐全的对象", "Subjects with nothing left out"],
  show_all: ["显示全部 {count} 条", "Show all {count}"],
  more: ["另有 {count} 条未列出", "{count} more"],
  unseen: [
    "标为「未检查」的部分本页没有看：签署后又追加到 PDF 的内容、吊销列表、国密日志。请用 baton-verify 或包内的 baton-verify.py 检查。",
    "What is marked as not examined was not looked at here: what was added to a PDF behind a " +
      "signature, lists of revoked certificates, the SM log. Use baton-verify or the Python file.",
  ],
  other_way: [
    "本页由出具存证的单位提供。要不依赖该单位验证，请用包内的 baton-verify.py（Python，离线）或照 VERIFY.md 用 openssl 手工验证。",
    "This page comes from whoever hands out the evidence. To check without them, use the Python " +
      "file in the bundle, or openssl as VERIFY.md says.",
  ],
});

/** The verdict in a word or two, as it stands on a mark. */
export const verdictShort: Record<Verdict, Pair> = {
  VALID: ["有效", "Valid"],
  "VALID-UNWITNESSED": ["有效，见证不足", "Valid, too few witnesses"],
  "CONSISTENT-BUT-UNTRUSTED": ["一致，未核对来源", "Consistent, source unchecked"],
  INCOMPLETE: ["不完整", "Incomplete"],
  INVALID: ["无效", "Invalid"],
};

export const verdictWords: Record<Verdict, Pair> = {
  VALID: ["验证通过", "Everything holds"],
  "VALID-UNWITNESSED": [
    "验证通过，但仅有日志自身签名，见证不足",
    "Everything holds, on the word of the log alone",
  ],
  "CONSISTENT-BUT-UNTRUSTED": [
    "内部一致，但没有包外的信任依据",
    "Of one mind, and nobody from outside vouches for it",
  ],
  INCOMPLETE: ["现有内容有效，但有缺失、未披露或已删除", "What is there holds, something is not there"],
  INVALID: ["内容被改动、删除或伪造", "Changed, removed or forged"],
};
