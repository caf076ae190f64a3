/** What somebody should look at, for the security officer 预警. */
import { AlertOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";
import { AlertBadge } from "./AlertBadge";

export const alert: Feature = {
  routes: [{ path: "/alerts", lazy: () => import("./AlertList") }],
  places: [
    {
      to: "/alerts",
      label: ["预警", "Alerts"],
      icon: AlertOutlined,
      needs: "alert.read",
      badge: AlertBadge,
    },
  ],
};
