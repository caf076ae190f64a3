/** Departures: the board, the filing, one departure 离职. */
import { UserDeleteOutlined } from "@ant-design/icons";
import type { Feature } from "@/ui/shell/feature";

export const departure: Feature = {
  routes: [
    { path: "/departures", lazy: () => import("./DepartureBoard") },
    { path: "/departures/new", lazy: () => import("./FileDeparture") },
    { path: "/departures/:id", lazy: () => import("./DeparturePage") },
  ],
  places: [
    {
      to: "/departures",
      label: ["离职", "Departures"],
      icon: UserDeleteOutlined,
      needs: "departure.read",
    },
  ],
};
