/** Employees and departments 员工与组织. */
import { TeamOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const people: Feature = {
  routes: [
    { path: "/employees", lazy: () => import("./EmployeeList") },
    { path: "/employees/:id", lazy: () => import("./EmployeePage") },
    { path: "/departments", lazy: () => import("./DepartmentTree") },
  ],
  places: [
    { to: "/employees", label: ["员工与组织", "People"], icon: TeamOutlined, needs: "people.read" },
  ],
};
