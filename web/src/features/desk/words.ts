import { words } from "@/lib/words";

export const deskWords = words({
  title: ["工作台", "Desk"],
  greeting: ["{name}，您好", "Hello, {name}"],
  today: ["今天是 {day}", "Today is {day}"],
  number: ["工号", "Employee number"],
  roles: ["角色", "Roles"],
  mode: ["账号状态", "Account"],
  mode_normal: ["正常", "Normal"],
  mode_handover: ["交接模式", "Handover mode"],
});
