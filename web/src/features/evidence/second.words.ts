import { words } from "@/lib/words";

/** Apart from the words of the menu, which every first load carries. */
export const secondWords = words({
  second: ["国密日志", "SM log"],
  second_note: [
    "同样的存证另记入一份国密日志：树用 SM3，树根用 SM2 签名，供须出示商用密码算法的场合。公共见证方不能核验它；证明以第一份日志为准。",
    "The same entries in a second log, hashed with SM3 and signed with SM2, for those who must " +
      "show commercial cryptography. Public witnesses cannot check it; the first log is the " +
      "one of record.",
  ],
  second_size: ["已签名", "Signed"],
  second_entries: ["{size} 条", "{size} entries"],
  second_behind: ["落后于日志", "Behind the log"],
  second_at: ["签名时间", "Signed at"],
  second_never: ["尚未签名，一分钟内会自动跟上", "Not yet; it follows within a minute"],
  second_origin: ["名称", "Name"],
  second_key: ["公钥（SM2）", "Public key (SM2)"],
  second_head: ["签名的树根（SM3）", "Signed root (SM3)"],
});
