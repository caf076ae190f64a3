import { expect, test } from "vitest";
import { creditOf, sharesOf, sumOfShares } from "./crediting";

test.each([
  [[{ share: 70 }, { share: 30 }], 100],
  [[{ share: 33.33 }, { share: 33.33 }, { share: 33.34 }], 100],
  [[{ share: 33.3 }, { share: 33.3 }, { share: 33.3 }], 99.9],
  [[{ share: 0.1 }, { share: 0.2 }], 0.3],
  [[{}, { share: 100 }], 100],
])("%j come to %d", (shares, sum) => {
  expect(sumOfShares(shares)).toBe(sum);
});

test("the owner has no name, whoever was named before", () => {
  const filled = {
    direct: [
      { kind: "owner" as const, who: "emp_1", share: 60 },
      { kind: "person" as const, who: "emp_2", share: 40 },
    ],
    overlays: [{ name: " 售前 ", members: [{ who: "emp_3", share: 100 }] }],
  };
  expect(creditOf(filled)).toEqual({
    direct: [
      { employee_id: undefined, share: 6_000 },
      { employee_id: "emp_2", share: 4_000 },
    ],
    overlays: [{ name: "售前", members: [{ employee_id: "emp_3", share: 10_000 }] }],
  });
  expect(sharesOf([{ share: 10_000 }])).toEqual([{ kind: "owner", who: undefined, share: 100 }]);
});
