import { words } from "@/lib/words";

export const creditWords = words({
  match: ["核销余款", "Match what is left"],
  match_of: ["核销余款：回款 {number}", "Match what is left: {number}"],
  left: [
    "回款 {number}（{customer}）还有 {money} 未核销。",
    "{money} is left of receipt {number} from {customer}.",
  ],
  note: [
    "已按到期日从早到晚填好，可以改；留空的发票不核销。核销日为今天，已关账的月份不变。",
    "Filled in by due day, oldest first; change it as needed. Dated today; closed months stay.",
  ],
  nothing_left: ["这笔回款没有余款了。", "Nothing is left of it."],
  nothing_open: [
    "客户没有未结清的发票；登记发票后再来核销。",
    "The customer owes nothing; come back when an invoice is entered.",
  ],
  line: ["{number} · 到期 {day} · 未收 {money}", "{number} · due {day} · open {money}"],
  wrong_amount: ["请填写金额，如 1200.50", "An amount like 1200.50"],
  at_most: ["最多 {money}", "At most {money}"],
  sum: ["本次核销 {sum}，还剩 {rest}", "Matched {sum}, left {rest}"],
  too_much: ["合计 {sum}，超过可核销的 {money}", "{sum} in all, more than the {money} there is"],
  nothing_named: ["请至少填写一张发票的金额", "Give an amount for one invoice at least"],
  done: ["余款已核销", "What was left is matched"],
  refund: ["退回余款", "Pay back"],
  refund_of: ["退回余款：回款 {number}", "Pay back what is left: {number}"],
  refund_means: [
    "余款还有 {money}，可以全部或部分退给客户。这部分钱没有核销发票、没有计过提成，退回不影响提成；已核销发票的款请在发票页登记退款。",
    "{money} is left; it earned nothing. What cleared an invoice goes back on that invoice’s page.",
  ],
  refund_number: ["退款单号", "Number of the refund"],
  refund_amount: ["退款金额", "Amount"],
  refund_on: ["退款日期", "Day"],
  refunded_ok: ["余款已退回，已登记", "It is recorded as paid back"],
  required: ["请填写此项", "Please fill this in"],
  waiting: ["该客户有未核销的余款，可以核销本发票", "Money of this customer is left over"],
  one: ["回款 {number} 余 {money}", "{number}: {money} left"],
});
