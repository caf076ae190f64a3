/** Customers, who owns them, and who did 客户. */
import { SolutionOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";
import { customerWords } from "./words";

export const customer: Feature = {
  routes: [
    { path: "/customers", lazy: () => import("./CustomerList") },
    { path: "/customers/:id", lazy: () => import("./CustomerPage") },
  ],
  places: [
    {
      to: "/customers",
      label: customerWords.customers,
      icon: SolutionOutlined,
      needs: "customer.read",
    },
  ],
};
