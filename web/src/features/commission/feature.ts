/** Commission: who is paid what for a deal, and why 提成. */
import { AccountBookOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const commission: Feature = {
  routes: [
    { path: "/commission", lazy: () => import("./Statements") },
    { path: "/commission/objections", lazy: () => import("./Objections") },
    { path: "/commission/months", lazy: () => import("./Months") },
    { path: "/commission/months/:month/confirmations", lazy: () => import("./Confirmations") },
    { path: "/commission/months/:month/payments", lazy: () => import("./Payments") },
    { path: "/commission/plans", lazy: () => import("./Plans") },
    { path: "/commission/plans/new", lazy: () => import("./PlanEditor") },
    { path: "/commission/plans/:id/next", lazy: () => import("./PlanEditor") },
    { path: "/commission/deals", lazy: () => import("./Deals") },
  ],
  places: [
    {
      to: "/commission",
      label: ["提成", "Commission"],
      icon: AccountBookOutlined,
      needs: "commission.read",
    },
  ],
};
