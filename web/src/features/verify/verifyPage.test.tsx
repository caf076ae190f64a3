// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Component } from "./VerifyPage";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function examined() {
  const bytes = readFileSync(join(import.meta.dirname, "engine/fixtures/bundle.zip"));
  const { container } = render(<Component />);
  const input = container.querySelector("input[type=file]") as HTMLInputElement;
  fireEvent.change(input, { target: { files: [new File([bytes], "bundle.zip")] } });
  await screen.findAllByText("一致，未核对来源");
  return screen.getByRole("status");
}

test.each([
  [true, 1],
  [false, 0],
])("a verdict is said in words, and scrolled to on a phone: %s", async (matches, times) => {
  const scroll = vi.spyOn(Element.prototype, "scrollIntoView").mockReturnValue();
  const list = window.matchMedia("all");
  vi.spyOn(window, "matchMedia").mockReturnValue(list);
  vi.spyOn(list, "matches", "get").mockReturnValue(matches);
  const status = await examined();
  const [first] = status.querySelectorAll("code");
  expect(first?.textContent).toBe("CONSISTENT-BUT-UNTRUSTED");
  expect(status.textContent).toContain("内部一致，但没有包外的信任依据");
  expect(scroll).toHaveBeenCalledTimes(times);
});
