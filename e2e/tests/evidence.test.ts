import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled, visit } from "../src/browser";
import { choose } from "../src/fields";
import { shoot } from "../src/look";
import { as } from "../src/place";
import { baton } from "../src/program";

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
  await page.getByText("VALID", { exact: true }).waitFor();
  await shoot(page, "evidence-log");
  await close();
});
