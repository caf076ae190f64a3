import { describe, expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { choose } from "../src/fields";
import { faults, overflows, shoot } from "../src/look";
import { as } from "../src/place";
import { calling } from "../src/server";

/** Decision tables: read, tried, written with gaps shown on the grid, compared. */
const RATES = "行业与新老客户提成比例";
type Items = { items: { id: string; name: string; used_by: string[] }[] };

async function rates(): Promise<string> {
  const finance = await calling(as("财务"));
  const { items } = await finance.get<Items>("/decision-tables");
  const found = items.find(({ name }) => name === RATES);
  if (!found) throw new Error("the demo has no table of rates");
  return found.id;
}

describe("decision tables", () => {
  test("the list says what is in force, and which plan uses it", async () => {
    const { page, close } = await visit({ as: as("财务") });
    await page.goto("/rules");
    await page.getByRole("heading", { level: 1, name: "决策表" }).waitFor();
    await page.getByText("用于：提成方案「华中行业费率提成」").waitFor();
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "rules");
    await close();
  });

  test("a gap stands on the grid with its witness, and one press closes it", async () => {
    const { page, close } = await visit({ as: as("财务") });
    await page.goto(`/rules/${await rates()}/edit`);
    await page.getByRole("button", { name: "删除第 3 行" }).waitFor();
    await page.getByText("可以发布").waitFor();
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "rules-edit");
    await page.getByRole("button", { name: "删除第 3 行" }).click();
    await page.getByRole("row", { name: /遗漏.*制造业.*老客户/ }).first().waitFor();
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "rules-gap");
    await page.getByRole("button", { name: "补上这一行" }).first().click();
    const here = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await expect.poll(here).toMatch(/提成比例$/);
    await page.keyboard.type("0.025");
    await page.getByText("可以发布").waitFor();
    // What cannot be read says so at its cell.
    await page.keyboard.type("很多");
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await close();
  });

  test("the keyboard goes down, adds and moves rows; a range of Excel is pasted", async () => {
    const { page, close } = await visit({ as: as("财务") });
    await page.goto(`/rules/${await rates()}/edit`);
    const first = page.getByRole("textbox", { name: "第 1 行 行业" });
    await first.focus();
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
      .toBe("第 2 行 行业");
    await page.keyboard.press("Alt+ArrowDown");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
      .toBe("第 3 行 行业");
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "能源\tnew\t-\t4%\n能源\told\t-\t2%\n");
      const event = new ClipboardEvent("paste", {
        clipboardData: data,
        bubbles: true,
        cancelable: true,
      });
      document.activeElement?.dispatchEvent(event);
    });
    const pasted = page.getByRole("textbox", { name: "第 4 行 提成比例" });
    await expect.poll(() => pasted.inputValue()).toBe("2%");
    await close();
  });

  test("a draft is compared over a real month, by person and line by line", async () => {
    const { page, close } = await visit({ as: as("高管") });
    await page.goto(`/rules/${await rates()}`);
    await page.getByRole("button", { name: /对\s*比/ }).click();
    await page.getByText(/笔中 \d+ 笔不同|笔全部相同|没有由这张表决定/).waitFor();
    await settled(page);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "rules-ghost");
    await page.getByRole("button", { name: /^发\s*布$/ }).click();
    await page.getByLabel("变更说明").waitFor();
    await close();
  });

  test("a salesperson reads and tries a table on a telephone", async () => {
    const { page, close } = await visit({ as: as("业务员"), size: "mobile" });
    await page.goto(`/rules/${await rates()}`);
    await page.getByRole("heading", { level: 1, name: RATES }).waitFor();
    for (const [label, choice] of [["行业", "医药"], ["新老客户", "老客户"]] as const) {
      await choose(page, page, label, choice);
    }
    await page.getByRole("textbox", { name: "合同金额" }).fill("60,000");
    await page.getByRole("button", { name: /^试\s*算$/ }).click();
    await page.getByText("由第 5 行得出").waitFor();
    await settled(page);
    expect(await overflows(page)).toBe(false);
    expect(await faults(page)).toEqual([]);
    await shoot(page, "rules-try", "mobile");
    await close();
  });
});
