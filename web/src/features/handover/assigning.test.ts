import { expect, test } from "vitest";
import {
  candidates,
  changesNothing,
  doneWord,
  dragged,
  hasContracts,
  keyOf,
  lineOf,
  owedWith,
  pageOf,
  worthOf,
} from "./assigning";
import type { ItemView, PlanChange, Share } from "./calls";

const person = (id: string) => ({ id, number: id, name: id });
const line = (thing_id: string, suggested?: string) =>
  ({
    kind: "customer_ownership",
    thing_id,
    label: thing_id,
    suggestion: suggested ? { person: person(suggested), score: 1, reasons: [] } : null,
  }) as unknown as ItemView;
const share = (id: string) => ({ successor: person(id) }) as Share;

const items = [line("a"), line("b"), line("c")];

test("dragging a chosen row takes the others along, in the order of the table", () => {
  const chosen = [line("c"), line("a")].map(keyOf);
  const found = dragged(line("a"), items, chosen);
  expect(found.map(({ thing_id }) => thing_id)).toEqual(["a", "c"]);
});

test("dragging a row that is not chosen takes only that row, without its particulars", () => {
  const chosen = [keyOf(line("a"))];
  expect(dragged(line("b"), items, chosen)).toEqual([
    { kind: "customer_ownership", thing_id: "b" },
  ]);
});

test("what would change nothing is known before it is sent", () => {
  const plan = { effective_on: "2026-12-01" };
  const given = { ...line("a"), successor: person("li") };
  const nothing = (change: PlanChange) => changesNothing(change, plan, [given, line("b")]);
  const [a, b] = [lineOf(given), lineOf(line("b"))];
  expect(nothing({ change: "move_effective", effective_on: "2026-12-01" })).toBe(true);
  expect(nothing({ change: "move_effective", effective_on: "2026-12-02" })).toBe(false);
  expect(nothing({ change: "clear", lines: [b] })).toBe(true);
  expect(nothing({ change: "clear", lines: [a, b] })).toBe(false);
  expect(nothing({ change: "assign", lines: [a], successor_id: "li" })).toBe(true);
  expect(nothing({ change: "assign", lines: [a, b], successor_id: "li" })).toBe(false);
  expect(nothing({ change: "accept_suggestions" })).toBe(false);
});

test("each change has its own word when it is done", () => {
  const word = (change: PlanChange, asked = false) => doneWord(change, asked);
  expect(word({ change: "clear_successor", successor_id: "li" })).toBe("cleared");
  expect(word({ change: "accept_suggestions" })).toBe("suggestions_taken");
  const later: PlanChange = { change: "move_effective", effective_on: "2026-12-02" };
  expect([word(later), word(later, true)]).toEqual(["day_moved_draft", "day_moved"]);
  expect(word({ change: "assign", lines: [], successor_id: "li" })).toBe("assigned");
});

test("candidates: sharers, then the oftenest suggested, then those called in, each once", () => {
  const lines = [line("a", "li"), line("b", "wu"), line("c", "wu"), line("d", "leaver")];
  const found = candidates([share("ho")], lines, [person("xu"), person("ho")], "leaver");
  expect(found.map(({ id }) => id)).toEqual(["ho", "wu", "li", "xu"]);
});

test("a line leads to its customer, a task to its case, a role nowhere", () => {
  const page = (kind: string, thing_id: string, customer_id: string | null = null) =>
    pageOf({ kind, thing_id, customer_id });
  expect(page("customer_ownership", "cus_1", "cus_1")).toBe("/customers/cus_1");
  expect(page("pending_task", "cas_1/7")).toBe("/cases/cas_1");
  expect(page("initiated_case", "cas_1")).toBe("/cases/cas_1");
  expect(page("line_manager_role", "emp_1")).toBe("");
});

test("contracts can be picked out of a customer that has any, and of a line of their own", () => {
  const of = (kind: string, customer_id: string | null, contracts: number) => {
    const follows = [{ kind: "contract", count: contracts }];
    return hasContracts({ kind, customer_id, follows } as unknown as ItemView);
  };
  expect(of("customer_ownership", "cus_1", 2)).toBe(true);
  expect(of("customer_ownership", "cus_1", 0)).toBe(false);
  expect(of("contract", "cus_1", 0)).toBe(true);
  expect(of("opportunity", "cus_1", 2)).toBe(false);
  expect(of("line_manager_role", null, 0)).toBe(false);
});

test("a contract is worth its amount and owes nothing; a customer owes what follows it", () => {
  const yuan = (amount: string) => ({ amount, currency: "CNY" });
  const follows = [
    { kind: "receivable_responsibility", amount: yuan("300.00"), overdue: yuan("100.00") },
    { kind: "contract", amount: yuan("9000.00"), overdue: yuan("0.00") },
  ];
  const of = (kind: string, amount: string, rest: unknown[] = []) =>
    ({ kind, amount: yuan(amount), overdue: yuan("0.00"), follows: rest }) as unknown as ItemView;
  expect(owedWith(of("contract", "9000.00"))).toBeUndefined();
  expect(worthOf(of("contract", "9000.00"))).toEqual(yuan("9000.00"));
  expect(owedWith(of("pending_task", "0.00"))).toBeUndefined();
  expect(worthOf(of("pending_task", "0.00"))).toBeUndefined();
  expect(owedWith(of("receivable_responsibility", "50.00"))?.open).toEqual(yuan("50.00"));
  expect(worthOf(of("receivable_responsibility", "50.00"))).toBeUndefined();
  const customer = owedWith(of("customer_ownership", "0.00", follows));
  expect(customer).toEqual({ open: yuan("300.00"), overdue: yuan("100.00") });
});
