import { describe, expect, it } from "vitest";
import { isDrawn, pointOf, type Stroke } from "./drawing";

describe("a drawn signature", () => {
  it("is kept in units of the field, whatever its size on the screen", () => {
    const box = { left: 100, top: 50, width: 300, height: 120 };
    expect(pointOf({ clientX: 100, clientY: 50 }, box)).toEqual([0, 0]);
    expect(pointOf({ clientX: 250, clientY: 110 }, box)).toEqual([5_000, 5_000]);
    expect(pointOf({ clientX: 400, clientY: 170 }, box)).toEqual([10_000, 10_000]);
    expect(pointOf({ clientX: 900, clientY: -9 }, box)).toEqual([10_000, 0]);
    expect(pointOf({ clientX: 3, clientY: 3 }, { left: 0, top: 0, width: 0, height: 0 })).toEqual([
      10_000, 10_000,
    ]);
  });

  it("is more than a slip of the hand, or a name", () => {
    const stroke = (points: number): Stroke => Array.from({ length: points }, (_, i) => [i, i]);
    expect(isDrawn(undefined)).toBe(false);
    expect(isDrawn({ strokes: [stroke(3), stroke(4)] })).toBe(false);
    expect(isDrawn({ strokes: [stroke(3), stroke(5)] })).toBe(true);
    expect(isDrawn({ strokes: [], typed: "  " })).toBe(false);
    expect(isDrawn({ strokes: [], typed: "张三" })).toBe(true);
  });
});
