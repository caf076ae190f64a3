// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import dayjs from "dayjs";
import { afterEach, describe, expect, it } from "vitest";
import { asked, Preview } from "./WouldTake";

afterEach(cleanup);

const typed = { kind: "refund", receipt_id: "rcp_1", on: dayjs("2026-11-28") } as const;

describe("what is asked about", () => {
  it("is nothing while something is missing", () => {
    for (const amount of [undefined, "", "0", "viel"]) {
      expect(asked("inv_1", { ...typed, amount })).toBe("");
    }
    expect(asked("inv_1", { kind: "refund", on: typed.on, amount: "1" })).toBe("");
  });

  it("names the receipt of a refund and none of a bad debt", () => {
    const refund = JSON.parse(asked("inv_1", { ...typed, amount: "1200.5" })) as object;
    expect(refund).toEqual({
      kind: "refund",
      invoice_id: "inv_1",
      receipt_id: "rcp_1",
      on: "2026-11-28",
      amount: { amount: "1200.50", currency: "CNY" },
    });
    const lost = asked("inv_1", { ...typed, kind: "bad_debt", amount: "1" });
    expect(lost).not.toContain("receipt_id");
  });
});

describe("what it would take back", () => {
  const yuan = (amount: string) => ({ amount, currency: "CNY" });
  const person = { id: "emp_1", number: "E002", name: "张三" };

  it("says from whom, how much, and from when on", () => {
    const people = [{ person, amount: yuan("123.45") }];
    render(<Preview of={{ month: "2026-11", people, others: false }} />);
    expect(screen.getByText(/将收回提成：张三 .*123\.45.*（2026-11 起抵扣）/)).toBeTruthy();
  });

  it("says without figures what the reader may not see", () => {
    const { container } = render(<Preview of={{ month: "2026-11", people: [], others: true }} />);
    expect(screen.getByText(/将收回相关人员的提成/)).toBeTruthy();
    expect(container.textContent).not.toMatch(/\d\.\d\d/);
  });

  it("says when nothing is taken back", () => {
    render(<Preview of={{ month: null, people: [], others: false }} />);
    expect(screen.getByText("不收回提成。")).toBeTruthy();
  });
});
