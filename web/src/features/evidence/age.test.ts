import { expect, it } from "vitest";
import { ageOf } from "./age";

it("says how long ago in the largest whole unit", () => {
  const now = new Date("2026-11-26T12:00:00Z");
  expect(ageOf("2026-11-26T11:58:30Z", now)).toEqual({ unit: "minutes", count: 1 });
  expect(ageOf("2026-11-26T10:00:01Z", now)).toEqual({ unit: "minutes", count: 119 });
  expect(ageOf("2026-11-26T10:00:00Z", now)).toEqual({ unit: "hours", count: 2 });
  expect(ageOf("2026-11-24T12:00:00Z", now)).toEqual({ unit: "days", count: 2 });
  // A witness whose clock is ahead.
  expect(ageOf("2026-11-26T12:00:30Z", now)).toEqual({ unit: "minutes", count: 0 });
});
