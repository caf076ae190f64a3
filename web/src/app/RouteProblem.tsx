/** A page that broke while it was drawn or loaded 页面故障. */
import { Button } from "antd";
import { useRouteError } from "react-router";
import { useWords } from "@/lib/language";
import { Problem } from "@/lib/problem";
import { words } from "@/lib/words";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";

const routeWords = words({
  title: ["页面未能打开", "The page could not be opened"],
  why: [
    "系统可能刚刚升级。请刷新页面；如仍不能打开，请联系系统管理员。",
    "The system may just have been upgraded. Reload; if it persists, tell the administrator.",
  ],
  reload: ["刷新页面", "Reload"],
});

export function RouteProblem() {
  const w = useWords(routeWords);
  const thrown = useRouteError();
  const reload = () => location.reload();
  if (thrown instanceof Problem) return <ErrorState whole problem={thrown} onRetry={reload} />;
  const again = <Button onClick={reload}>{w("reload")}</Button>;
  return <EmptyState whole title={w("title")} why={w("why")} next={again} />;
}
