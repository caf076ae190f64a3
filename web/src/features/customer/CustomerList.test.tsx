// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, it, vi } from "vitest";
import type * as sessions from "@/api/session";
import type * as calls from "./calls";
import { Component } from "./CustomerList";

vi.mock("@/api/session", async (original) => ({
  ...(await original<typeof sessions>()),
  useCan: () => () => false,
  useSession: () => ({ login: { employee_id: null } }),
}));
vi.mock("./calls", async (original) => ({
  ...(await original<typeof calls>()),
  filterWords: { queryKey: ["words"], queryFn: async () => ({}) },
  listCustomers: async () => ({
    items: [{ id: "cus_1", number: "C1", name: "海川机械", owner: { id: "emp_1", name: "丁敏" } }],
  }),
}));

afterEach(cleanup);

it("calls the person whose customers a link shows by name", async () => {
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={["/customers?owner=emp_1"]}>
        <Component />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  await screen.findByText("海川机械");
  expect(screen.getAllByText("丁敏").length).toBeGreaterThan(1);
  expect(container.textContent).not.toContain("emp_1");
});
