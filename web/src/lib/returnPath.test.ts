import { expect, test } from "vitest";
import { loginPath, safeReturnPath } from "./returnPath";

test.each([
  ["/customers?sort=name", "/customers?sort=name"],
  [null, "/"],
  ["", "/"],
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/login?return=%2Flogin", "/"],
])("wanted %j, goes to %j", (wanted, path) => expect(safeReturnPath(wanted)).toBe(path));

test("the way to the sign-in page and back", () => {
  const back = new URL(loginPath("/customers?q=苏州&sort=name"), "http://x");
  expect(safeReturnPath(back.searchParams.get("return"))).toBe("/customers?q=苏州&sort=name");
  expect(loginPath("/")).toBe("/login");
});
