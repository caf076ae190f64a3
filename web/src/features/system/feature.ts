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
import { systemWords } from "./words";

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
      label: systemWords.logins,
      icon: IdcardOutlined,
      needs: "login.manage",
      group: "system",
    },
    {
      to: "/system/roles",
      label: systemWords.roles,
      icon: ApartmentOutlined,
      needs: "system.read",
      group: "system",
    },
    {
      to: "/system/flows",
      label: systemWords.flows,
      icon: PartitionOutlined,
      needs: "approval.manage",
      group: "system",
    },
    {
      to: "/system/calendar",
      label: systemWords.calendar,
      icon: CalendarOutlined,
      needs: ["system.read", "people.write"],
      group: "system",
    },
    {
      to: "/system/jobs",
      label: systemWords.jobs,
      icon: FieldTimeOutlined,
      needs: "system.manage",
      group: "system",
    },
    {
      to: "/system/state",
      label: systemWords.system_state,
      icon: HeartOutlined,
      needs: "system.read",
      group: "system",
    },
  ],
};
