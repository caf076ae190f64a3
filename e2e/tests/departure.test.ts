import { beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { fillSignIn, settled, visit } from "../src/browser";
import { choose, confirm, dialog, setDay } from "../src/fields";
import { faults, overflows, shoot } from "../src/look";
import { as, people, somebody, type Person } from "../src/place";
import { calling, sellers, type Seller } from "../src/server";
import { today } from "../src/today";

/** The main job, from 「我要离职」 to a closed file, each step by the person whose it is. */
type Name = { id: string; number: string; name: string };

let leaver: Seller;
let manager: Person;
let departure = "";
let plan = "";

beforeAll(async () => {
  const hr = await calling(as("人事"));
  const taken = people().map(({ number }) => number);
  const [busiest] = await sellers(await calling(as("高管")), taken);
  if (!busiest) throw new Error("nobody can leave");
  leaver = busiest;
  const { line } = await hr.get<{ line: Name[] }>(`/employees/${leaver.id}`);
  manager = somebody(line[0]?.number ?? "", line[0]?.name);
});

/** The names of those who stand beside the plan with a share. */
async function receivers(): Promise<Name[]> {
  const caller = await calling(manager);
  type Shares = { preview: { shares: { successor: Name; moves: { items: number } }[] } };
  const { preview } = await caller.get<Shares>(`/handover-plans/${plan}`);
  return preview.shares.filter(({ moves }) => moves.items > 0).map(({ successor }) => successor);
}

async function openPlan(page: Page) {
  await page.goto(`/plans/${plan}`);
  await page.getByRole("heading", { level: 1, name: `${leaver.name}的交接方案` }).waitFor();
  await settled(page);
}

/** A figure at the head of a page, by its name. */
const figure = (page: Page, name: string) =>
  page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd");

describe("a departure", () => {
  test("the salesperson files, is out at once, and comes back in handover mode", async () => {
    const { page, close } = await visit({ as: somebody(leaver.number) });
    await page.goto("/");
    await page.getByRole("link", { name: "离职", exact: true }).click();
    await page.getByRole("button", { name: "提交本人离职" }).first().click();
    await page.getByRole("heading", { level: 1, name: "提交离职" }).waitFor();
    await choose(page, page, "离职类型", "辞职");
    await page.getByRole("heading", { name: "日期如何得出" }).waitFor();
    await page.getByText(/提前三十日书面通知/).first().waitFor();
    await shoot(page, "departure-file");
    await page.getByRole("button", { name: "提交离职" }).click();
    await dialog(page).getByText(/再登录只能查看和交接自己的客户/).waitFor();
    await confirm(page, "提交离职");

    await page.waitForURL(/\/login\?return=/);
    await page.getByText(/^离职已提交（LZ\d{4}-\d+）$/).waitFor();
    await fillSignIn(page, { ...as("业务员"), number: leaver.number });
    const banner = page.getByRole("region", { name: "您的离职正在办理，账号处于交接模式" });
    await banner.waitFor();
    await page.getByRole("heading", { level: 1, name: `${leaver.name}的离职` }).waitFor();
    departure = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    expect(departure).toMatch(/^dep_/);
    await settled(page);
    await shoot(page, "departure-own");

    await page.goto("/customers");
    await page.getByRole("row").getByRole("link").first().waitFor();
    expect(await page.getByRole("button", { name: "新建客户" }).count()).toBe(0);
    await page.getByRole("row").getByRole("link").first().click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("button", { name: "交接给他人" }).count()).toBe(0);
    await shoot(page, "handover-mode");
    await close();
  });

  test("HR takes note and writes down the agreed day", async () => {
    const { page, close } = await visit({ as: as("人事") });
    await page.goto("/departures");
    const card = page.getByRole("listitem").filter({ hasText: leaver.number });
    await card.getByRole("link").click();
    await page.getByRole("button", { name: "确认收到" }).click();
    await dialog(page).getByText("确认后不能撤回。").waitFor();
    await confirm(page, "确认收到");
    await page.getByText("已签收").first().waitFor();
    await page.getByRole("button", { name: "更多办理" }).click();
    await page.getByRole("menuitem", { name: "登记约定日期" }).click();
    await setDay(dialog(page), "双方书面约定的终止日", today());
    await dialog(page).getByLabel("说明").fill("双方书面约定当日终止");
    await confirm(page, "保存");
    await page.getByText("约定日期已登记").waitFor();
    await expect.poll(() => figure(page, "最后工作日").innerText()).toContain(today());
    await close();
  });

  test("the manager draws up the plan and shares it out in every way there is", async () => {
    const { page, close } = await visit({ as: manager });
    await page.goto(`/departures/${departure}`);
    await page.getByRole("button", { name: "制定交接方案" }).click();
    await page.waitForURL(/\/plans\/pln_/);
    plan = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await openPlan(page);
    const count = async (name: string) => Number(await figure(page, name).innerText());
    expect(await count("客户")).toBe(leaver.customers);
    expect(await figure(page, "应收余额").innerText()).toMatch(/^¥[\d,]+\.\d\d$/);

    // The day is today, so that the plan can run within this test.
    await page.getByRole("button", { name: "调整生效日" }).click();
    await setDay(dialog(page), "生效日", today());
    await confirm(page, "保存");
    await page.getByText(`· 生效日 ${today()}`).waitFor();

    // Nobody has anything: what is missing is told, and the plan cannot be submitted.
    const clear = page.getByRole("button", { name: /^清空分给/ });
    for (let left = await clear.count(); left > 0; left -= 1) {
      await clear.first().click();
      await confirm(page, "清空");
      await expect.poll(() => clear.count()).toBe(left - 1);
    }
    await page.getByRole("heading", { name: "需要处理的问题" }).waitFor();
    await page.getByText(/项尚无接替人/).first().waitFor();
    expect(await page.getByRole("button", { name: "提交", exact: true }).isDisabled()).toBe(true);
    expect(await count("未分配")).toBeGreaterThan(0);
    await shoot(page, "plan-conflicts");

    const rows = page.getByRole("row").filter({ has: page.getByRole("checkbox") });
    const whose = (at: number) => rows.nth(at).getByRole("cell").last();
    // One line as suggested.
    const take = rows.nth(1).getByRole("button", { name: /采用建议/ });
    const suggested = (await take.getAttribute("aria-label"))?.split("：")[1] ?? "?";
    await take.click();
    await expect.poll(() => whose(1).innerText()).toBe(suggested);

    // One line by dragging it onto a card.
    const card = page.getByRole("listitem").filter({ hasText: suggested });
    await rows.nth(2).dragTo(card.first());
    await expect.poll(() => whose(2).innerText()).toBe(suggested);

    // Two lines at once, to the first of the people beside.
    await rows.nth(3).getByRole("checkbox").check();
    await rows.nth(4).getByRole("checkbox").check();
    await page.getByRole("button", { name: "分配所选（2）" }).first().click();
    await expect.poll(() => whose(3).innerText()).not.toBe("未分配");
    await expect.poll(() => whose(4).innerText()).not.toBe("未分配");

    // Everything of a kind by rule, to somebody who is searched for.
    await page.getByRole("button", { name: "按规则分配" }).click();
    await choose(page, dialog(page), "类型（不选为全部）", "客户归属");
    await dialog(page).getByRole("checkbox", { name: "只分配尚未分配的" }).check();
    const taken = people().map(({ number }) => number);
    const second = (await sellers(await calling(as("高管")), [leaver.number, ...taken])).at(-1);
    await choose(page, dialog(page), "接替人", second?.number ?? "", second?.number);
    await confirm(page, "保存");
    // The rest as suggested.
    await page.getByRole("button", { name: "未分配的按建议分配" }).click();
    await expect.poll(() => count("未分配")).toBe(0);
    await settled(page);
    await shoot(page, "plan-editor");

    await page.getByRole("button", { name: "提交", exact: true }).click();
    await confirm(page, "提交");
    await page.getByText("待接收与批准").first().waitFor();
    await close();
  });

  test("a receiver declines with a reason, the manager changes the plan, all accept", async () => {
    const [first] = await receivers();
    const theirs = await visit({ as: somebody(first?.number ?? "") });
    await theirs.page.goto("/");
    await theirs.page.getByRole("link", { name: new RegExp(leaver.name) }).first().click();
    await theirs.page.getByRole("heading", { level: 1 }).waitFor();
    await theirs.page.getByRole("button", { name: "不接收" }).click();
    await dialog(theirs.page).getByRole("textbox").fill("名下客户已满，难以兼顾");
    await confirm(theirs.page, "确定");
    await theirs.page.getByText("已答复不接收").waitFor();
    await theirs.close();

    const { page, close } = await visit({ as: manager });
    await openPlan(page);
    await page.getByText("名下客户已满，难以兼顾", { exact: true }).waitFor();
    const others = (await receivers()).filter(({ id }) => id !== first?.id);
    await choose(page, page, /^接替人$/, first?.name ?? "");
    await settled(page);
    await page.getByRole("checkbox").first().check();
    await choose(page, page, /^分配所选/, others[0]?.name ?? "");
    await page.getByText("已分配").first().waitFor();
    await close();

    for (const one of await receivers()) {
      const visitor = await visit({ as: somebody(one.number) });
      await openPlan(visitor.page);
      await visitor.page.getByText("您只能看到分给您的部分。").waitFor();
      await visitor.page.getByRole("button", { name: "接收", exact: true }).click();
      await dialog(visitor.page).getByText(`自 ${today()} 起由您负责`).waitFor();
      await confirm(visitor.page, "接收");
      await visitor.page.getByText("已确认接收").waitFor();
      // What was answered stands where the buttons were; it can still be taken back.
      await visitor.page.getByText("您已接收", { exact: true }).waitFor();
      await visitor.page.getByRole("button", { name: "改为不接收" }).waitFor();
      expect(await visitor.page.getByRole("button", { name: "接收", exact: true }).count()).toBe(0);
      await visitor.close();
    }
  });

  test("it is approved on a phone, after a dry run", async () => {
    const { page, close } = await visit({ size: "mobile", as: as("高管") });
    await openPlan(page);
    expect(await overflows(page)).toBe(false);
    expect(await faults(page)).toEqual([]);
    await page.getByRole("button", { name: "试运行" }).click();
    await dialog(page).getByText(new RegExp(`将转移 ${leaver.customers} 户客户`)).waitFor();
    await shoot(page, "plan-dry-run", "mobile");
    await dialog(page).getByRole("button").last().click();
    await shoot(page, "plan-approve", "mobile");
    await page.getByRole("button", { name: "批准", exact: true }).click();
    await confirm(page, "批准");
    await page.getByText("已批准").first().waitFor();
    await close();
  });

  test("it runs, and every customer is in somebody’s hands", async () => {
    const { page, close } = await visit({ as: manager });
    // Its day is today, so it may run by itself before anybody presses the button.
    const run = page.getByRole("button", { name: "立即执行" });
    const executed = async () => {
      await openPlan(page);
      if (await run.isVisible()) {
        await run.click();
        await confirm(page, "立即执行");
      }
      return page.getByText("已执行", { exact: true }).first().isVisible();
    };
    await expect.poll(executed, { timeout: 60_000, interval: 1_000 }).toBe(true);
    await settled(page);
    await shoot(page, "plan-executed");

    const boss = await calling(as("高管"));
    const mine = await boss.get<{ items: unknown[] }>(`/customers?owner=${leaver.id}`);
    expect(mine.items).toEqual([]);
    await close();
    // The customer may be in another team's hands now, where this manager does not look.
    const above = await visit({ as: as("高管") });
    await openPlan(above.page);
    await above.page.getByRole("link", { name: /公司|厂|集团|行|院/ }).first().click();
    const timeline = above.page.getByRole("group", { name: "归属时间轴" });
    await timeline.getByText(leaver.name).first().waitFor();
    await timeline.getByRole("link", { name: /方案/ }).first().waitFor();
    await above.close();
  });

  test("the offices do their part of the process, from their lists of tasks", async () => {
    await finishTasks(as("财务"), ["核对名下应收"]);
    await finishTasks(as("信息技术"), ["清点账号并安排权限回收"]);
    await finishTasks(as("行政"), ["核对领用资产"]);
    await finishTasks(as("人事"), ["离职面谈并确认日期"]);
    await takeBack(as("行政"), "登记归还");
    await takeBack(as("信息技术"), "登记关闭");
  });

  test("finance decides what commission is open, in one go", async () => {
    const { page, close } = await visit({ as: as("财务") });
    await page.goto(`/departures/${departure}`);
    const panel = page.getByRole("region", { name: "离职提成结算" });
    await panel.getByText(/没有未结的提成|四种处理之一/).first().waitFor();
    const all = panel.getByRole("button", { name: "全选待决定的" });
    if (await all.count()) {
      await all.click();
      await panel.getByRole("button", { name: /^决定所选/ }).click();
      // Where the suggestions differ nothing is chosen beforehand.
      await dialog(page).getByRole("radio", { name: "当期付清" }).check();
      await dialog(page).getByRole("button", { name: /决\s*定/ }).click();
      await expect.poll(() => panel.getByText("待决定", { exact: true }).count()).toBe(0);
      await settled(page);
      await shoot(page, "departure-commission-decided");
    }
    await close();
  });

  test("HR issues the certificate, sees every gate open, and closes the file", async () => {
    const { page, close } = await visit({ as: as("人事") });
    await page.goto(`/departures/${departure}`);
    await settled(page);
    const gates = page.getByRole("region", { name: "离职关卡" });
    // What is not done yet stands in the way, and is told beside the button.
    await page.getByText(/还有 \d+ 个关卡未通过，暂不能办结/).waitFor();
    expect(await page.getByRole("button", { name: "办结", exact: true }).isDisabled()).toBe(true);
    const offer = page.getByRole("listitem").filter({ hasText: "离职证明" });
    await offer.getByRole("button", { name: "出具", exact: true }).click();
    await expect.poll(() => gates.getByText("未通过").count()).toBe(0);
    await settled(page);
    await shoot(page, "departure-gates");
    await page.getByRole("button", { name: "办结", exact: true }).click();
    await confirm(page, "办结");
    await page.getByText("离职已办结").first().waitFor();
    await settled(page);
    await shoot(page, "departure-closed");
    await page.getByRole("link", { name: /^JJ/ }).first().waitFor();
    await close();
  });

  test("whoever has left does not come in any more", async () => {
    const { page, close } = await visit();
    await page.goto("/login");
    await fillSignIn(page, { ...as("业务员"), number: leaver.number });
    await page.getByRole("alert").waitFor();
    expect(new URL(page.url()).pathname).toBe("/login");
    await close();
  });
});

