import { expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { dialog } from "../src/fields";
import { shoot } from "../src/look";
import { as, people, somebody } from "../src/place";
import { bystanders, calling } from "../src/server";

/** Asks for what the person may not have, as a script would; the server says no each time. */
async function reachTooFar(number: string): Promise<void> {
  const caller = await calling(somebody(number));
  const no = (asked: Promise<unknown>) => asked.then(() => false, () => true);
  for (let time = 0; time < 6; time += 1) {
    expect(await no(caller.get("/logins"))).toBe(true);
    expect(await no(caller.get("/evidence-log/audit"))).toBe(true);
  }
}

test("whoever reaches beyond his rights is seen by the security administrator", async () => {
  const taken = people().map(({ number }) => number);
  const found = await bystanders(taken);
  const one = found.at(-3);
  await reachTooFar(one?.number ?? "");

  const { page, close } = await visit({ as: as("安全管理员") });
  const row = page.getByRole("row").filter({ hasText: one?.name ?? "" });
  await expect
    .poll(
      async () => {
        await page.goto("/alerts");
        await settled(page);
        return row.count();
      },
      { timeout: 60_000, interval: 2_000 },
    )
    .toBeGreaterThan(0);
  await row.first().getByRole("button").or(row.first().getByRole("link")).first().click();
  const drawer = dialog(page);
  await drawer.getByText("被拒绝的操作").waitFor();
  await shoot(page, "alert");
  await drawer.getByRole("button", { name: "处理完毕" }).click();
  await dialog(page).getByRole("radio").first().check();
  await dialog(page).getByRole("textbox").fill("已与本人核实，属误操作，已提醒");
  await dialog(page).getByRole("button", { name: "处理完毕" }).click();
  await page.getByText("预警已处理").waitFor();
  await close();
});
