import { expect, test } from "vitest";
import { filledOf, termsOf, ways, type Terms } from "./agreed";

const every: Terms[] = [
  {
    protection: {
      steps: [{ before_day: 30, share: 7000 }, { before_day: 60, share: 3333 }],
      afterwards: 0,
      covers: "all",
    },
  },
  { to_contract_end: { share: 5000 } },
  { share_of_work: { pieces: [{ name: "签约", weight: 10000, done: 2550 }] } },
  { negotiated: { share: 4000, until: "2027-01-31", agreement: "三方协议 3 号" } },
  { by_table: { table: "rtb_1", covers: "all" } },
  "nothing_kept",
];

test.each(every)("what was filled in from terms gives the same terms: %j", (terms) => {
  expect(termsOf(filledOf(terms))).toEqual(terms);
});

test("every way has a form that gives terms of that way", () => {
  for (const way of ways) {
    const terms = termsOf({ ...filledOf(undefined), way });
    expect(typeof terms === "string" ? terms : Object.keys(terms)[0]).toBe(way);
  }
});
