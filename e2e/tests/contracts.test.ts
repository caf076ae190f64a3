import { expect, test } from "vitest";
import { visit } from "../src/browser";
import { dialog } from "../src/fields";
import { faults, overflows } from "../src/look";
import { as, people, somebody } from "../src/place";
import { calling, sellers } from "../src/server";

type Line = { kind: string; customer_id: string | null; follows: { kind: string; count: number }[] };
type Found = { plan: string; manager: string; customer: string };

/** A plan for everything of somebody whose customer has a contract, drawn up by his manager. */
async function drawn(): Promise<Found> {
  const hr = await calling(as("人事"));
  const taken = people().map(({ number }) => number);
  for (const seller of (await sellers(await calling(as("高管")), taken)).reverse()) {
    const { line } = await hr.get<{ line: { number: string }[] }>(`/employees/${seller.id}`);
    const manager = line[0]?.number ?? "";
    const chief = await calling(somebody(manager));
    const body = { from: seller.id };
    const made = await chief.post<{ id: string }>("/handover-plans", body).catch(() => undefined);
    if (!made) continue;
    const plan = made.id;
    const items = await chief.get<{ items: Line[] }>(`/handover-plans/${plan}/items`);
    const has = ({ follows }: Line) =>
      follows.some(({ kind, count }) => kind === "contract" && count > 0);
    const customer = items.items.find(has)?.customer_id;
    if (customer) return { plan, manager, customer };
    await chief.post(`/handover-plans/${plan}/cancel`, { reason: "没有合同" });
  }
  throw new Error("nobody has a contract");
}

test("a contract is given to somebody else than its customer, and back, on a phone too", async () => {
  const { plan, manager, customer } = await drawn();
  for (const size of ["desktop", "mobile"] as const) {
    const { page, close } = await visit({ as: somebody(manager), size });
    await page.goto(`/plans/${plan}`);
    await page.getByRole("button", { name: /^有合同要交给别人？/ }).first().click();
    const window = dialog(page);
    await window.getByRole("checkbox").first().check();
    await window.getByLabel("交给谁").click();
    await page.locator(".ant-select-item-option").first().click();
    expect(await faults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await window.getByRole("button", { name: "单独交给他" }).click();
    await page.getByText("合同的接手人已更新，相关接替人需答复").waitFor();
    await page.getByText("单独交接", { exact: true }).first().waitFor();
    await page.getByText("更换接手人").first().click();
    await dialog(page).getByRole("button", { name: /改回随客户走$/ }).click();
    await page.getByText("更换接手人").first().waitFor({ state: "detached" });
    // On the page of the customer everybody reads in whose hands each contract is.
    await page.goto(`/customers/${customer}?tab=papers`);
    await page.getByText("随客户，客户换人时一起走").first().waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await close();
  }
  const chief = await calling(somebody(manager));
  await chief.post(`/handover-plans/${plan}/cancel`, { reason: "只是试一试" });
});
