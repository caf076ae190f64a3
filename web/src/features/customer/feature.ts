/** Customers, who owns them, and who did 客户. */
import { SolutionOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const customer: Feature = {
  routes: [
    { path: "/customers", lazy: () => import("./CustomerList") },
    { path: "/customers/:id", lazy: () => import("./CustomerPage") },
  ],
  places: [
    {
      to: "/customers",
      label: ["客户", "Customers"],
      icon: SolutionOutlined,
      needs: "customer.read",
    },
  ],
};
