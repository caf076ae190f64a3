/** The shell around the pages, with the places this person may go to 页面框架. */
import { Suspense } from "react";
import { Outlet, ScrollRestoration } from "react-router";
import { holds, useSession } from "@/api/session";
import { AccountMenu } from "@/features/session/AccountMenu";
import { HandoverBanner } from "@/features/session/HandoverBanner";
import { Loading } from "@/ui/Loading";
import { AppShell } from "@/ui/shell/AppShell";
import { UnsavedGuard } from "@/ui/unsaved";
import { features } from "./features";

export function Frame() {
  const session = useSession();
  const places = features
    .flatMap((feature) => feature.places)
    .filter(({ needs }) => holds(session, needs))
    .filter(({ person }) => !person || session.login.employee_id);
  return (
    <AppShell places={places} account={<AccountMenu />} banner={<HandoverBanner />}>
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
      <ScrollRestoration />
      <UnsavedGuard />
    </AppShell>
  );
}
