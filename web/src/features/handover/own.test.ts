import { expect, test } from "vitest";
import type { Acceptance } from "./calls";
import { sayIn } from "@/lib/words";
import { ownAnswer, whoLacks } from "./own";
import { handoverWords } from "./words";

const person = (id: string) => ({ id, number: id, name: id });
const said = (id: string, standing: string): Acceptance => ({ successor: person(id), standing });

test("only what the reader himself has said counts", () => {
  const of = [said("a", "declined"), said("b", "accepted")];
  expect(ownAnswer(of, "b")).toBe("accepted");
  expect(ownAnswer(of, "a")).toBe("declined");
  expect(ownAnswer(of, "c")).toBeUndefined();
  expect(ownAnswer(of, null)).toBeUndefined();
});

test("an answer to what has changed since is asked for anew", () => {
  expect(ownAnswer([said("a", "outdated")], "a")).toBeUndefined();
  expect(ownAnswer([said("a", "waiting")], "a")).toBeUndefined();
});

test("an approval waits by name for who has not answered and for who declined", () => {
  const w = sayIn(handoverWords, "zh");
  const of = [said("甲", "waiting"), said("乙", "accepted"), said("丙", "outdated")];
  expect(whoLacks(of, w)).toEqual(["甲、丙尚未答复，暂不能批准"]);
  expect(whoLacks([said("丁", "declined")], w)).toEqual(["丁不接收，请改派"]);
  expect(whoLacks([said("乙", "accepted")], w)).toEqual([]);
});
