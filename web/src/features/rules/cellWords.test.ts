import { expect, test } from "vitest";
import { cellText } from "./cellWords";

test("conditions are read as people say them", () => {
  const zh = (cell: string) => cellText(cell, "zh");
  expect(zh("-")).toBe("任意");
  expect(zh("[60..120)")).toBe("60 至不满 120");
  expect(zh("[60..120]")).toBe("60 至 120");
  expect(zh("(60..120]")).toBe("超过 60 至 120");
  expect(zh("]60..120[")).toBe("超过 60 至不满 120");
  expect(zh(">=120")).toBe("120 及以上");
  expect(zh("< 30")).toBe("不满 30");
  expect(zh('"机械", "医药"')).toBe("机械、医药");
  expect(zh('not("机械", "医药")')).toBe("除 机械、医药 外");
  expect(zh("<10, [20..30)")).toBe("不满 10、20 至不满 30");
  expect(zh("true")).toBe("是");
});

test("the same in English; what is no condition stays", () => {
  expect(cellText("[60..120)", "en")).toBe("60 to under 120");
  expect(cellText("not(new)", "en")).toBe("other than new");
  expect(cellText("a, b", "en")).toBe("a or b");
  expect(cellText("5000.00", "zh")).toBe("5000.00");
  expect(cellText("-120.50", "zh")).toBe("-120.50");
  expect(cellText("", "zh")).toBe("");
});
