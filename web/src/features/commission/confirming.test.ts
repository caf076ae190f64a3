import { expect, test } from "vitest";
import { bannerOf, monthShown } from "./confirming";

const asked = (days_left: number, waiting = 2) => ({
  asked: { confirm_by: "2026-12-04", days_left, waiting },
  may: ["confirm", "sign_off"],
});

test.each([
  [6, 2, "ahead", "info"],
  [1, 2, "ahead", "warning"],
  [0, 2, "last", "warning"],
  [-1, 2, "past", "error"],
  [-1, 0, "answered", "success"],
  [6, 0, "answered", "success"],
] as const)("%i days left, %i lines: %s", (days, waiting, key, type) => {
  expect(bannerOf(asked(days, waiting))).toMatchObject({ key, type, day: "2026-12-04" });
});

test("who is not asked sees none, and nobody sees one on somebody else's statement", () => {
  expect(bannerOf({ asked: null, may: ["confirm"] })).toBeUndefined();
  expect(bannerOf({ ...asked(3), may: ["answer"] })).toBeUndefined();
});

test("the month that waits for one’s word opens first, else the newest that is calculated", () => {
  const months = [
    { month: "2026-11", stage: "open" as const },
    { month: "2026-10", stage: "calculated" as const },
    { month: "2026-09", stage: "closed" as const },
  ];
  expect(monthShown(months, [])).toBe("2026-10");
  expect(monthShown(months, [{ month: "2026-09", waiting: 3 }])).toBe("2026-09");
  expect(monthShown(months, [{ month: "2026-09", waiting: 0 }])).toBe("2026-10");
  expect(monthShown([], [])).toBeUndefined();
});
