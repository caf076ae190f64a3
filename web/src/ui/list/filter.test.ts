import { expect, test } from "vitest";
import { orderOf, sortOf } from "./filter";

test.each([
  ["ascend", "name"],
  ["descend", "-name"],
  [null, ""],
] as const)("sorting by name, %j, is written %j and read back", (order, sort) => {
  expect(sortOf("name", order)).toBe(sort);
  expect(orderOf(sort, "name")).toBe(order);
  expect(orderOf(sort, "number")).toBeNull();
});
