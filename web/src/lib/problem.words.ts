import { words } from "./words";

/** What is said when the server gives no words of its own. */
export const problemWords = words({
  unreachable: ["无法连接服务器", "The server cannot be reached"],
  unreachable_remedy: [
    "请检查网络连接后重试；您的填写内容仍保留在页面上。",
    "Check the network and try again; what you typed is still on the page.",
  ],
  invalid: ["提交的内容有误", "The request is not valid"],
  invalid_remedy: ["请按提示修改后重新提交。", "Correct the marked places and submit again."],
  signed_out: ["您的登录已失效", "You have been signed out"],
  signed_out_remedy: ["请重新登录。", "Please sign in again."],
  denied: ["您没有办理此事项的权限", "You may not do this"],
  denied_remedy: [
    "如确需办理，请联系直属上级或系统管理员授权。",
    "Ask your line manager or the system administrator.",
  ],
  missing: ["内容不存在，或您无权查看", "It does not exist, or you may not see it"],
  missing_remedy: [
    "请核对链接；客户交接后，原负责人可能不再能查看。",
    "Check the link; after a handover the former owner may no longer see a customer.",
  ],
  conflict: ["当前状态不允许此操作", "The current state does not allow this"],
  conflict_remedy: ["请刷新页面查看最新状态。", "Reload the page to see the current state."],
  stale: ["内容已被他人修改", "Someone else has changed this meanwhile"],
  stale_remedy: [
    "请刷新页面，核对最新内容后再提交。",
    "Reload the page, look at the current content and submit again.",
  ],
  refused: ["不予办理", "Refused"],
  refused_remedy: ["请按提示修改后重新提交。", "Correct the marked places and submit again."],
  busy: ["操作过于频繁", "Too many requests"],
  busy_remedy: ["请稍候再试。", "Please wait a little and try again."],
  fault: ["系统故障，本次操作未生效", "The system failed; nothing was changed"],
  fault_remedy: [
    "请稍后重试；如持续出现，请把追踪号告知系统管理员。",
    "Try again later; if it persists, give the trace number to the administrator.",
  ],
});
