/** Addresses and their pages, each loaded when first visited 路由. */
import { createBrowserRouter } from "react-router";
import { features } from "./features";
import { Frame } from "./Frame";
import { Guard } from "./Guard";
import { NotFound } from "./NotFound";
import { RouteProblem } from "./RouteProblem";
import { Loading } from "@/ui/Loading";

export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteProblem,
    HydrateFallback: Loading,
    children: [
      { path: "/login", lazy: () => import("@/features/session/SignIn") },
      { path: "/verify", lazy: () => import("@/features/verify/VerifyPage") },
      {
        Component: Guard,
        children: [
          { path: "/password", lazy: () => import("@/features/session/NewPassword") },
          {
            Component: Frame,
            children: [
              {
                ErrorBoundary: RouteProblem,
                children: [
                  ...features.flatMap(({ routes }) => routes),
                  { path: "*", Component: NotFound },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
]);
