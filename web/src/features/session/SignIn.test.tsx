// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, it } from "vitest";
import { sessionQuery } from "@/api/session";
import { forgetFiled, keepFiled } from "@/lib/farewell";
import { Component } from "./SignIn";

afterEach(() => {
  cleanup();
  forgetFiled();
});

function visit() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(sessionQuery.queryKey, null);
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={["/login"]}>
        <Component />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

it("tells whoever filed a resignation that it is in, and under which number", () => {
  keepFiled("LZ2026-0001");
  visit();
  expect(screen.getByText("离职已提交（LZ2026-0001）")).toBeTruthy();
});

it("begins in the first field", () => {
  visit();
  expect(document.activeElement).toBe(screen.getByLabelText("工号"));
});

it("tells nobody else", () => {
  visit();
  expect(screen.queryByText(/离职已提交/)).toBeNull();
});
