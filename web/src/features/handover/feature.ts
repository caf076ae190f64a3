/** Handover plans: who takes what, shown in counts and money before anything moves 交接. */
import { SwapOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const handover: Feature = {
  routes: [
    { path: "/plans", lazy: () => import("./PlanList") },
    { path: "/plans/:id", lazy: () => import("./PlanPage") },
  ],
  places: [
    { to: "/plans", label: ["交接方案", "Handover plans"], icon: SwapOutlined, needs: "handover.read" },
  ],
};
