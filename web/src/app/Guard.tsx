/** Lets in only who is signed in and has a password of their own 登录守卫. */
import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { SessionContext, sessionQuery } from "@/api/session";
import { loginPath } from "@/lib/returnPath";
import { ErrorState } from "@/ui/ErrorState";
import { Loading } from "@/ui/Loading";

export function Guard() {
  const { pathname, search } = useLocation();
  const query = useQuery(sessionQuery);
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return <ErrorState whole problem={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Navigate to={loginPath(pathname + search)} replace />;
  if (query.data.login.must_change_password && pathname !== "/password") {
    return <Navigate to="/password" replace />;
  }
  return (
    <SessionContext value={query.data}>
      <Outlet />
    </SessionContext>
  );
}
