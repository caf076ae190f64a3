/** Documents: everything that was issued on paper 文书. */
import { FileProtectOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const documents: Feature = {
  routes: [{ path: "/documents", lazy: () => import("./DocumentList") }],
  places: [
    {
      to: "/documents",
      label: ["文书", "Documents"],
      icon: FileProtectOutlined,
      needs: "document.read",
    },
  ],
};
