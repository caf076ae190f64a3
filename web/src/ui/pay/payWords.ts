import { words } from "@/lib/words";

export const payWords = words({
  title: ["各月提成", "Commission by month"],
  note: ["最近 24 个月，按结算月份。", "The last 24 months, by the month of settlement."],
  means_payable: ["「应付」按到期日归月。", "“Due”: in the month it falls due."],
  means_handed: ["「已报发」：已导出给薪资发放。", "“To payroll”: exported for payment."],
  means_paid: ["「已发放」：财务登记的实际发放。", "“Paid”: as finance recorded it."],
  means_owed: [
    "「应发未发」：还没发到手（含未到发放日）。",
    "“Still owed”: not in hand yet, that not yet due included.",
  ],
  means_held: ["「暂扣」：因故暂不发放。", "“Kept back”: not paid for now."],
  none: ["还没有提成记录。", "Nothing was earned yet."],
  chart: [
    "{name}各月提成的柱状图；数字见下表",
    "Bars of the commission of {name} by month; the table below has the figures",
  ],
  month: ["月份", "Month"],
  stage: ["状态", "Stage"],
  earned: ["计提", "Earned"],
  taken_back: ["扣回", "Taken back"],
  payable: ["应付", "Due"],
  handed: ["已报发", "To payroll"],
  paid: ["已发放", "Paid"],
  owed: ["应发未发", "Still owed"],
  held: ["暂扣", "Kept back"],
  total: ["合计", "Total"],
  open: ["开放", "Open"],
  calculated: ["已核算", "Calculated"],
  reviewed: ["已复核", "Reviewed"],
  closed: ["已关账", "Closed"],
  ahead: ["未到结算", "Ahead"],
});
