import { expect, test } from "vitest";
import { evenly, filledPool, poolOf, sumOf } from "./teamPool";

const person = (id: string) => ({ id, name: id, number: id });

test("what was filled in from a team's part gives the same part", () => {
  const agreed = {
    share: 1250,
    before_day: 90,
    members: [
      { person: person("emp_1"), share: 3333 },
      { person: person("emp_2"), share: 6667 },
    ],
  };
  expect(poolOf(filledPool(agreed))).toEqual({
    share: 1250,
    before_day: 90,
    members: [
      { person: "emp_1", share: 3333 },
      { person: "emp_2", share: 6667 },
    ],
  });
  expect(filledPool(null)).toBeUndefined();
});

test("a part that is not filled in to its end is none yet", () => {
  expect(poolOf(undefined)).toBeUndefined();
  expect(poolOf({ share: 10 })).toBeUndefined();
  expect(poolOf({ members: [{ person: "emp_1", share: 100 }] })).toBeUndefined();
  expect(poolOf({ share: 10, members: [{ share: 100 }] })).toBeUndefined();
});

test.each([1, 2, 3, 6, 7, 11])("%i people share evenly, and all of it", (count) => {
  const shares = evenly(Array.from({ length: count }, (_, at) => `emp_${at}`));
  expect(sumOf(shares)).toBe(100);
  const most = Math.max(...shares.map(({ share }) => share));
  const least = Math.min(...shares.map(({ share }) => share));
  expect(most - least).toBeLessThanOrEqual(0.0100001);
});
