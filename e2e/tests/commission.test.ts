import { describe, expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { choose, dialog } from "../src/fields";
import { faults, overflows, shoot } from "../src/look";
import { as, somebody } from "../src/place";
import { calling } from "../src/server";

/** Commission: finance answers, the salesperson reads why and confirms, on a telephone too. */
type Item = { payee: { id: string; number: string; name: string }; lines: number };

/** The newest month that was calculated and is not closed. */
async function month(): Promise<string> {
  const finance = await calling(as("财务"));
  type Months = { items: { month: string; stage: string }[] };
  const { items } = await finance.get<Months>("/commission-periods");
  const found = items.find(({ stage }) => stage === "calculated");
  if (!found) throw new Error("no month is calculated");
  return found.month;
}

/** A departure in which something waits for a decision, and the first contract that does. */
async function leaving() {
  const finance = await calling(as("财务"));
  type Item = { number: string; customer: string; lacks: string | null };
  const board = await finance.get<{ items: { id: string }[] }>("/departures");
  for (const { id } of board.items) {
    const { items } = await finance.get<{ items: Item[] }>(`/departures/${id}/commission`);
    const item = items.find(({ lacks }) => lacks === "decision");
    if (item && items.length > 4 && items.some(({ lacks }) => !lacks)) return { id, item };
  }
  throw new Error("nobody who leaves has commission to decide");
}

describe("commission", () => {
  test("finance sees who is paid what, reads why, and answers an objection", async () => {
    const { page, close } = await visit({ as: as("财务") });
    await page.goto("/commission/months");
    await page.getByRole("heading", { level: 1, name: "核算与关账" }).waitFor();
    await settled(page);
    await shoot(page, "commission-months");
    await page.goto("/commission/objections");
    await page.getByRole("heading", { level: 1, name: "提成异议" }).waitFor();
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "commission-objections");
    await page.locator('a[href^="/commission?month="]').first().click();
    await page.getByRole("button", { name: /^答复异议/ }).waitFor();
    await page.getByRole("button", { name: /^为什么/ }).first().click();
    await page.getByText(/适用方案|计提/).first().waitFor();
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "commission-statement");
    await page.getByRole("button", { name: /^答复异议/ }).click();
    await dialog(page).getByRole("radio", { name: "异议不成立" }).check();
    await dialog(page).getByRole("textbox").fill("已按交接条款核对，份额无误");
    await dialog(page).getByRole("button", { name: "提交答复" }).click();
    await page.getByText("已答复").waitFor();
    await close();
  });

  test("finance decides what is open when somebody leaves", async () => {
    const { id, item } = await leaving();
    for (const size of ["desktop", "mobile"] as const) {
      const { page, close } = await visit({ as: as("财务"), size });
      await page.goto(`/departures/${id}`);
      const panel = page.getByRole("region", { name: "离职提成结算" });
      await panel.getByText("待决定").first().waitFor();
      await settled(page);
      expect(await overflows(page)).toBe(false);
      expect(await faults(page)).toEqual([]);
      await panel.scrollIntoViewIfNeeded();
      await shoot(page, "departure-commission", size);
      await close();
    }
    const { page, close } = await visit({ as: as("财务") });
    await page.goto(`/departures/${id}`);
    const panel = page.getByRole("region", { name: "离职提成结算" });
    await panel.getByRole("button", { name: `决定：${item.number} ${item.customer}` }).click();
    await dialog(page).getByText("未成就，不产生提成", { exact: true }).click();
    await choose(page, dialog(page), "原因", "因其离职");
    await dialog(page).getByLabel("证明（编号或存放处）").fill("公司制度第九条");
    await dialog(page).getByRole("button", { name: /决\s*定/ }).click();
    await dialog(page).getByText(/司法实践认定无效/).first().waitFor();
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "departure-commission-refused");
    await dialog(page).getByText("当期付清", { exact: true }).click();
    await dialog(page).getByRole("button", { name: /决\s*定/ }).click();
    await page.getByText("决定：当期付清").first().waitFor();
    await close();
  });

  test("a version of a plan is worked out while it is typed", async () => {
    const { page, close } = await visit({ as: as("财务") });
    await page.goto("/commission/plans");
    await settled(page);
    await shoot(page, "commission-plans");
    await page.getByRole("link", { name: "新建方案" }).click();
    await page.getByLabel("方案名称").fill("大客户回款提成");
    await page.getByLabel("比例", { exact: true }).fill("2.5");
    await page.getByText("提成 ¥5,000.00").waitFor();
    await page.getByText(/累计应得由 0.00 变为 5,000.00/).waitFor();
    await shoot(page, "commission-plan-form");
    await page.goto("/commission/deals");
    await settled(page);
    await shoot(page, "commission-deals");
    await close();
  });

  test("the terms stand on the page of a plan and can be changed there", async () => {
    const manager = as("销售主管");
    const caller = await calling(manager);
    type Plans = { items: { id: string; reverses_id: string | null }[] };
    const { items } = await caller.get<Plans>("/handover-plans?state=draft");
    const draft = items.find(({ reverses_id }) => !reverses_id);
    if (!draft) throw new Error("no plan is being drawn up");
    const { page, close } = await visit({ as: manager });
    await page.goto(`/plans/${draft.id}`);
    await page.getByText(/原负责人享有：30 天内 70%/).first().waitFor();
    await settled(page);
    await shoot(page, "plan-terms");
    await page.getByRole("button", { name: "修改条款" }).click();
    await dialog(page).getByLabel("原负责人份额").first().fill("60");
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "plan-terms-form");
    await dialog(page).getByRole("button", { name: /保\s*存/ }).click();
    await page.getByText(/原负责人享有：30 天内 60%/).first().waitFor();
    await close();
  });

  test("a salesperson reads on a telephone why, and confirms", async () => {
    const at = await month();
    const finance = await calling(as("财务"));
    const { items } = await finance.get<{ items: Item[] }>(`/commission-statements?month=${at}`);
    const paid = items.filter(({ lines }) => lines > 1);
    for (const { payee } of paid) {
      const caller = await calling(somebody(payee.number)).catch(() => undefined);
      if (!caller) continue;
      const { page, close } = await visit({ as: somebody(payee.number), size: "mobile" });
      // Who reaches others begins at everybody's statements.
      await page.goto(`/commission?month=${at}&payee=${payee.id}`);
      await page.getByRole("heading", { level: 1, name: "我的提成单" }).waitFor();
      await settled(page);
      await page.getByRole("button", { name: /^为什么/ }).first().click();
      expect(await overflows(page)).toBe(false);
      expect(await faults(page)).toEqual([]);
      await shoot(page, "commission-own", "mobile");
      await page.getByRole("button", { name: /^确认：/ }).first().click();
      await page.getByText("已确认").first().waitFor();
      await close();
      return;
    }
    throw new Error("nobody who can sign in is paid anything");
  });
});
