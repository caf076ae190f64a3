import { words } from "@/lib/words";

/** Apart from the words of the menu, which every first load carries. */
export const witnessWords = words({
  witnesses: ["见证方", "Witnesses"],
  witnesses_note: [
    "见证方在另一台机器上，只为与其签过的内容一致的日志签名；改写或回退日志会被其发现。",
    "They run elsewhere and sign only what continues what they signed; a rewritten log shows.",
  ],
  no_witnesses: [
    "未配置见证方：存证目前只凭公司自己的日志签名。请法务或财务在另一台机器上运行 baton witness，并在 baton.toml 中配置 witnesses。",
    "None configured: proofs rest on the log’s own word. Run “baton witness” on another machine " +
      "and name it in baton.toml.",
  ],
  witnesses_ask: ["立即请求签名", "Ask now"],
  witnesses_asked: ["已请求见证方签名", "The witnesses were asked"],
  witness_broken: [
    "见证方 {names} 签过的内容与现在的日志不符，日志可能被改写或丢失记录。请立即停用并联系审计人员。",
    "What {names} signed is not in this log: it was rewritten or lost entries. Call the auditor.",
  ],
  witness_late: [
    "见证方 {names} 逾期未签名，请检查其服务与网络。",
    "{names} did not sign in time; check the service and the network.",
  ],
  witness_is_broken: ["与日志不符", "Contradicts the log"],
  witness_is_late: ["逾期", "Late"],
  witness_is_well: ["正常", "Well"],
  witness_never: ["从未签名", "Never signed"],
  witness_size: ["已签名 {size} 条", "{size} entries signed"],
  witness_no_url: ["策略中没有地址，系统不会请求其签名", "The policy has no address for it"],
  age_minutes: ["{count} 分钟前", "{count} minutes ago"],
  age_hours: ["{count} 小时前", "{count} hours ago"],
  age_days: ["{count} 天前", "{count} days ago"],
  checkpoints: ["最近的检查点", "Newest checkpoints"],
  checkpoint_of: ["{size} 条", "{size} entries"],
  cosigned: ["{count} 个见证方已签名", "Signed by {count} witnesses"],
  not_cosigned: ["无见证方签名", "No witness"],
});
