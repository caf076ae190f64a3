import { expect, test } from "vitest";
import { uuid } from "./uuid";

test("is a version 4 UUID, and never the same twice", () => {
  const many = new Set(Array.from({ length: 500 }, uuid));
  expect(many.size).toBe(500);
  for (const one of many) {
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
