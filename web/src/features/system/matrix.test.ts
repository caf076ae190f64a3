import { expect, test } from "vitest";
import { areasOf, type PermissionRow } from "./matrix";

const row = (key: string): PermissionRow => ({
  key,
  zh: key,
  en: key,
  business: true,
  closed_in_handover: false,
});

test("permissions stand under their noun, in the order of the server", () => {
  const areas = areasOf(["customer.read", "people.read", "customer.add"].map(row));
  expect(areas.map(({ key, permissions }) => [key, permissions.map((one) => one.key)])).toEqual([
    ["customer", ["customer.read", "customer.add"]],
    ["people", ["people.read"]],
  ]);
});
