import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { choose, confirm, dialog } from "../src/fields";
import { faults, overflows, shoot } from "../src/look";
import { as } from "../src/place";
import { baton } from "../src/program";
import { calling } from "../src/server";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-proof-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("an entry is found, read in words, and its proof holds outside of the program", async () => {
  const { page, close } = await visit({ as: as("法务") });
  await page.goto("/evidence");
  await page.getByRole("link", { name: /^#\d+$/ }).first().waitFor();
  await shoot(page, "evidence");
  await choose(page, page, "动作", "登录");
  await page.waitForURL(/kind=/);
  await settled(page);
  await page.getByRole("button", { name: "清除筛选" }).click();

  const signed = page.getByRole("row").filter({ hasText: "已签名" });
  await signed.last().getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: /^存证 #\d+$/ }).waitFor();
  await page.getByRole("heading", { name: "变更前后" }).waitFor();
  await shoot(page, "evidence-entry");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "下载证明" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^baton-\d{6}\.tlog-proof$/);
  const file = join(folder, "one.tlog-proof");
  await download.saveAs(file);

  await page.goto("/evidence/log");
  const key = page.getByText(/^\S+\+[0-9a-f]{8}\+\S+$/);
  await key.waitFor();
  const vkey = (await key.innerText()).trim();
  const held = await baton(["verify", file, "--key", vkey]);
  // The log has no witness yet, which the verdict says.
  expect(held).toEqual({ code: 10, out: expect.stringContaining("VALID-UNWITNESSED") as string });
  const forged = join(folder, "forged.tlog-proof");
  const text = await readFile(file, "utf8");
  const [hash = ""] = /^[A-Za-z0-9+/]{43}=$/m.exec(text) ?? [];
  const other = (hash.startsWith("A") ? "B" : "A") + hash.slice(1);
  await writeFile(forged, text.replace(hash, other));
  const fell = await baton(["verify", forged, "--key", vkey]);
  expect(fell).toEqual({ code: 1, out: expect.stringContaining("INVALID") as string });
  await close();
});

test("an auditor computes the whole log anew on a screen", async () => {
  const { page, close } = await visit({ as: as("审计") });
  await page.goto("/evidence/log");
  await page.getByRole("button", { name: "开始审计" }).click();
  // The page tells of the last audit that ran by itself, too; this is the one that was asked for.
  const asked = page.getByRole("status").filter({ hasText: "业务数据与存证逐行一致" });
  await asked.getByText("VALID", { exact: true }).waitFor();
  await shoot(page, "evidence-log");
  await close();
});

test("what an entry says is erased by law once somebody else agrees, and its proof stays", async () => {
  // A customer who is a person, and nobody else's walkthrough.
  const name = "赵某某（个人）";
  const seller = await calling(as("业务员"));
  const fresh = { name, region: "华东", industry: "零售", tier: "C", accept_duplicate: true };
  const { id } = await seller.post<{ id: string }>("/customers", fresh);
  const legal = await calling(as("法务"));
  const found = await legal.get<{ items: { index: number }[] }>(`/evidence?subject=customer/${id}`);
  const entry = `/evidence/${found.items[0]?.index}`;

  const { page, errors, close } = await visit({ as: as("法务") });
  await page.goto(entry);
  await page.getByText(name).first().waitFor();
  await page.getByRole("button", { name: "依法删除内容" }).click();
  await confirm(page, "提请删除");
  await dialog(page).getByText("请填写").first().waitFor();
  await page.getByLabel("法律依据").fill("个人信息保护法第四十七条");
  await page.getByLabel("请求书编号").fill("请求书 2026-012");
  await shoot(page, "evidence-erase");
  expect(await faults(page)).toEqual([]);
  await confirm(page, "提请删除");
  await page.getByRole("link", { name: "查看审批进度" }).click();
  await page.waitForURL(/\/cases\//);
  const held = new URL(page.url()).pathname;
  // Nothing is gone before somebody else agrees.
  await page.goto(entry);
  await page.getByText(name).first().waitFor();

  const above = await visit({ as: as("高管"), size: "mobile" });
  await above.page.goto(held);
  await above.page.getByText("个人信息保护法第四十七条").waitFor();
  await above.page.getByText("请求书 2026-012").waitFor();
  expect(await overflows(above.page)).toBe(false);
  await shoot(above.page, "evidence-erase-agree", "mobile");
  await above.page.getByRole("button", { name: "同意", exact: true }).click();
  await confirm(above.page, "同意");
  await above.page.getByText("已处理").first().waitFor();
  await above.close();

  const gone = async () => {
    await page.goto(entry);
    await page.getByRole("heading", { name: "审批", exact: true }).waitFor();
    return page.getByText("内容已依法删除").first().isVisible();
  };
  await expect.poll(gone, { timeout: 30_000, interval: 1_000 }).toBe(true);
  await settled(page);
  await shoot(page, "evidence-erased");
  expect(await page.getByText(name).count()).toBe(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "下载证明" }).click(),
  ]);
  const file = join(folder, "erased.tlog-proof");
  await download.saveAs(file);
  const { key } = await legal.get<{ key: string }>("/evidence-log");
  const proof = await baton(["verify", file, "--key", key]);
  expect(proof).toEqual({ code: 10, out: expect.stringContaining("VALID-UNWITNESSED") as string });
  expect(errors).toEqual([]);
  await close();
});
