import { expect, test } from "vitest";
import { formatBytes, secondsBetween } from "./bytes";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KB"],
  [1_572_864, "1.5 MB"],
  [53_687_091_200, "50 GB"],
  [null, "—"],
] as const)("%j bytes read %j", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test("a clock that runs behind gives no negative age", () => {
  expect(secondsBetween("2026-11-22T04:00:00.000Z", "2026-11-22T04:01:30.000Z")).toBe(90);
  expect(secondsBetween("2026-11-22T04:00:00.000Z", "2026-11-22T03:59:00.000Z")).toBe(0);
});
