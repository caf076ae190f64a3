/** The system itself: logins, roles, the working calendar 系统. */
import {
  ApartmentOutlined,
  CalendarOutlined,
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
  ],
};
