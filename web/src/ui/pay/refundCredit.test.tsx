// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { refundCredit } from "@/api/credit";
import { SessionContext, type Session } from "@/api/session";
import { RefundButton } from "./RefundCredit";

vi.mock("@/api/credit", () => ({
  matched: [],
  refundCredit: vi.fn(() => Promise.resolve({ id: "rev_1" })),
}));

afterEach(cleanup);

const button = (left: string) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <SessionContext value={{ today: "2026-01-09" } as Session}>
          <RefundButton
            of={{
              id: "rcp_1",
              number: "HK-1",
              received_on: "2026-01-05",
              credit: { amount: left, currency: "CNY" },
            }}
          />
        </SessionContext>
      </App>
    </QueryClientProvider>,
  );

test("nothing goes back where nothing is left", () => {
  button("0.00");
  expect(screen.queryByRole("button")).toBeNull();
});

test("what is left is filled in, and sent with day and reason", async () => {
  button("150.00");
  fireEvent.click(screen.getByRole("button", { name: "退回余款：回款 HK-1" }));
  expect(screen.getByLabelText<HTMLInputElement>("退款金额").value).toBe("150.00");
  expect(screen.getByText("最多 ¥150.00")).toBeTruthy();
  fireEvent.change(screen.getByLabelText("退款单号"), { target: { value: " TK-1 " } });
  fireEvent.change(screen.getByLabelText("原因"), { target: { value: "客户多付" } });
  fireEvent.click(screen.getByRole("button", { name: "退回余款" }));
  await waitFor(() => expect(refundCredit).toHaveBeenCalledOnce());
  const [id, body] = vi.mocked(refundCredit).mock.calls[0] ?? [];
  expect(id).toBe("rcp_1");
  expect(body).toMatchObject({
    number: "TK-1",
    on: "2026-01-09",
    amount: { amount: "150.00", currency: "CNY" },
    reason: "客户多付",
  });
});
