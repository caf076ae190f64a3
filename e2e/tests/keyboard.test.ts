import { beforeAll, expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { dialog } from "../src/fields";
import { press, tabTo } from "../src/keys";
import { as, people, somebody, type Person } from "../src/place";
import { calling, sellers, type Seller } from "../src/server";

let leaver: Seller;
beforeAll(async () => {
  const taken = people().map(({ number }) => number);
  const found = await sellers(await calling(as("高管")), taken);
  const second = found[1];
  if (!second) throw new Error("nobody can leave");
  leaver = second;
});

type Plan = { version: number; preview: { shares: { successor: { number: string } }[] } };

type Drawn = { id: string; manager: Person };
let drawn: Drawn;

/** A plan for the leaver, drawn up by the manager whose team it is. */
async function drawnPlan(): Promise<Drawn> {
  const hr = await calling(as("人事"));
  const { line } = await hr.get<{ line: { number: string }[] }>(`/employees/${leaver.id}`);
  const manager = somebody(line[0]?.number ?? "");
  type Board = { items: { id: string; employee: { id: string } }[] };
  const { items } = await hr.get<Board>("/departures");
  const departure = items.find(({ employee }) => employee.id === leaver.id)?.id;
  const wanted = { from: leaver.id, departure_id: departure };
  const { id } = await (await calling(manager)).post<{ id: string }>("/handover-plans", wanted);
  return { id, manager };
}

/** Submits the plan; its receivers say yes, so that it waits for approval. */
async function submitted({ id, manager: whose }: Drawn): Promise<string> {
  const manager = await calling(whose);
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
  const { page, close } = await visit({ as: somebody(leaver.number) });
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

test("sharing out a plan with the keyboard alone", async () => {
  drawn = await drawnPlan();
  const { page, close } = await visit({ as: drawn.manager });
  await page.goto(`/plans/${drawn.id}`);
  await settled(page);
  await tabTo(page, page.getByRole("checkbox", { name: /^选择：/ }).first());
  await page.keyboard.press("Space");
  // The bar with what can be done stands above the rows: back to it, as a person would.
  await tabTo(page, page.getByRole("combobox", { name: /所选/ }), "Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await page.locator(".ant-select-item-option-active").waitFor();
  await page.keyboard.press("Enter");
  // Whoever comes first in the list may have it already; the choice was made either way.
  await page.getByText(/已分配|没有变化，方案保持原样/).first().waitFor();
  await close();
});

test("approving with the keyboard alone", async () => {
  const plan = await submitted(drawn);
  const { page, close } = await visit({ as: as("高管") });
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
  // The button is gone; Tab goes on from the page, not from the top of the window.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
  await close();
});

test("a dialog keeps the focus while it is open, and gives it back", async () => {
  const { page, close } = await visit({ as: as("业务员") });
  await page.goto("/customers");
  await settled(page);
  const opener = page.getByRole("button", { name: "新建客户" });
  await press(page, opener);
  await dialog(page).waitFor();
  // What has the focus outside of the dialog, if anything has; from its last button one comes to
  // the bar of the browser, where the page has nothing under the cursor, and then to its first.
  const outside = () =>
    page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body || one.closest("[role=dialog]")) return "";
      return one.outerHTML.slice(0, 200);
    });
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press(key);
      expect(await outside()).toBe("");
    }
  }
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true);
  await close();
});
