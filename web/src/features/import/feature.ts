/** Bringing in what other systems hold 导入. */
import { ImportOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";
import { importWords } from "./words";

export const imports: Feature = {
  routes: [
    { path: "/imports", lazy: () => import("./ImportList") },
    { path: "/imports/:id", lazy: () => import("./ImportPage") },
  ],
  places: [
    { to: "/imports", label: importWords.imports, icon: ImportOutlined, needs: "import.run" },
  ],
};
