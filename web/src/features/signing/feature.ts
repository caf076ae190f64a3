/** Signing: one document, one's own means, the company's certificates 电子签署. */
import { KeyOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const signing: Feature = {
  routes: [
    { path: "/signings/:id", lazy: () => import("./SigningPage") },
    { path: "/signature", lazy: () => import("./MySignature") },
    { path: "/system/certificates", lazy: () => import("./Certificates") },
  ],
  places: [
    {
      to: "/system/certificates",
      label: ["签署证书", "Certificates"],
      icon: KeyOutlined,
      needs: "system.manage",
      group: "system",
    },
  ],
};
