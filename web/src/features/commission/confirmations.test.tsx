// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { MonthAnswers } from "./calls";
import { Standing } from "./Confirmations";

afterEach(cleanup);

const month: MonthAnswers = {
  month: "2026-11",
  stage: "reviewed",
  days: [
    { day: "2026-12-04", reason: "", named_at: "2026-11-28T04:00:00.000Z" },
    { day: "2026-12-07", reason: "系统维护", named_at: "2026-11-29T04:00:00.000Z" },
  ],
  late: true,
  reminded_at: "2026-12-04T01:00:00.000Z",
  told_at: "2026-12-08T01:00:00.000Z",
  counts: { people: 10, confirmed: 6, objected: 1, waiting: 0, overdue: 3, paper: 1 },
  items: [],
  next_cursor: null,
  may: [],
};

it("says the day that counts, what was told, and the counts", () => {
  const { container } = render(<Standing of={month} />);
  expect(screen.getByText("确认期限 2026-12-07")).toBeTruthy();
  const told = "推后：系统维护 · 已提醒 2026-12-04 09:00 · 已告知上级 2026-12-08 09:00";
  expect(screen.getByText(told)).toBeTruthy();
  for (const part of ["应确认", "已确认", "逾期未确认", "已离职，请用书面方式"]) {
    expect(container.textContent).toContain(part);
  }
});

it("says so where nobody was asked by a day", () => {
  const none = { ...month, days: [], late: false, reminded_at: null, told_at: null };
  render(<Standing of={none} />);
  expect(screen.getByText("没有确认期限")).toBeTruthy();
});
