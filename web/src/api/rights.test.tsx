// @vitest-environment happy-dom
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { SessionContext, useCanAbout, useOpensEvidence, type Session } from "./session";

function rights(permissions: Record<string, string>, mode = "normal") {
  const session: Session = {
    login: {
      id: "L1",
      number: "1",
      name: "周明",
      employee_id: "E1",
      must_change_password: false,
      mode,
    },
    roles: [],
    permissions,
    company: "永定机床有限公司",
    today: "2026-11-29",
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <SessionContext value={session}>{children}</SessionContext>
  );
  const use = () => ({ about: useCanAbout(), opens: useOpensEvidence() });
  return renderHook(use, { wrapper }).result.current;
}

test("what is held for oneself reaches oneself alone", () => {
  const { about } = rights({ "commission.read": "own", "document.read": "department" });
  expect(about("commission.read", "E1")).toBe(true);
  expect(about("commission.read", "E2")).toBe(false);
  expect(about("document.read", "E2")).toBe(true);
  expect(about("people.write", "E1")).toBe(false);
});

test("an entry is opened by whoever reads the log, or reads it in words and is no leaver", () => {
  const cases = [
    [rights({ "evidence.audit": "all" }), true, true],
    [rights({ "evidence.read": "own" }), true, false],
    [rights({}), true, false],
    [rights({}, "handover"), false, false],
  ] as const;
  for (const [{ opens }, inWords, bare] of cases) {
    expect(opens(true)).toBe(inWords);
    expect(opens(false)).toBe(bare);
  }
});
