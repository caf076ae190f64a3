import { beforeAll, expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { choose, dialog } from "../src/fields";
import { faults, overflows, shoot } from "../src/look";
import { as } from "../src/place";
import { calling } from "../src/server";

/** Papers that the books cannot write alone: HR fills them in, looks at them, and issues them. */
let plan = "";
let departure = "";

beforeAll(async () => {
  const hr = await calling(as("人事"));
  type Plans = { items: { id: string; departure_id: string | null }[] };
  const plans = await hr.get<Plans>("/handover-plans?state=executed");
  const found = plans.items.find(({ departure_id }) => departure_id);
  if (!found?.departure_id) throw new Error("no departure was handed over");
  plan = found.id;
  departure = found.departure_id;
});

test("a handover confirmation is filled in and issued from the page of the plan", async () => {
  const { page, close } = await visit({ as: as("人事") });
  await page.goto(`/plans/${plan}`);
  const papers = page.getByRole("region", { name: "交接文书" });
  // Other rows speak of it in what stands in their way.
  const called = page.getByText("客户交接确认书", { exact: true });
  const row = papers.getByRole("listitem").filter({ has: called });
  await row.getByText(/已出具 0 \/ \d+/).waitFor();
  await row.getByRole("button", { name: "填写并出具" }).click();
  const form = dialog(page);
  await form.getByRole("button", { name: "出具", exact: true }).click();
  await form.getByText("请填写与客户的介绍").first().waitFor();
  await choose(page, form, "为谁出具", /→/);
  await page.keyboard.press("Escape");
  await choose(page, form, "与客户的介绍", "已当面拜访介绍");
  await form.getByLabel("对客户作出的承诺").fill("口头答应备件按去年价格供货。");
  await form.getByLabel("信用额度").fill("500000.50");
  await form.getByRole("button", { name: "添加一行" }).click();
  await form.getByLabel("名称").fill("合同原件");
  await form.getByLabel("份数").fill("2");
  await settled(page);
  await shoot(page, "paper-form");
  expect(await overflows(page)).toBe(false);
  expect(await faults(page)).toEqual([]);
  await form.getByRole("button", { name: "出具", exact: true }).click();
  await row.getByText(/已出具 1 \/ \d+/).waitFor();
  const issued = papers.getByRole("region", { name: "最近出具" });
  await issued.getByRole("link", { name: /客户交接确认书 LZ.*-KH1/ }).waitFor();
  await close();
});

test("an undertaking names the secrets, and no penalty", async () => {
  const { page, close } = await visit({ size: "mobile", as: as("人事") });
  await page.goto(`/departures/${departure}`);
  const offer = page.getByRole("listitem").filter({ hasText: "保密承诺书" }).first();
  await offer.getByRole("button", { name: "出具", exact: true }).click();
  const form = dialog(page);
  await form.getByRole("button", { name: "添加一行" }).first().click();
  await choose(page, form, "类别", "客户信息");
  await form.getByLabel("具体内容").fill("华东客户清单，泄露的支付违约金");
  await choose(page, form, "保密期限", "至相关信息被合法公开之日");
  await choose(page, form, "个人设备与账号", "个人设备与账号中没有单位资料");
  await form.getByRole("button", { name: "出具", exact: true }).click();
  await form.getByText(/不得约定由劳动者承担违约金/).first().waitFor();
  expect(await overflows(page)).toBe(false);
  await form.getByLabel("具体内容").fill("华东客户清单 KHQD-2026-03");
  await form.getByRole("button", { name: "出具", exact: true }).click();
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  await page.getByRole("link", { name: /保密承诺书 LZ.*-BM1/ }).waitFor();
  await close();
});
