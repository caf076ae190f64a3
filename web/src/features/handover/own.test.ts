import { expect, test } from "vitest";
import type { Acceptance } from "./calls";
import { ownAnswer } from "./own";

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
