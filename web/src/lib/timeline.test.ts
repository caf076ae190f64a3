import { describe, expect, test } from "vitest";
import { layOut } from "./timeline";

const TODAY = "2026-11-22";

describe("laying out an ownership timeline", () => {
  test("one open interval fills the line, with today at its end", () => {
    const { spans, today } = layOut([{ from: "2026-11-13", until: null }], TODAY);
    expect(spans).toEqual([{ left: 0, width: 1, days: 10, open: true }]);
    expect(today).toBeCloseTo(0.9);
  });

  test("neighbours touch, and lengths are to scale", () => {
    const { spans } = layOut(
      [
        { from: "2026-08-15", until: "2026-10-04" },
        { from: "2026-10-04", until: null },
      ],
      TODAY,
    );
    const [first, second] = spans;
    expect(first?.days).toBe(50);
    expect(second?.days).toBe(50);
    expect(first?.width).toBeCloseTo(0.5);
    expect(second?.left).toBeCloseTo(0.5);
  });

  test("a single day stays visible and inside the line", () => {
    const { spans } = layOut(
      [
        { from: "2016-01-01", until: "2026-11-22" },
        { from: "2026-11-22", until: null },
      ],
      TODAY,
    );
    const last = spans[1];
    expect(last?.width).toBeGreaterThan(0.01);
    expect((last?.left ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(1 + 1e-9);
  });

  test("a planned handover lies to the right of today", () => {
    const { spans, today } = layOut(
      [
        { from: "2026-01-01", until: "2026-12-01" },
        { from: "2026-12-01", until: null },
      ],
      TODAY,
    );
    expect(spans[1]?.left).toBeGreaterThan(today);
  });

  test("the order given is the order returned", () => {
    const { spans } = layOut(
      [
        { from: "2026-06-01", until: null },
        { from: "2025-01-01", until: "2026-06-01" },
      ],
      TODAY,
    );
    expect(spans[1]?.left).toBe(0);
    expect(spans[0]?.open).toBe(true);
  });

  test.each(["2026-11-01", "2026-05-01", "2024-03-15", "2011-07-09", "1990-01-01"])(
    "since %s there are few, round, ordered marks",
    (from) => {
      const { ticks } = layOut([{ from, until: null }], TODAY);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks.map(({ at }) => at)).toEqual(ticks.map(({ at }) => at).sort((a, b) => a - b));
    },
  );

  test("a line within one month is marked with its first day", () => {
    const { ticks } = layOut([{ from: "2026-11-13", until: null }], TODAY);
    expect(ticks).toEqual([{ at: 0, label: "2026-11-13" }]);
  });

  test("nothing is nothing", () => {
    expect(layOut([], TODAY).spans).toEqual([]);
  });
});
