import { beforeAll, expect, test } from "vitest";
import { visit } from "../src/browser";
import { choose, dialog } from "../src/fields";
import { shoot } from "../src/look";
import { as } from "../src/place";
import { calling } from "../src/server";

type Item = { id: string; number: string; name: string; region: string };

/** The first two syllables of company names, which are cities, as people type them. */
const spelled: Record<string, string> = {
  上海: "shanghai",
  杭州: "hangzhou",
  苏州: "suzhou",
  南京: "nanjing",
  宁波: "ningbo",
  无锡: "wuxi",
  合肥: "hefei",
  广州: "guangzhou",
  深圳: "shenzhen",
  东莞: "dongguan",
  佛山: "foshan",
  厦门: "xiamen",
  福州: "fuzhou",
  北京: "beijing",
  天津: "tianjin",
  青岛: "qingdao",
  济南: "jinan",
  成都: "chengdu",
  重庆: "chongqing",
  昆明: "kunming",
  贵阳: "guiyang",
  武汉: "wuhan",
  长沙: "changsha",
  郑州: "zhengzhou",
};

const seller = as("业务员");
let known: Item[];
beforeAll(async () => {
  const caller = await calling(seller);
  known = (await caller.get<{ items: Item[] }>("/customers?limit=50")).items;
});

test("a salesperson narrows the list down, and the address keeps what was chosen", async () => {
  const { page, close } = await visit({ as: seller });
  await page.goto("/customers");
  const rows = page.getByRole("row").filter({ has: page.getByRole("link") });
  await rows.first().waitFor();
  expect(await rows.count()).toBe(Math.min(50, known.length));
  const tier = "A";
  await choose(page, page, "客户分级", tier);
  await page.waitForURL(/tier=A/);
  const wanted = (await (await calling(seller)).get<{ items: Item[] }>("/customers?tier=A")).items;
  await expect.poll(() => rows.count()).toBe(wanted.length);
  await page.reload();
  await expect.poll(() => rows.count()).toBe(wanted.length);
  await page.getByRole("button", { name: "清除筛选" }).first().click();
  await expect.poll(() => rows.count()).toBe(Math.min(50, known.length));
  await close();
});

test("pinyin finds a customer, and nothing found says what to do", async () => {
  const { page, close } = await visit({ as: seller });
  await page.goto("/customers");
  const city = Object.keys(spelled).find((word) => known.some(({ name }) => name.startsWith(word)));
  expect(city).toBeDefined();
  const search = page.getByRole("searchbox", { name: "关键字" });
  await search.fill(spelled[city ?? ""] ?? "");
  await search.press("Enter");
  await page.waitForURL(/q=/);
  const matching = known.filter(({ name }) => name.startsWith(city ?? "")).map(({ name }) => name);
  const links = page.getByRole("row").getByRole("link");
  await expect
    .poll(async () => (await links.allInnerTexts()).sort())
    .toEqual(expect.arrayContaining(matching.sort()));
  await search.fill("qqqqxyz");
  await search.press("Enter");
  await page.getByText("没有符合条件的记录").waitFor();
  await close();
});

test("a customer opens with its owners drawn, a phone is shown for a reason, the look is told", async () => {
  const { page, close } = await visit({ as: seller });
  await page.goto("/customers");
  await page.getByRole("row").getByRole("link").first().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  const timeline = page.getByRole("group", { name: "归属时间轴" });
  await timeline.waitFor();
  await timeline.getByText(seller.name).first().waitFor();
  await shoot(page, "customer");

  await page.getByRole("tab", { name: "联系人" }).click();
  const reveal = page.getByRole("button", { name: /查看完整电话/ }).first();
  await reveal.click();
  await dialog(page).getByText("本次查看将记入查阅记录").waitFor();
  await dialog(page).getByRole("radio", { name: "催收联系" }).check();
  await shoot(page, "customer-reveal");
  await dialog(page).getByRole("button", { name: "查看", exact: true }).click();
  const shown = page.getByRole("status").getByText(/^1\d{10}$/);
  await shown.waitFor();

  await page.getByRole("tab", { name: "历史" }).click();
  await page.getByText(/查看.*(联系|电话)/).first().waitFor();
  await page.getByRole("link", { name: /存证 #\d+/ }).first().waitFor();
  await close();
});

test("a colleague’s customer is not there, in words, with a way back", async () => {
  const boss = await calling(as("高管"));
  const all = (await boss.get<{ items: Item[] }>("/customers?limit=50&sort=name")).items;
  const other = all.find(({ id }) => !known.some((one) => one.id === id));
  const { page, close } = await visit({ as: seller });
  await page.goto(`/customers/${other?.id}`);
  const told = page.getByRole("alert");
  await told.waitFor();
  expect(await told.innerText()).not.toContain(other?.name ?? "");
  await told.getByRole("link", { name: "返回工作台" }).click();
  await page.getByRole("heading", { level: 1, name: /您好/ }).waitFor();
  await close();
});

test("a server that is gone is told, and what was shown comes back with it", async () => {
  const { page, context, errors, close } = await visit({ as: seller });
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await context.setOffline(true);
  await page.getByRole("link", { name: "客户", exact: true }).first().click();
  await page.getByRole("alert").getByText("无法连接服务器").waitFor();
  await shoot(page, "server-gone");
  await context.setOffline(false);
  await page.getByRole("button", { name: "重试" }).click();
  await page.getByRole("row").getByRole("link").first().waitFor();
  errors.length = 0; // The browser itself reports every request that did not get through.
  await close();
});
