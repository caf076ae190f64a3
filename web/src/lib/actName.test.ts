import { expect, test } from "vitest";
import { actName } from "./actName";

test("an act bears the name the server gives it, or ours where it has none", () => {
  const named = { kind_zh: "登记合同", kind_en: "Enter a contract" };
  expect(actName(named, "zh")).toBe("登记合同");
  expect(actName(named, "en")).toBe("Enter a contract");
  const bare = { kind_zh: "approval.request", kind_en: "approval.request" };
  expect(actName(bare, "zh")).toBe("提交审批");
  expect(actName(bare, "en")).toBe("Ask for approval");
});
