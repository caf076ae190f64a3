import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { openBrowser, settled, visit } from "../src/browser";
import { dialog } from "../src/fields";
import { press, tabTo } from "../src/keys";
import { as, people, somebody } from "../src/place";
import { calling, sellers, type Seller } from "../src/server";

let browser: Browser;
let leaver: Seller;
beforeAll(async () => {
  browser = await openBrowser();
  const taken = people().map(({ number }) => number);
  const found = await sellers(await calling(as("高管")), taken);
  const second = found[1];
  if (!second) throw new Error("nobody can leave");
  leaver = second;
});
afterAll(() => browser.close());

type Plan = { version: number; preview: { shares: { successor: { number: string } }[] } };

/** A plan for the leaver that waits for approval; its receivers have said yes. */
async function submittedPlan(): Promise<string> {
  const hr = await calling(as("人事"));
  const { line } = await hr.get<{ line: { number: string }[] }>(`/employees/${leaver.id}`);
  const manager = await calling(somebody(line[0]?.number ?? ""));
  type Board = { items: { id: string; employee: { id: string } }[] };
  const { items } = await hr.get<Board>("/departures");
  const departure = items.find(({ employee }) => employee.id === leaver.id)?.id;
  const drawn = { from: leaver.id, departure_id: departure };
  const { id } = await manager.post<{ id: string }>("/handover-plans", drawn);
  const plan = await manager.get<Plan>(`/handover-plans/${id}`);
  await manager.post(`/handover-plans/${id}/submit`, { version: plan.version });
  const { version, preview } = await manager.get<Plan>(`/handover-plans/${id}`);
  for (const { successor } of preview.shares) {
    const receiver = await calling(somebody(successor.number));
    await receiver.post(`/handover-plans/${id}/answer`, { version, accept: true });
  }
  return id;
}

test("filing with the keyboard alone", async () => {
  const { page, close } = await visit(browser, { as: somebody(leaver.number) });
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  // The first thing the Tab key finds is the way past the menu.
  expect(new URL(page.url()).hash).toBe("#content");
  await page.reload();
  await press(page, page.getByRole("link", { name: "离职", exact: true }));
  await press(page, page.getByRole("button", { name: "提交本人离职" }).first());
  const kind = page.getByRole("combobox", { name: "离职类型" });
  await tabTo(page, kind);
  await page.keyboard.press("ArrowDown");
  const option = page.locator(".ant-select-item-option-active");
  for (let step = 0; step < 6 && (await option.innerText()) !== "辞职"; step += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "日期如何得出" }).waitFor();
  await press(page, page.getByRole("button", { name: "提交离职" }));
  const sure = dialog(page).getByRole("button", { name: "提交离职" });
  await sure.waitFor();
  if (!(await sure.evaluate((element) => element === document.activeElement))) {
    await tabTo(page, sure);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/login\?return=/);
  await close();
});

test("approving with the keyboard alone", async () => {
  const plan = await submittedPlan();
  const { page, close } = await visit(browser, { as: as("高管") });
  await page.goto(`/plans/${plan}`);
  await settled(page);
  await press(page, page.getByRole("button", { name: "批准", exact: true }));
  const sure = dialog(page).getByRole("button", { name: "批准" });
  await sure.waitFor();
  if (!(await sure.evaluate((element) => element === document.activeElement))) {
    await tabTo(page, sure);
  }
  await page.keyboard.press("Enter");
  await page.getByText("已批准").first().waitFor();
  await close();
});
