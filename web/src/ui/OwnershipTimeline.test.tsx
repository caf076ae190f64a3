// @vitest-environment happy-dom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { SessionContext, type Session } from "@/api/session";
import { OwnershipTimeline, type Ownership } from "./OwnershipTimeline";

afterEach(cleanup);

const chen = { id: "emp_1", name: "陈杰", number: "10007" };
const feng = { id: "emp_2", name: "冯丽", number: "10002" };

// The server's day decides, whatever the browser's clock says.
const open = (today: string, of: readonly Ownership[]) =>
  render(
    <SessionContext value={{ today } as Session}>
      <OwnershipTimeline of={of} />
    </SessionContext>,
  );

test("tells every interval in words, the latest first, by the last day inside it", () => {
  open("2026-11-22", [
    { from: "2022-03-01", until: "2023-05-10", owner: chen, reason: "报备成功" },
    { from: "2023-05-10", until: "2023-06-01", owner: null, reason: "回收至公海" },
    { from: "2023-06-01", until: null, owner: feng, reason: "从公海领取" },
  ]);
  const [now, pool, first] = screen.getAllByRole("listitem");
  expect(now?.textContent).toContain("冯丽");
  expect(now?.textContent).toContain("至今");
  expect(pool?.textContent).toContain("公海");
  expect(pool?.textContent).toContain("22 天");
  expect(first?.textContent).toContain("2022-03-01 — 2023-05-09");
  expect(now?.textContent).not.toContain("待生效");
  expect(within(first as HTMLElement).getByText("10007")).toBeTruthy();
});

test("whoever owns it from the server's day on owns it to date", () => {
  open("2199-12-31", [{ from: "2199-12-31", until: null, owner: feng, reason: "离职交接" }]);
  expect(screen.getByRole("listitem").textContent).toContain("至今");
});

test("a handover still to come is told as such, not as lasting to date", () => {
  open("2026-11-22", [{ from: "2026-12-01", until: null, owner: feng, reason: "离职交接" }]);
  const [planned] = screen.getAllByRole("listitem");
  expect(planned?.textContent).toContain("2026-12-01 起");
  expect(planned?.textContent).toContain("待生效");
});
