/** Bringing in what other systems hold 导入. */
import { ImportOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const imports: Feature = {
  routes: [
    { path: "/imports", lazy: () => import("./ImportList") },
    { path: "/imports/:id", lazy: () => import("./ImportPage") },
  ],
  places: [
    { to: "/imports", label: ["导入", "Imports"], icon: ImportOutlined, needs: "import.run" },
  ],
};
