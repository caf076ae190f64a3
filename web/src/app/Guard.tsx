/** Lets in only who is signed in and has a password of their own 登录守卫. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { onItsDay, SessionContext, sessionQuery, useEnded } from "@/api/session";
import { loginPath } from "@/lib/returnPath";
import { ErrorState } from "@/ui/ErrorState";
import { Loading } from "@/ui/Loading";

const SignInAgain = lazy(async () => {
  const { SignInAgain } = await import("@/features/session/SignInAgain");
  return { default: SignInAgain };
});

export function Guard() {
  const { pathname, search } = useLocation();
  const query = useQuery(sessionQuery);
  const ended = useEnded();
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return <ErrorState whole problem={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Navigate to={loginPath(pathname + search)} replace />;
  if (query.data.login.must_change_password && pathname !== "/password") {
    return <Navigate to="/password" replace />;
  }
  return (
    <SessionContext value={onItsDay(query.data, query.dataUpdatedAt)}>
      <Outlet />
      {ended && (
        <Suspense>
          <SignInAgain before={query.data} code={ended.code} />
        </Suspense>
      )}
    </SessionContext>
  );
}
