/** No such page 页面不存在. */
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import { words } from "@/lib/words";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";

const notFoundWords = words({
  title: ["页面不存在", "No such page"],
  why: [
    "链接可能已失效，或书写有误。请从导航进入，或返回工作台。",
    "The link may be outdated or mistyped. Use the menu, or go back to the desk.",
  ],
  home: ["返回工作台", "Go to the desk"],
});

export function NotFound() {
  const w = useWords(notFoundWords);
  return (
    <>
      <PageHeader title={w("title")} />
      <EmptyState title={w("title")} why={w("why")} next={<Link to="/">{w("home")}</Link>} />
    </>
  );
}
