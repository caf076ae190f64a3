import { describe, expect, it } from "vitest";
import { changedFields } from "./changed";

type Values = { name: string; region?: string; address?: string };
const before: Values = { name: "永定机床有限公司", region: "华东", address: "" };

describe("what of a form is sent", () => {
  it("is only what was changed", () => {
    const now = { ...before, region: "华南" };
    expect(changedFields<Values>(before, now)).toEqual({ region: "华南" });
  });

  it("is what was emptied, as empty", () => {
    expect(changedFields<Values>(before, { ...before, region: "" })).toEqual({ region: "" });
  });

  it("is nothing when nothing changed but spaces, or an empty field was never touched", () => {
    const now = { name: " 永定机床有限公司 ", region: "华东", address: undefined };
    expect(changedFields<Values>(before, now)).toEqual({});
  });
});
