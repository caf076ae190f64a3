import { expect, test } from "vitest";
import { meaningOf } from "./verdict";

test.each([
  ["VALID", "good", "means_valid"],
  ["DERIVED-DATA", "warn", "means_derived_data"],
  ["INVALID", "bad", "means_bad"],
  ["SOMETHING-NEW", "bad", "means_bad"],
])("%s is %s: %s", (verdict, tone, means) => {
  expect(meaningOf(verdict)).toMatchObject({ tone, means });
});
