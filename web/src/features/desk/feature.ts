/** The desk: the first page after signing in 工作台. */
import { DashboardOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";
import { deskWords } from "./words";

export const desk: Feature = {
  routes: [{ index: true, lazy: () => import("./Desk") }],
  places: [{ to: "/", label: deskWords.title, icon: DashboardOutlined }],
};
