import { words } from "@/lib/words";

/** Apart from the words of the menu, which every first load carries. */
export const clockWords = words({
  clock: ["可信时间戳", "Trusted timestamps"],
  clock_note: [
    "时间戳机构（RFC 3161）对检查点签发时间：此后任何人，包括持有日志密钥的人，都不能倒签或改写在此之前的存证。",
    "An authority (RFC 3161) says when a checkpoint stood: from then on nobody can back-date or " +
      "rewrite what is under it.",
  ],
  clock_none: [
    "未配置时间戳机构。请系统管理员在 baton.toml 中填写 tsa_certificates（及 tsa_url）。",
    "None configured. Name tsa_certificates (and tsa_url) in baton.toml.",
  ],
  clock_url: ["机构地址", "Asked at"],
  clock_by_hand: ["未配置地址，离线办理", "No address: carried by hand"],
  clock_authorities: ["信任的证书", "Certificates believed"],
  clock_age: ["最近一次", "Newest stamp"],
  clock_never: ["从未加盖", "Never"],
  clock_waiting: ["待加盖条目", "Entries waiting"],
  clock_late: [
    "已签名的存证逾期未加盖时间戳，请检查机构服务与网络，或离线办理。",
    "Signed entries have waited too long for a timestamp: check the service, or carry it by hand.",
  ],
  clock_ask: ["立即加盖", "Stamp now"],
  clock_asked: ["已加盖时间戳", "Stamped"],
  clock_question: ["生成请求文件（.tsq）", "Question to carry (.tsq)"],
  clock_answer: ["导入应答文件（.tsr）", "Import the answer (.tsr)"],
  clock_kept: ["应答文件有效，已采用", "The answer holds and was kept"],
  clock_line: ["前 {size} 条", "{size} entries"],
  clock_token: ["应答文件", "Answer"],
  clock_checkpoint: ["检查点文件", "Checkpoint"],
  clock_carried: ["离线办理", "By hand"],
  clock_keep: [
    "把应答文件与检查点文件另存到公司之外（如律师处）：即使数据库被整体替换，它们仍是证据。可用 openssl ts -verify 检查。",
    "Keep answer and checkpoint elsewhere: they still prove when the database is replaced.",
  ],
});
