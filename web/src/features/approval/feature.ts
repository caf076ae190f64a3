/** Tasks, and the cases they belong to 待办与流程. */
import { CheckSquareOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const approval: Feature = {
  routes: [
    { path: "/tasks", lazy: () => import("./TaskList") },
    { path: "/cases/:id", lazy: () => import("./CasePage") },
  ],
  places: [
    {
      to: "/tasks",
      label: ["我的待办", "My tasks"],
      icon: CheckSquareOutlined,
      needs: "approval.act",
      person: true,
    },
  ],
};
