/** Evidence bundles: what is handed out of a departure, and to whom 存证包. */
import type { Feature } from "@/ui/shell/feature";

export const bundle: Feature = {
  routes: [{ path: "/departures/:id/bundle", lazy: () => import("./BundlePage") }],
  places: [],
};
