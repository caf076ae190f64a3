/** What asks a table, in words 决策表的用处. */
import { listed } from "@/lib/marks";
import type { Say } from "@/lib/words";
import type { TableItem } from "./calls";
import type { ruleWords } from "./words";

export function usesOf(of: TableItem["used_by"], w: Say<typeof ruleWords>): string {
  if (of.length === 0) return w("unused");
  const names = of.map(({ kind, name }) => {
    if (kind === "plan") return w("use_plan", { name });
    return kind === "handover" ? w("use_handover", { number: name }) : w("use_crediting");
  });
  return w("used_by", { names: listed(names) });
}
