import { expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { confirm, dialog } from "../src/fields";
import { shoot } from "../src/look";
import { as, people } from "../src/place";
import { bystanders } from "../src/server";

test("the security administrator closes a login, and it is out at once", async () => {
  const taken = people().map(({ number }) => number);
  const found = await bystanders(taken);
  const one = found.at(-2);
  const { page, close } = await visit({ as: as("安全管理员") });
  const theirs = await visit({ as: { ...as("业务员"), number: one?.number ?? "" } });
  await theirs.page.goto("/");
  await theirs.page.getByRole("heading", { level: 1 }).waitFor();

  await page.goto(`/system/logins?q=${one?.number}`);
  const row = page.getByRole("row").filter({ hasText: one?.name ?? "" });
  await row.getByRole("button", { name: "停用" }).click();
  await shoot(page, "logins");
  const question = dialog(page);
  const reason = question.getByRole("textbox");
  if (await reason.count()) await reason.fill("离岗，账号停用");
  await question.getByRole("button").last().click();
  await row.getByText("已停用").waitFor();
  await theirs.page.reload();
  await theirs.page.waitForURL(/\/login/);
  await theirs.close();

  await row.getByRole("button", { name: "启用" }).click();
  if (await dialog(page).getByRole("textbox").count()) {
    await dialog(page).getByRole("textbox").fill("恢复使用");
  }
  await dialog(page).getByRole("button").last().click();
  await row.getByText("启用").first().waitFor();
  await close();
});

test("the matrix shows three administrators without business data", async () => {
  const { page, close } = await visit({ as: as("安全管理员") });
  await page.goto("/system/roles");
  const matrix = page.getByRole("table");
  await matrix.waitFor();
  const heads = await matrix.getByRole("columnheader").allInnerTexts();
  const row = matrix.getByRole("row").filter({ hasText: "查看客户" });
  const cells = await row.getByRole("cell").allInnerTexts();
  for (const administrator of ["系统管理员", "安全管理员", "审计"]) {
    expect(cells[heads.indexOf(administrator) - 1]?.trim()).toBe("—");
  }
  expect(cells[heads.indexOf("业务员") - 1]?.trim()).toBe("本人");
  await shoot(page, "roles");
  await close();
});

test("the working calendar refuses a slip of the pen and shows the year", async () => {
  const { page, close } = await visit({ as: as("人事") });
  await page.goto("/system/calendar");
  await page.getByRole("table", { name: "1 月", exact: true }).waitFor();
  await shoot(page, "calendar");
  await page.getByRole("button", { name: "录入放假通知" }).click();
  const text = dialog(page).getByRole("textbox");
  await text.fill("2027-02-30 春节 放假");
  await dialog(page).getByText("第 1 行看不懂").waitFor();
  expect(await dialog(page).getByRole("button", { name: "保存" }).isDisabled()).toBe(true);
  await text.fill("2027-01-01 元旦 法定\n2027-02-05~2027-02-11 春节 放假\n2027-02-14 春节 上班");
  await dialog(page).getByText("将录入 8 天放假、1 天上班").waitFor();
  await confirm(page, "取消");
  await close();
});

test("the flows are shown as people read them", async () => {
  const { page, close } = await visit({ as: as("人事") });
  await page.goto("/system/flows");
  await page.getByRole("heading", { level: 1, name: "流程" }).waitFor();
  await settled(page);
  expect(await page.getByRole("button", { pressed: true }).count()).toBe(1);
  await shoot(page, "flows");
  await close();
});
