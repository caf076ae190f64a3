// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, it } from "vitest";
import type { MyConfirmations } from "@/api/confirmations";
import { Waits } from "./ConfirmationWaits";

afterEach(cleanup);

const own = (month: string, days_left: number, reminded = false) => ({
  month,
  confirm_by: "2026-12-04",
  days_left,
  waiting: 3,
  reminded,
});

const shown = (of: MyConfirmations) =>
  render(
    <MemoryRouter>
      <Waits of={of} />
    </MemoryRouter>,
  );

it("asks for one's own statement, with the way there", () => {
  shown({ own: [own("2026-11", 2), own("2026-10", -1)], people: [] });
  const link = screen.getByText("请在 2026-12-04 前确认 2026-11 提成单");
  expect(link.getAttribute("href")).toBe("/commission?month=2026-11");
  expect(screen.getByText("还剩 2 天")).toBeTruthy();
  expect(screen.getByText("逾期未确认：2026-10 提成单（期限 2026-12-04）")).toBeTruthy();
  expect(screen.getByText("已过期限")).toBeTruthy();
});

it("tells a superior of all his people in one line", () => {
  const named = ["张三", "李四"].map((name, n) => ({ id: `emp_${n}`, number: `E${n}`, name }));
  const people = [
    {
      month: "2026-11",
      confirm_by: "2026-12-04",
      named,
      people: 7,
      told_at: "2026-12-05T01:00:00.000Z",
    },
  ];
  shown({ own: [], people });
  const link = screen.getByText("下属 7 人逾期未确认 2026-11 提成单");
  expect(link.getAttribute("href")).toBe(
    "/commission/months/2026-11/confirmations?state=overdue",
  );
  expect(screen.getByText("张三、李四 等")).toBeTruthy();
});

it("is not there when nothing waits", () => {
  expect(shown({ own: [], people: [] }).container.textContent).toBe("");
});
