/** The desk: the first page after signing in 工作台. */
import { DashboardOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const desk: Feature = {
  routes: [{ index: true, lazy: () => import("./Desk") }],
  places: [{ to: "/", label: ["工作台", "Desk"], icon: DashboardOutlined }],
};
