/** The evidence log: what happened, and its proof 存证. */
import { SafetyCertificateOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const evidence: Feature = {
  routes: [
    { path: "/evidence", lazy: () => import("./EvidenceList") },
    { path: "/evidence/log", lazy: () => import("./EvidenceLog") },
    { path: "/evidence/:index", lazy: () => import("./EvidenceEntry") },
  ],
  places: [
    {
      to: "/evidence",
      label: ["存证", "Evidence"],
      icon: SafetyCertificateOutlined,
      needs: ["evidence.read", "evidence.audit"],
    },
  ],
};
