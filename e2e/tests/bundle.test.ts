import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { settled, sizes, visit } from "../src/browser";
import { faults, overflows, shoot } from "../src/look";
import { as } from "../src/place";
import { baton, type Outcome } from "../src/program";
import { calling } from "../src/server";

/** The evidence of a closed departure leaves the house, and two strangers judge it. */
const run = promisify(execFile);
const script = fileURLToPath(
  new URL("../../crates/bundle/verifier/baton-verify.py", import.meta.url),
);

let folder: string;
let departure = "";
let key = "";
let policy = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-bundle-"));
  const hr = await calling(as("人事"));
  const closed = await hr.get<{ items: { id: string }[] }>("/departures?stage=closed");
  departure = closed.items[0]?.id ?? "";
  // What the other side has from the annex of the contract.
  ({ key } = await (await calling(as("法务"))).get<{ key: string }>("/evidence-log"));
  policy = join(folder, "policy.txt");
  await writeFile(policy, `log ${key}\nquorum none\n`);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function second(file: string): Promise<Outcome> {
  try {
    const { stdout } = await run("python3", [script, "--policy", policy, file]);
    return { out: stdout, code: 0 };
  } catch (thrown) {
    const { stdout = "", code = -1 } = thrown as { stdout?: string; code?: number };
    return { out: stdout, code };
  }
}

/** Says for whom and why, exports, and keeps the file. */
async function exported(page: Page, name: string): Promise<string> {
  await page.getByLabel("接收方").fill("上海市某区劳动人事争议仲裁委员会");
  await page.getByLabel("用途与理由").fill("提成争议仲裁举证");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出并下载" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^存证包_LZ\d{4}-\d{4}_\d+\.zip$/);
  const file = join(folder, name);
  await download.saveAs(file);
  return file;
}

test("a bundle is chosen, exported and judged alike by two verifiers", async () => {
  // Who may read all of it, what customers owed and what he was paid too.
  const { page, errors, close } = await visit({ as: as("法务") });
  await page.goto(`/departures/${departure}`);
  await page.getByRole("button", { name: "导出存证包" }).click();
  await page.getByRole("heading", { level: 1, name: "导出存证包" }).waitFor();
  await settled(page);
  await shoot(page, "bundle");
  expect(await faults(page)).toEqual([]);

  // Without a reason nothing leaves the house.
  await page.getByRole("button", { name: "导出并下载" }).click();
  await page.getByText("请填写接收方").waitFor();

  // As little as the proof allows: what speaks of others is kept back, and the verdict says so.
  const least = await exported(page, "least.zip");
  for (const said of [await baton(["verify", least, "--policy", policy]), await second(least)]) {
    expect(said).toEqual({ code: 12, out: expect.stringContaining("INCOMPLETE") as string });
    expect(said.out).toContain("payload.withheld");
    expect(said.out).not.toContain("INCOMPLETE-CHAIN");
  }
  await page.getByText("上海市某区劳动人事争议仲裁委员会", { exact: false }).first().waitFor();

  await page.reload();
  await settled(page);
  await page.getByRole("button", { name: "全部披露" }).click();
  const all = await exported(page, "all.zip");
  for (const said of [await baton(["verify", all, "--policy", policy]), await second(all)]) {
    expect(said).toEqual({ code: 10, out: expect.stringContaining("VALID-UNWITNESSED") as string });
    expect(said.out).toContain(`departure/${departure}`);
  }
  expect(errors).toEqual([]);
  await close();
});

test("whoever was handed a bundle checks it in his own browser, and nothing leaves it", async () => {
  const { page, errors, close } = await visit();
  await page.goto("/login");
  await page.getByRole("link", { name: "验证收到的存证包，无需登录" }).click();
  await page.getByRole("heading", { level: 1, name: "验证存证" }).waitFor();
  await settled(page);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" || request.url().includes("/api/")) sent.push(request.url());
  });
  const verdict = page.getByRole("status");
  const file = join(folder, "all.zip");
  const choose = (given: Parameters<ReturnType<Page["locator"]>["setInputFiles"]>[0]) =>
    page.locator("input[type=file]").setInputFiles(given);

  await choose(file);
  await verdict.getByText("CONSISTENT-BUT-UNTRUSTED").first().waitFor();
  await page.getByLabel("信任的公钥或策略").fill(key);
  await verdict.getByText("VALID-UNWITNESSED").first().waitFor();
  await verdict.getByText(`departure/${departure}`).first().waitFor();
  await shoot(page, "verify");
  expect(await faults(page)).toEqual([]);
  await page.setViewportSize(sizes.mobile);
  await settled(page);
  await shoot(page, "verify", "mobile");
  expect(await overflows(page)).toBe(false);

  // One bit in the middle of what was handed out.
  const bytes = await readFile(file);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await choose({ name: "bent.zip", mimeType: "application/zip", buffer: bytes });
  await verdict.getByText("INVALID", { exact: true }).first().waitFor();
  expect(sent).toEqual([]);
  expect(errors).toEqual([]);
  await close();
});

test("it works on a phone, and is nobody's who may not hand out evidence", async () => {
  const { page, close } = await visit({ as: as("法务"), size: "mobile" });
  await page.goto(`/departures/${departure}/bundle`);
  await page.getByRole("heading", { level: 1, name: "导出存证包" }).waitFor();
  await settled(page);
  await page.setViewportSize(sizes.mobile);
  await shoot(page, "bundle", "mobile");
  expect(await overflows(page)).toBe(false);
  expect(await faults(page)).toEqual([]);
  await close();
  const other = await visit({ as: as("高管") });
  await other.page.goto(`/departures/${departure}`);
  await settled(other.page);
  expect(await other.page.getByRole("button", { name: "导出存证包" }).count()).toBe(0);
  await other.close();
});
