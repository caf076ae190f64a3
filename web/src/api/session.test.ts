import { expect, test } from "vitest";
import { onItsDay, type Session } from "./session";

const session = { today: "2026-12-31" } as Session;
const at = (moment: string) => Date.parse(moment);

test("the server's day goes on over midnight, though the clock here says another", () => {
  const told = at("2026-11-30T15:00:00Z");
  expect(onItsDay(session, told, at("2026-11-30T15:59:00Z"))).toBe(session);
  expect(onItsDay(session, told, at("2026-11-30T16:00:00Z")).today).toBe("2027-01-01");
  expect(onItsDay(session, told, at("2026-12-05T01:00:00Z")).today).toBe("2027-01-05");
});

test("a clock that is put back changes nothing", () => {
  const told = at("2026-11-30T15:00:00Z");
  expect(onItsDay(session, told, at("2020-01-01T00:00:00Z"))).toBe(session);
});
