// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, screen } from "@testing-library/react";
import { App } from "antd";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { ONCE } from "@/api/client";
import { Problem } from "@/lib/problem";
import { heldUnder, useAct, type Once } from "./useAct";

afterEach(cleanup);

function within({ children }: { children: ReactNode }) {
  return (
    <App>
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    </App>
  );
}

/** Submits once for each answer, and returns the keys that were sent. */
async function keysFor(...answers: (Problem | "done")[]): Promise<string[]> {
  const run = vi.fn(async (_: string, once: Once) => once[ONCE]);
  for (const answer of answers) {
    run.mockImplementationOnce(async () => {
      if (answer !== "done") throw answer;
      return answer;
    });
  }
  const { result } = renderHook(() => useAct({ run }), { wrapper: within });
  for (const answer of answers) {
    await act(async () => {
      await result.current.mutateAsync(String(answer)).catch(() => undefined);
    });
  }
  return run.mock.calls.map(([, once]) => once[ONCE]);
}

test("after a lost answer or a fault the same submission is sent again", async () => {
  const keys = await keysFor(new Problem(0), new Problem(503), "done");
  expect(new Set(keys).size).toBe(1);
});

test("after it was done, or refused, the next is a new submission", async () => {
  const keys = await keysFor("done", new Problem(409), "done");
  expect(new Set(keys).size).toBe(3);
});

test("a refusal is told in words, with what would help", async () => {
  await keysFor(new Problem(409, { detail: "归属已冻结", remedy: "请通过交接方案办理。" }));
  expect(await screen.findByText("归属已冻结。请通过交接方案办理。")).toBeTruthy();
});

test("what waits for an approval is told as waiting, with the way to it", async () => {
  const held = { id: null, entry: null, case_id: "cas_1" };
  const run = vi.fn(async (input: string) => (input ? held : null));
  const { result } = renderHook(() => useAct({ run, done: "已移交" }), { wrapper: within });
  await act(async () => {
    await result.current.mutateAsync("go");
  });
  expect(await screen.findByText(/已提交审批，还没有执行/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "查看审批进度" }).getAttribute("href")).toBe(
    "/cases/cas_1",
  );
  expect(screen.queryByText("已移交")).toBeNull();
});

test("only the answer without a thing of its own is a held one", () => {
  expect(heldUnder({ id: null, entry: null, case_id: "cas_1" })).toBe("cas_1");
  expect(heldUnder({ id: "cus_1", entry: 7, case_id: null })).toBeUndefined();
  expect(heldUnder({ case_id: "cas_1", state: "running" })).toBeUndefined();
  expect(heldUnder(undefined)).toBeUndefined();
});
