import { words } from "@/lib/words";

export const documentWords = words({
  documents: ["文书", "Documents"],
  note: [
    "已出具的文书原样存档，不会改动；更正或补发另出一份。文件摘要写入存证。",
    "What was issued is kept as it was; a correction is another document. Digests are in the log.",
  ],
  number: ["编号", "Number"],
  kind: ["种类", "Kind"],
  employee: ["员工", "Employee"],
  issued_at: ["出具时间", "Issued at"],
  issued_by: ["出具人", "Issued by"],
  signing: ["签署", "Signatures"],
  code: ["校验码", "Verification code"],
  about: ["所属事项", "About"],
  part: ["客户或接替人", "Customer or receiver"],
  see: ["查看", "See"],
  open: ["打开 {number}", "Open {number}"],
  from: ["起", "From"],
  to: ["止", "To"],
  employee_hint: ["从员工页进入时自动填写", "Filled in by the page of a person"],
  empty_own: [
    "公司出具给您的文书会出现在这里。",
    "Papers issued to you appear here.",
  ],
  empty: ["还没有出具过文书", "No documents yet"],
  empty_why: [
    "在离职详情页可以预览和出具离职文书，在交接方案页出具客户、应收与提成文书。",
    "Documents are previewed and issued on the pages of departures and handover plans.",
  ],
});