/** Goes through somebody's tasks about the leaver: takes each from its pool and completes it. */
async function finishTasks(who: Person, titles: string[]): Promise<void> {
  const { page, close } = await visit({ as: who });
  for (const title of titles) {
    await page.goto("/tasks");
    const row = page.getByRole("row").filter({ hasText: leaver.name }).filter({ hasText: title });
    await row.getByRole("link").first().click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    const mine = page.getByRole("region", { name: "需要您处理" });
    const claim = mine.getByRole("button", { name: "认领" });
    const complete = mine.getByRole("button", { name: "办结" });
    await claim.or(complete).first().waitFor();
    if (await claim.count()) await claim.first().click();
    await complete.waitFor();
    for (const box of await mine.getByRole("checkbox").all()) await box.check();
    await complete.click();
    await confirm(page, "办结");
    await expect.poll(() => complete.count()).toBe(0);
  }
  await close();
}

/** Notes everything lent to the leaver as back, or every account as closed. */
async function takeBack(who: Person, verb: string): Promise<void> {
  const { page, close } = await visit({ as: who });
  await page.goto(`/employees/${leaver.id}`);
  await page.getByRole("tab", { name: "资产与账号" }).click();
  const open = page.getByRole("button", { name: verb, exact: true });
  await open.first().waitFor();
  for (let left = await open.count(); left > 0; left -= 1) {
    await open.first().click();
    await confirm(page, verb);
    await expect.poll(() => open.count()).toBe(left - 1);
  }
  await close();
}
