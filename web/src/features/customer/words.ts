import { words } from "@/lib/words";

export const customerWords = words({
  customers: ["客户", "Customers"],
  note: [
    "您数据范围内的客户及其负责人、应收与最近跟进。",
    "The customers in your data scope, their owners, receivables and last follow-up.",
  ],
  number: ["客户编号", "Number"],
  name: ["客户名称", "Name"],
  owner: ["负责人", "Owner"],
  pool: ["公海", "Pool"],
  region: ["区域", "Region"],
  industry: ["行业", "Industry"],
  tier: ["客户分级", "Tier"],
  receivable: ["应收余额", "Open receivable"],
  overdue: ["逾期", "Overdue"],
  overdue_days: ["{days} 天", "{days} days"],
  not_overdue: ["未逾期", "Not overdue"],
  last_follow_up: ["最近跟进", "Last follow-up"],
  search: ["关键字", "Search"],
  search_hint: ["客户名称 / 编号", "Name or number"],
  empty: ["还没有客户", "No customers yet"],
  empty_why: [
    "客户由管理员从现有系统导入，或由主管分配给您；导入或分配后会出现在这里。",
    "Customers are imported by the administrator or allotted by your manager.",
  ],
});
