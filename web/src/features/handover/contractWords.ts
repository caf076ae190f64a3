import { words } from "@/lib/words";

export const contractWords = words({
  open: ["有合同要交给别人？", "Contracts for somebody else?"],
  change: ["更换接手人", "Somebody else"],
  of: ["{what}「{thing}」", "{what} {thing}"],
  title: ["哪些合同交给别人", "Which contracts go to somebody else"],
  means: [
    "选中的合同交给您指定的人，客户和其余合同仍交给客户的接替人。" +
      "合同没收的款、没做完的订单跟着合同走（您另行指定的除外），提成也跟着合同算；" +
      "以后客户再换人，这些合同不跟着变。",
    "The contracts chosen here go to the person you name; the customer and its other " +
      "contracts go to the customer’s successor. Open invoices and orders go with the contract, " +
      "unless you gave them to somebody by hand, and so does the commission. When the customer " +
      "changes hands again, these contracts stay.",
  ],
  contracts: ["合同", "Contracts"],
  choose: ["请勾选合同", "Choose contracts"],
  to: ["交给谁", "To whom"],
  who: ["请选择接手人", "Choose somebody"],
  confirm: ["单独交给他", "Hand over"],
  done: ["合同的接手人已更新，相关接替人需答复", "Changed; whoever is concerned answers"],
  with_customer: ["随客户一起走", "Goes with the customer"],
  apart: ["单独交给 {name}", "Goes to {name}"],
  apart_nobody: ["单独交接，尚未指定", "By itself, nobody yet"],
  standing: ["以前已单独交接，不随客户走", "Handed over by itself before"],
  open_amount: ["未收", "Open"],
  papers: ["发票 {invoices} 张、订单 {orders} 张", "{invoices} invoices, {orders} orders"],
  rejoin: ["「{title}」改回随客户走", "{title} goes with the customer again"],
  how_apart: ["单独交接", "By itself"],
  how_with_contract: ["随合同", "With its contract"],
});
