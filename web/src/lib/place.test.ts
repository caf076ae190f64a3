import { expect, test } from "vitest";
import { placeOf } from "./place";

test("a task leads to the page on which its work is done", () => {
  const task = (subject: string, node: string, state: "open" | "done" = "open") =>
    placeOf({ case_id: "cas_1", subject, node, state });
  expect(task("departure/dep_1", "plan")).toBe("/departures/dep_1");
  expect(task("departure/dep_1", "certificate")).toBe("/departures/dep_1");
  expect(task("departure/dep_1", "interview")).toBe("/cases/cas_1");
  expect(task("departure/dep_1", "plan", "done")).toBe("/cases/cas_1");
  expect(task("customer/cus_1", "accept")).toBe("/cases/cas_1");
  expect(task("objection/2026-11/0a", "answer")).toBe("/commission/objections");
  expect(task("unknown", "plan")).toBe("/cases/cas_1");
  expect(task("plan/pln_1", "accept")).toBe("/plans/pln_1");
  expect(task("plan/pln_1", "manager")).toBe("/cases/cas_1");
});
