/** Choosing lines of a plan and somebody to take them 分配逻辑. */
import type { PersonName } from "@/api/people";
import { sumOf, type Money } from "@/lib/money";
import type { ItemView, Line, PlanChange, PlanView, Share } from "./calls";

/** The name of a line within its plan. */
export function keyOf({ kind, thing_id }: Line): string {
  return `${kind} ${thing_id}`;
}

export function lineOf({ kind, thing_id }: Line): Line {
  return { kind, thing_id };
}

/** Dragging a chosen row takes all the chosen ones along; any other row goes alone. */
export function dragged(row: Line, items: readonly Line[], selected: readonly string[]): Line[] {
  if (!selected.includes(keyOf(row))) return [lineOf(row)];
  return items.filter((item) => selected.includes(keyOf(item))).map(lineOf);
}

/**
 * Who may stand beside the table: those who have a share, those suggested for some line (the
 * oftenest first), and those called in by hand; never the one who leaves.
 */
export function candidates(
  shares: readonly Share[],
  items: readonly ItemView[],
  called: readonly PersonName[],
  from: string | undefined,
): PersonName[] {
  const counts = new Map<string, number>();
  const suggested: PersonName[] = [];
  for (const { suggestion } of items) {
    if (!suggestion) continue;
    const { person } = suggestion;
    if (!counts.has(person.id)) suggested.push(person);
    counts.set(person.id, (counts.get(person.id) ?? 0) + 1);
  }
  suggested.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
  const all = [...shares.map(({ successor }) => successor), ...suggested, ...called];
  const known = new Map(all.map((person) => [person.id, person]));
  if (from) known.delete(from);
  return [...known.values()];
}

/** Whether the plan is like this already, as far as the lines on screen tell. */
export function changesNothing(
  wanted: PlanChange,
  { effective_on }: Pick<PlanView, "effective_on">,
  items: readonly ItemView[],
): boolean {
  const all = (lines: readonly Line[], successor: string | undefined) =>
    lines.every((line) => {
      const item = items.find((one) => keyOf(one) === keyOf(line));
      return item !== undefined && item.successor?.id === successor;
    });
  switch (wanted.change) {
    case "move_effective":
      return wanted.effective_on === effective_on;
    case "clear":
      return all(wanted.lines, undefined);
    case "assign":
      return all(wanted.lines, wanted.successor_id);
    default:
      return false;
  }
}

/** The word for a change that was made; the other ways of giving away are simply that. */
export function doneWord({ change }: PlanChange, asked: boolean) {
  switch (change) {
    case "accept_suggestions":
      return "suggestions_taken";
    case "clear":
    case "clear_successor":
      return "cleared";
    case "move_effective":
      return asked ? "day_moved" : "day_moved_draft";
    default:
      return "assigned";
  }
}

/**
 * What is owed with a line: its own receivable, or all that follow the customer it stands for. The
 * amount of any other line (a contract, an order, an opportunity) is what it is worth, not a debt.
 */
export function owedWith(of: ItemView): { open: Money; overdue: Money } | undefined {
  const { kind, amount, overdue, follows } = of;
  if (!owing.includes(kind)) return undefined;
  const owed = follows.filter((one) => one.kind === "receivable_responsibility");
  const own = kind === "receivable_responsibility" ? [{ amount, overdue }] : [];
  return {
    open: sumOf([...own, ...owed].map((one) => one.amount)),
    overdue: sumOf([...own, ...owed].map((one) => one.overdue)),
  };
}

const owing: readonly string[] = ["customer_ownership", "receivable_responsibility"];

/** What a line that is no debt is worth, where it has an amount at all. */
export function worthOf({ kind, amount }: ItemView): Money | undefined {
  const worth = ["contract", "order_in_progress", "opportunity"].includes(kind);
  return worth && amount.amount !== "0.00" ? amount : undefined;
}

/** Contracts that move: those that come with their customers and those that go apart from them. */
export function contractsIn({ by_kind }: Pick<Share["moves"], "by_kind">): number {
  return by_kind.contract ?? 0;
}

/** Whether pay moves: with customers, or with contracts by themselves. */
export function movesPay({ preview: { total } }: Pick<PlanView, "preview">): boolean {
  return total.customers > 0 || contractsIn(total) > 0;
}

/** Whether a line is a contract, or a customer some of whose contracts may go elsewhere. */
export function hasContracts({ kind, customer_id, follows }: ItemView): boolean {
  if (!customer_id) return false;
  if (kind === "contract") return true;
  const contracts = follows.filter((one) => one.kind === "contract");
  return kind === "customer_ownership" && contracts.some(({ count }) => count > 0);
}

/** The page of what a line is about; a task is named `case/item`. */
export function pageOf(line: Pick<ItemView, "kind" | "thing_id" | "customer_id">): string {
  if (line.customer_id) return `/customers/${line.customer_id}`;
  if (["pending_approval", "pending_task", "initiated_case"].includes(line.kind)) {
    return `/cases/${line.thing_id.split("/")[0]}`;
  }
  return "";
}
