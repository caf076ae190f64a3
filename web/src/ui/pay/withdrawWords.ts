import { words } from "@/lib/words";

export const withdrawWords = words({
  withdraw: ["撤回误录", "Withdraw"],
  contracts: ["撤回误录的合同 {number}", "Withdraw contract {number}"],
  orders: ["撤回误录的订单 {number}", "Withdraw order {number}"],
  invoices: ["撤回误录的发票 {number}", "Withdraw invoice {number}"],
  receipts: ["撤回误录的回款 {number}", "Withdraw receipt {number}"],
  reversals: ["撤回误录的退款或坏账 {number}", "Withdraw refund or bad debt {number}"],
  refunds: ["撤回误录的余款退款 {number}", "Withdraw refund {number}"],
  means: [
    "只用于录错的单据：撤回后不再计入任何数，编号可以重新登记，存证里留下记录。已关账月份的提成不变，因它多发的在下一个未关账的月份收回。真实发生过的退款、坏账请登记退款或坏账。",
    "For mistakes only, not for refunds. What a closed month paid is taken back in an open one.",
  ],
  reversals_mean: [
    "只用于录错的退款或坏账：撤回后当作从未登记，编号可以重新登记，存证里留下记录。因它收回的提成随之恢复；当月已关账的，在下一个未关账的月份补回。",
    "Only for mistakes: it was never recorded. Commission it took is given back in an open month.",
  ],
  refunds_mean: [
    "只用于录错的退款：撤回后当作从未登记，这笔钱重新成为余款，编号可以重新登记，存证里留下记录。",
    "Only for mistakes: it was never recorded, and the money is left over again.",
  ],
  receipts_too: [
    "它核销过的发票会重新变为未收。",
    "What it had cleared is open again.",
  ],
  done: ["已撤回", "Withdrawn"],
});
