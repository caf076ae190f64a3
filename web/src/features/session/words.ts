import { words } from "@/lib/words";

export const sessionWords = words({
  title: ["登录", "Sign in"],
  claim: [
    "客户、回款、提成与凭证，在同一时刻完成交接。",
    "Customers, receivables, commission and proof change hands at one moment.",
  ],
  claim_customers: ["客户归属连续可查", "Ownership without gaps"],
  claim_money: ["回款责任与提成同日切换", "Receivables and commission move together"],
  claim_proof: ["每一步都有可验证的存证", "Every step leaves verifiable evidence"],
  number: ["工号", "Employee number"],
  number_missing: ["请输入工号", "Enter your employee number"],
  password: ["密码", "Password"],
  password_missing: ["请输入密码", "Enter your password"],
  enter: ["登录", "Sign in"],
  forgotten: [
    "忘记密码请联系安全管理员重置。",
    "Forgot it? Ask your security administrator for a reset.",
  ],
  verify: ["验证收到的存证包，无需登录", "Check an evidence bundle without signing in"],
  filed: ["离职已提交（{number}）", "Your resignation {number} is filed"],
  filed_why: [
    "提交后原来的登录随即失效。请重新登录，查看进度、交接自己的客户。",
    "Filing it ended your session. Sign in again to follow it and to hand over your customers.",
  ],
  ended: [
    "您的登录已失效（例如：已提交离职申请、密码已重置或长时间未操作）",
    "You have been signed out (a resignation was filed, the password was reset, or you were idle)",
  ],
  ended_other: [
    "这个浏览器里换了人登录",
    "Somebody else has signed in to this browser",
  ],
  ended_why: [
    "请重新登录。用 {name} 的账号登录后接着刚才的操作；如有填写的内容，登录后仍在。",
    "Sign in again. As {name} you go on where you were; anything you typed is still there then.",
  ],
  again_title: ["重新登录", "Sign in again"],
  give_up: ["不接着填了，回到登录页", "Give it up and go to the sign-in page"],
  signature: ["我的签名", "My signature"],
  change: ["修改密码", "Change password"],
  first_time: [
    "首次登录需要设置您自己的密码，设置完成后即可使用。",
    "At the first sign-in you set a password of your own; then you can start.",
  ],
  current: ["当前密码", "Current password"],
  next: ["新密码", "New password"],
  next_hint: [
    "至少 {min} 位，含数字、大小写字母、符号中的两种，不含工号。",
    "At least {min} characters, two of: digits, upper case, lower case, signs; not your number.",
  ],
  next_short: ["新密码至少 {min} 位", "At least {min} characters"],
  next_simple: [
    "请使用数字、大小写字母、符号中的至少两种",
    "Use at least two of digits, upper case, lower case and signs",
  ],
  next_number: ["新密码不能包含工号", "It must not contain your employee number"],
  next_same: ["新密码不能与当前密码相同", "It must differ from the current one"],
  again: ["再次输入新密码", "New password again"],
  again_differs: ["两次输入的新密码不一致", "The two do not match"],
  save: ["保存新密码", "Save the new password"],
  saved: ["密码已修改，请用新密码登录", "The password is changed; sign in with it"],
  leave: ["退出登录", "Sign out"],
  account: ["我的账号：", "My account: "],
  handover: [
    "您的离职正在办理，账号处于交接模式",
    "Your departure is under way; your login is in handover mode",
  ],
  handover_means: [
    "只能查看本人客户，可写跟进、新增联系人和商机；不能修改已有的客户资料和联系方式，" +
      "不能导出、不能变更客户归属，查看联系方式须说明原因。请配合完成交接清单。",
    "You see only your own customers and may add follow-ups, contacts and deals to them; what " +
      "stands there is not changed, nothing exported, no owner changed, and contact details are " +
      "shown for a stated reason only. Please complete your handover checklist.",
  ],
});
