// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { App } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { DayPicker } from "./DayPicker";

afterEach(cleanup);

function Field({ first }: { first?: string }) {
  const [day, setDay] = useState<Dayjs | null>(first ? dayjs(first) : null);
  return (
    <>
      <DayPicker value={day} onChange={setDay} maxDate={dayjs("2026-12-31")} />
      <output>{day?.format("YYYY-MM-DD")}</output>
    </>
  );
}

/** The day of the field after each letter of this was typed and the field left. */
async function typed(text: string, how: "blur" | "enter", first?: string) {
  render(
    <App>
      <Field {...(first !== undefined && { first })} />
    </App>,
  );
  const field = screen.getByRole<HTMLInputElement>("textbox");
  fireEvent.mouseDown(field);
  fireEvent.focus(field);
  for (let length = 1; length <= text.length; length += 1) {
    fireEvent.change(field, { target: { value: text.slice(0, length) } });
  }
  if (how === "blur") fireEvent.blur(field);
  else fireEvent.keyDown(field, { key: "Enter", keyCode: 13 });
  await act(() => new Promise((done) => setTimeout(done, 20)));
  return screen.getByRole("status").textContent;
}

describe("a day that is typed letter by letter", () => {
  const ways = [
    "2026-11-15",
    "2026/11/15",
    "2026.11.15",
    "2026年11月15日",
    "20261115",
    "2026 年 11 月 15 日",
  ];
  it.each(ways)("is understood as %s when the field is left", async (text) => {
    expect(await typed(text, "blur")).toBe("2026-11-15");
  });
  it.each(ways)("is understood as %s with Enter", async (text) => {
    expect(await typed(text, "enter", "2026-01-02")).toBe("2026-11-15");
  });
  it.each(["2026-3-8", "2026/3/8", "2026.3.8", "2026/03/8", "2026/3/08", "2026年3月8日"])(
    "may have one digit where two could stand: %s",
    async (text) => {
      expect(await typed(text, "blur", "2026-01-02")).toBe("2026-03-08");
    },
  );
});

describe("what is no day", () => {
  it.each(["26/3/8", "20260230", "2026-13-40", "明天", "2026-11-155", "2027-01-01"])(
    "is said and does not leave the day before it: %s",
    async (text) => {
      expect(await typed(text, "blur", "2026-01-02")).toBe("");
      expect(document.body.textContent).toContain(text);
    },
  );
});
