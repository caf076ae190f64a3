/** The system itself: logins, roles, the working calendar, jobs, state 系统. */
import {
  ApartmentOutlined,
  CalendarOutlined,
  FieldTimeOutlined,
  HeartOutlined,
  IdcardOutlined,
  PartitionOutlined,
} from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const system: Feature = {
  routes: [
    { path: "/system/logins", lazy: () => import("./Logins") },
    { path: "/system/roles", lazy: () => import("./RoleMatrix") },
    { path: "/system/flows", lazy: () => import("./Flows") },
    { path: "/system/calendar", lazy: () => import("./WorkingCalendar") },
    { path: "/system/jobs", lazy: () => import("./Jobs") },
    { path: "/system/state", lazy: () => import("./SystemState") },
  ],
  places: [
    {
      to: "/system/logins",
      label: ["账号与角色", "Logins and roles"],
      icon: IdcardOutlined,
      needs: "login.manage",
      group: "system",
    },
    {
      to: "/system/roles",
      label: ["角色权限矩阵", "Roles and permissions"],
      icon: ApartmentOutlined,
      needs: "system.read",
      group: "system",
    },
    {
      to: "/system/flows",
      label: ["流程", "Flows"],
      icon: PartitionOutlined,
      needs: "approval.manage",
      group: "system",
    },
    {
      to: "/system/calendar",
      label: ["工作日历", "Working calendar"],
      icon: CalendarOutlined,
      needs: ["system.read", "people.write"],
      group: "system",
    },
    {
      to: "/system/jobs",
      label: ["后台任务", "Background jobs"],
      icon: FieldTimeOutlined,
      needs: "system.manage",
      group: "system",
    },
    {
      to: "/system/state",
      label: ["系统状态", "State of the system"],
      icon: HeartOutlined,
      needs: "system.read",
      group: "system",
    },
  ],
};
