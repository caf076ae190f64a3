/** A page that broke while it was drawn or loaded 页面故障. */
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useRouteError } from "react-router";
import { useWords } from "@/lib/language";
import { Problem } from "@/lib/problem";
import { words } from "@/lib/words";
import { EmptyState } from "@/ui/EmptyState";
import { answers } from "./answers";
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
  const [gone, setGone] = useState(false);
  useEffect(() => {
    void answers().then((there) => setGone(!there));
  }, []);
  const reload = () => location.reload();
  // Reloading without a server would leave nothing on the screen, not even this.
  const again = () => void answers().then((there) => there && reload());
  if (gone) return <ErrorState whole problem={new Problem(0)} onRetry={again} />;
  if (thrown instanceof Problem) return <ErrorState whole problem={thrown} onRetry={reload} />;
  const button = <Button onClick={reload}>{w("reload")}</Button>;
  return <EmptyState whole title={w("title")} why={w("why")} next={button} />;
}
