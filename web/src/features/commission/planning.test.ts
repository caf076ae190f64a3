import { describe, expect, test } from "vitest";
import { fieldAt, filledOf, offerOf, usual, type Filled, type FilledComponent } from "./planning";

const cny = (amount: string) => ({ amount, currency: "CNY" });
const one = (component: FilledComponent, more: Filled = {}): Filled => ({
  ...filledOf(undefined, "回款提成"),
  components: [{ ...usual, name: "回款提成", ...component }],
  ...more,
});

describe("what is typed becomes what the server takes", () => {
  test.each<[string, FilledComponent, unknown]>([
    ["one rate", { method: "flat", rate: 3.33 }, {
      ladder: [{ from: cny("0.00"), rate: 333, reach: "excess" }],
    }],
    ["whole-amount tiers", {
      method: "whole",
      bands: [{ from: "", rate: 2 }, { from: "10,000", rate: 5 }],
    }, {
      ladder: [
        { from: cny("0.00"), rate: 200, reach: "whole" },
        { from: cny("10000.00"), rate: 500, reach: "whole" },
      ],
    }],
    ["a quota", {
      method: "quota",
      quota: "500000",
      steps: [{ attained: 0, rate: 1 }, { attained: 120, rate: 4, reach: "whole" }],
    }, {
      quota: {
        quota: cny("500000.00"),
        steps: [
          { attained: 0, rate: 100, reach: "excess" },
          { attained: 12_000, rate: 400, reach: "whole" },
        ],
      },
    }],
    ["sections", { method: "sections", sections: [{ from: "1", to: "2.5", rate: 1 }] }, {
      sections: [{ from: cny("1.00"), to: cny("2.50"), rate: 100 }],
    }],
    ["a fixed amount", { method: "fixed", fixed: "600" }, { fixed: cny("600.00") }],
    ["a table", { method: "table", table: "rtb_1" }, { by_table: "rtb_1" }],
  ])("%s", (_, component, method) => {
    expect(offerOf(one(component))?.components[0]?.method).toEqual(method);
  });

  test.each<[string, FilledComponent, Filled]>([
    ["no rate", { method: "flat", rate: undefined }, {}],
    ["no name", { name: " " }, {}],
    ["an amount that is none", { method: "fixed", fixed: "六百" }, {}],
    ["no table", { method: "table" }, {}],
    ["a guarantee of nothing", {}, { promises: "guarantee" }],
    ["a cap that is none", {}, { cap: "很多" }],
  ])("nothing is sent with %s", (_, component, more) => {
    expect(offerOf(one(component, more))).toBeUndefined();
  });
});

test("what was sent comes back as it was typed", () => {
  const filled = one(
    { method: "mixed", products: ["伺服系统"], customers: "new", base: "margin", bands: [
      { from: "0.00", rate: 1, reach: "excess" },
      { from: "500.00", rate: 2, reach: "whole" },
      { from: "900.00", rate: 3, reach: "excess" },
    ] },
    {
      trigger: "signing", payable: "after_days", due_days: 10, holds: true, holdback_share: 12.5,
      holdback_reason: "质保金", release: "contract_end", cap: "9000.00", promises: "draw",
      draw_amount: "3000.00",
    },
  );
  const offer = offerOf(filled);
  expect(offer).toBeDefined();
  expect(offerOf(filledOf(offer, "x"))).toEqual(offer);
});

test("a place of the request is a field of the form", () => {
  expect(fieldAt("/offer/components/2/method/by_table")).toEqual(["components", 2, "method"]);
  expect(fieldAt("/offer/components/1/name")).toEqual(["components", 1, "name"]);
  expect(fieldAt("/offer/holdback/reason")).toEqual(["holdback_reason"]);
  expect(fieldAt("/elsewhere")).toBeUndefined();
});
