import { describe, expect, test } from "vitest";
import { lostDays, readNotice, weeksOf, writeNotice } from "./notice";

describe("a notice", () => {
  test("is read line by line; a day off may be named again as a statutory one", () => {
    const { days, faults } = readNotice(
      "2027-02-05~2027-02-07 春节 放假\n\n2027-02-06 春节 法定\n2027-02-14 春节 上班",
    );
    expect(faults).toEqual([]);
    expect(days.map(({ day, is_off, is_statutory }) => [day, is_off, is_statutory])).toEqual([
      ["2027-02-05", true, false],
      ["2027-02-06", true, true],
      ["2027-02-07", true, false],
      ["2027-02-14", false, false],
    ]);
  });

  test.each(["法定", "放假"])("never says of one day that it is off and worked: %s", (what) => {
    const { faults } = readNotice(`2027-01-01 元旦 ${what}\n\n2027-01-01 元旦 上班`);
    expect(faults).toEqual([
      { line: 3, text: "2027-01-01 元旦 上班", first: 1, day: "2027-01-01" },
    ]);
  });

  test("that was entered is written as it reads, and what goes of it is known", () => {
    const typed =
      "2027-01-01 元旦 法定\n2027-02-05~2027-02-07 春节 放假\n2027-02-14 春节 上班";
    const { days } = readNotice(typed);
    expect(writeNotice(days)).toBe(typed);
    expect(readNotice(writeNotice(days)).days).toEqual(days);
    expect(readNotice(writeNotice(days, "en")).days).toEqual(days);
    expect(lostDays(days, days)).toEqual([]);
    const other = readNotice("2027-01-01 元旦 放假\n2027-02-05~2027-02-07 春节 放假").days;
    expect(lostDays(days, other).map(({ day }) => day)).toEqual(["2027-01-01", "2027-02-14"]);
  });

  test.each([
    "元旦 放假",
    "2027-02-30 春节 放假",
    "2027-02-11~2027-02-05 春节 放假",
    "2027-01-01~2027-12-31 元旦 放假",
    "2027-01-01 元旦",
  ])("says which line it does not understand: %s", (line) => {
    expect(readNotice(`2027-01-01 元旦 法定\n${line}`).faults).toEqual([{ line: 2, text: line }]);
  });
});

test("months begin on Monday and leave the other months blank", () => {
  const weeks = weeksOf(2026, 2);
  expect(weeks).toHaveLength(5);
  expect(weeks[0]).toEqual([null, null, null, null, null, null, "2026-02-01"]);
  expect(weeks[4]?.[5]).toBe("2026-02-28");
  expect(weeksOf(2027, 2)).toHaveLength(4);
});
