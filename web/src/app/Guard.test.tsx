// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { App } from "antd";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { endSession, resumeSession, sessionQuery, useSession, type Session } from "@/api/session";
import { Problem } from "@/lib/problem";
import { Loaded } from "@/ui/Loaded";
import { Guard } from "./Guard";

const session = (id: string, name: string, ...permissions: string[]): Session => ({
  login: { id, number: id, name, must_change_password: false, mode: "normal" },
  roles: [],
  permissions: Object.fromEntries(permissions.map((one) => [one, "own"])),
  company: "永定机床有限公司",
  today: "2026-11-29",
});

const ask = vi.fn<() => Promise<string>>();

function Page() {
  const { permissions } = useSession();
  const query = useQuery({ queryKey: ["customers"], queryFn: ask, retry: false });
  return (
    <Loaded query={query}>
      {(told) => (
        <label>
          {told} {Object.keys(permissions).join()} <input aria-label="备注" />
        </label>
      )}
    </Loaded>
  );
}

let client: QueryClient;

async function open() {
  client = new QueryClient();
  client.setQueryData(sessionQuery.queryKey, session("E1", "周明", "customer.write"));
  const router = createMemoryRouter([
    { Component: Guard, children: [{ path: "/", Component: Page }] },
    { path: "/login", element: <p>登录页</p> },
  ]);
  render(
    <App>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </App>,
  );
  await screen.findByText(/第一次/);
}

const field = () => screen.getByLabelText<HTMLInputElement>("备注");

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addListener() {}, removeListener() {} }));
  ask.mockReset().mockResolvedValueOnce("第一次").mockRejectedValueOnce(new Problem(401));
  ask.mockResolvedValue("第二次");
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Types something, and loses the session to a question in the background. */
async function typeAndEnd(code?: string) {
  await open();
  fireEvent.change(field(), { target: { value: "客户要求下周再谈" } });
  await act(async () => {
    await client.refetchQueries({ queryKey: ["customers"] });
    endSession(client, code);
  });
  await screen.findByRole("dialog");
}

test("a session that ends asks to sign in over the page and keeps what was typed", async () => {
  await typeAndEnd();
  expect(screen.getByLabelText<HTMLInputElement>("工号").value).toBe("E1");
  expect(field().value).toBe("客户要求下周再谈");
  expect(screen.queryByText("登录页")).toBeNull();
  expect(screen.queryByText("这个浏览器里换了人登录")).toBeNull();
});

test("the dialog says so where somebody else has signed in", async () => {
  await typeAndEnd("session.other_person");
  expect(screen.getByText("这个浏览器里换了人登录")).toBeTruthy();
  // What is refused afterwards changes nothing about why it ended.
  act(() => endSession(client, "session.ended"));
  expect(screen.getByText("这个浏览器里换了人登录")).toBeTruthy();
});

test("the same person goes on, with what they may do now and what is there now", async () => {
  await typeAndEnd();
  await act(async () => {
    expect(resumeSession(client, session("E1", "周明", "departure.read"))).toBe(true);
  });
  await screen.findByText(/第二次 departure.read/);
  expect(field().value).toBe("客户要求下周再谈");
  expect(screen.queryByLabelText("工号")).toBeNull();
});

test("somebody else does not go on, and the page stays covered", async () => {
  await typeAndEnd();
  await act(async () => {
    expect(resumeSession(client, session("E2", "李红"))).toBe(false);
  });
  expect(screen.getByLabelText("工号")).toBeTruthy();
  expect(client.getQueryData(sessionQuery.queryKey)?.login.id).toBe("E1");
});
