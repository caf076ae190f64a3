/** What the things are called that entries speak of, by the first part of `customer/cus_…` 主体. */
import type { Pair } from "@/lib/words";

const other: Pair = ["记录", "Record"];

export const subjectWords: Readonly<Record<string, Pair>> & { other: Pair } = {
  other,
  alert: ["预警", "Alert"],
  asset: ["资产", "Asset"],
  backup: ["备份", "Backup"],
  calendar: ["工作日历", "Working calendar"],
  case: ["流程", "Case"],
  contact: ["联系人", "Contact"],
  contract: ["合同", "Contract"],
  customer: ["客户", "Customer"],
  department: ["部门", "Department"],
  departure: ["离职", "Departure"],
  document: ["文书", "Document"],
  employee: ["员工", "Employee"],
  entity: ["法律主体", "Legal entity"],
  flow: ["流程定义", "Flow"],
  follow_up: ["跟进记录", "Follow-up"],
  held: ["待批准的动作", "Held act"],
  import: ["导入批次", "Import"],
  invoice: ["发票", "Invoice"],
  job: ["后台任务", "Job"],
  log: ["存证日志", "Evidence log"],
  login: ["账号", "Login"],
  opportunity: ["商机", "Opportunity"],
  order: ["订单", "Order"],
  plan: ["交接方案", "Handover plan"],
  post: ["岗位", "Post"],
};
