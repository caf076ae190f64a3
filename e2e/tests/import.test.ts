import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { visit } from "../src/browser";
import { choose, confirm, dialog } from "../src/fields";
import { shoot } from "../src/look";
import { as } from "../src/place";

const head =
  "客户编号,客户名称,统一社会信用代码,行业,区域,客户等级,负责人工号,负责人,联系人,职务,联系电话," +
  "合同编号,合同名称,合同金额(万元),签订日期";
const rows = [
  "T001,青岛海晟仪表有限公司,,制造业,华东,A,E0021,,李红,采购经理,13805320001,,,,",
  // No name: refused, with the reason and what would help.
  "T002,,,制造业,华东,B,E0021,,,,,,,,",
  "T003,烟台北辰传感科技有限公司,,制造业,华东,B,E0021,,,,,,,,",
];
const ledger = ["客户台账（2026 年 11 月）", head, ...rows].join("\r\n");

async function found(page: Page, name: string): Promise<number> {
  await page.goto(`/customers?q=${encodeURIComponent(name)}`);
  const links = page.getByRole("row").getByRole("link", { name });
  await page.getByText(/没有符合条件的记录|共 \d+ 条/).waitFor();
  return links.count();
}

test("a ledger with a bad row: report, write, undo", async () => {
  const { page, close } = await visit({ as: as("财务") });
  await page.goto("/imports");
  await page.getByRole("button", { name: "上传文件" }).first().click();
  await choose(page, dialog(page), "文件格式（映射）", "客户台账");
  await dialog(page)
    .locator("input[type=file]")
    .setInputFiles({ name: "客户台账.csv", mimeType: "text/csv", buffer: Buffer.from(ledger) });
  await dialog(page).getByRole("button", { name: "上传文件" }).click();

  await page.getByRole("heading", { level: 1, name: "客户台账" }).waitFor();
  await page.getByText("待核对").first().waitFor();
  const findings = page.getByRole("listitem").filter({ hasText: "客户台账.csv" });
  await findings.filter({ hasText: "第 4 行" }).first().waitFor();
  await shoot(page, "import-report");
  const report = page.url();

  await page.getByRole("button", { name: "写入" }).click();
  await confirm(page, "写入");
  await page.getByText("已写入").first().waitFor();
  expect(await found(page, "青岛海晟仪表有限公司")).toBe(1);
  expect(await found(page, "烟台北辰传感科技有限公司")).toBe(1);

  await page.goto(report);
  await page.getByRole("button", { name: "撤销" }).click();
  await confirm(page, "撤销");
  await page.getByText("已撤销").first().waitFor();
  expect(await found(page, "青岛海晟仪表有限公司")).toBe(0);
  await close();
});
