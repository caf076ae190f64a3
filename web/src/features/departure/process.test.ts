import { expect, test } from "vitest";
import { dueOf, mayAcknowledge, mayServe, pageOf, standing } from "./process";

test("each step says one thing", () => {
  const said = (state: string, kind: "task" | "wait" = "task", overdue = false) =>
    standing({ state, kind, overdue }).word;
  expect(said("pending")).toBe("ahead");
  expect(said("active")).toBe("to_do");
  expect(said("active", "wait")).toBe("to_wait");
  expect(said("active", "task", true)).toBe("overdue");
  expect(said("passed", "task", true)).toBe("done");
  expect(said("rejected")).toBe("refused");
  expect(said("cancelled")).toBe("dropped");
});

test("what only waits is due at no time", () => {
  const due_at = "2027-05-19T10:00:00+08:00";
  expect(dueOf({ state: "active", kind: "task", due_at })).toBe(due_at);
  expect(dueOf({ state: "active", kind: "wait", due_at })).toBeUndefined();
  expect(dueOf({ state: "pending", kind: "task", due_at })).toBeUndefined();
  expect(dueOf({ state: "active", kind: "task", due_at: null })).toBeUndefined();
});

test("a dismissal is served, a notice confirmed, while its step is open", () => {
  const steps = (node: string, state: string) => [{ node, state }];
  expect(mayServe(steps("service", "active"))).toBe(true);
  expect(mayServe(steps("service", "pending"))).toBe(false);
  expect(mayAcknowledge(steps("acknowledge", "active"))).toBe(true);
  expect(mayAcknowledge(steps("acknowledge", "passed"))).toBe(false);
  expect(mayAcknowledge(steps("consent", "active"))).toBe(false);
});

test("accounts and assets are seen to where they stand, everything else in the case", () => {
  const of = { employee: { id: "emp_1" }, case_id: "case_1" };
  expect(pageOf({ node: "close_accounts" }, of)).toBe("/employees/emp_1?tab=assets");
  expect(pageOf({ node: "collect_assets" }, of)).toBe("/employees/emp_1?tab=assets");
  expect(pageOf({ node: "plan" }, of)).toBe("/cases/case_1");
  expect(pageOf({ node: "plan" }, { ...of, case_id: null })).toBeUndefined();
});
