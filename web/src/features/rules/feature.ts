/** Decision tables: rules that people read as a grid 决策表. */
import { TableOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const rules: Feature = {
  routes: [
    { path: "/rules", lazy: () => import("./Tables") },
    { path: "/rules/new", lazy: () => import("./EditorPage") },
    { path: "/rules/:id", lazy: () => import("./TablePage") },
    { path: "/rules/:id/edit", lazy: () => import("./EditorPage") },
  ],
  places: [
    {
      to: "/rules",
      label: ["决策表", "Tables"],
      icon: TableOutlined,
      needs: "rules.read",
    },
  ],
};
