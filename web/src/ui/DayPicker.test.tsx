// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DayPicker } from "./DayPicker";

afterEach(cleanup);

/** What is picked when this is typed and the field left with Enter. */
function typed(text: string): string | undefined {
  const picked = vi.fn();
  render(<DayPicker onChange={picked} />);
  const field = screen.getByRole("textbox");
  fireEvent.mouseDown(field);
  fireEvent.change(field, { target: { value: text } });
  fireEvent.keyDown(field, { key: "Enter", keyCode: 13 });
  const day = picked.mock.lastCall?.[0] as { format: (how: string) => string } | undefined;
  return day?.format("YYYY-MM-DD");
}

describe("a day that is typed", () => {
  it.each([
    "2026-03-08",
    "2026-3-8",
    "2026/3/8",
    "2026/03/08",
    "2026.3.8",
    "2026年3月8日",
    "20260308",
  ])("is understood as %s", (text) => {
    expect(typed(text)).toBe("2026-03-08");
  });

  it("is none where it cannot be one", () => {
    expect(typed("2026/13/40")).toBeUndefined();
  });
});
