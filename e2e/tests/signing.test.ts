import { beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { settled, visit } from "../src/browser";
import { choose, confirm, dialog } from "../src/fields";
import { faults, overflows, shoot } from "../src/look";
import { phone } from "../src/phone";
import { as, people, somebody, type Person } from "../src/place";
import { calling, sellers, type Caller, type Seller } from "../src/server";

/** The handover list of somebody who leaves is really signed: on a phone, by mouse, on paper. */
let leaver: Seller;
let hr: Caller;
let departure = "";
let signing = "";
let code: () => Promise<string>;

/** The secret of the leaver's key. */
const SECRET = "雨落在旧屋檐上的四月";

beforeAll(async () => {
  hr = await calling(as("人事"));
  const taken = people().map(({ number }) => number);
  const found = await sellers(await calling(as("高管")), taken);
  const last = found.at(-1);
  if (!last) throw new Error("nobody can leave");
  leaver = last;
  const own = await calling(somebody(leaver.number));
  const filed = await own.post<{ id: string }>("/departures", { kind: "resignation" });
  departure = filed.id;
  await hr.post("/documents", { kind: "handover_list", departure_id: departure });
});

/** The leaver, signed in again: filing ended the old session. */
async function himself(size: "desktop" | "mobile") {
  const person: Person = somebody(leaver.number, leaver.name);
  await calling(person, true);
  return visit({ size, as: person });
}

async function draw(page: Page) {
  const pad = page.getByRole("img", { name: /请用手指、触控笔或鼠标/ });
  await pad.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const box = await pad.boundingBox();
  if (!box) throw new Error("nothing to draw in");
  await page.mouse.move(box.x + 20, box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 24; step++) {
    const wave = Math.sin(step / 2) * box.height * 0.3;
    await page.mouse.move(box.x + 20 + (step * (box.width - 40)) / 24, box.y + box.height / 2 + wave);
  }
  await page.mouse.up();
}

test("the administrator founds the company's certificates", async () => {
  const { page, close } = await visit({ as: as("系统管理员") });
  await page.goto("/system/certificates");
  await page.getByRole("heading", { level: 1, name: "签署证书" }).waitFor();
  await settled(page);
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "建立签署证书" }).click();
  await page.getByRole("link", { name: /下载公司证书/ }).waitFor();
  const seal = page.getByRole("button", { name: "制作电子印章" });
  const wanted = await seal.count();
  expect(wanted).toBeGreaterThan(0);
  for (let left = wanted; left > 0; left--) {
    await seal.first().click();
    await expect.poll(() => seal.count()).toBe(left - 1);
  }
  await shoot(page, "certificates");
  await close();
});

test("HR asks for signatures on the page of the departure", async () => {
  const { page, close } = await visit({ as: as("人事") });
  await page.goto(`/departures/${departure}`);
  await page.getByRole("button", { name: "发起签署" }).click();
  const asked = dialog(page);
  await asked.getByRole("group", { name: "员工本人" }).waitFor();
  // The employee into the file; the receiver is not needed, the supervisor is HR itself.
  const own = asked.getByRole("group", { name: "员工本人" });
  await choose(page, own, "签署级别", "可靠电子签名");
  const receiver = asked.getByRole("group", { name: "接收人" });
  await receiver.getByRole("button", { name: "不需要该签署人" }).click();
  const office = as("法务");
  await choose(page, asked, "监交人", office.name, office.name);
  expect(await faults(page)).toEqual([]);
  await shoot(page, "signing-ask");
  await confirm(page, "发起签署");
  await page.waitForURL(/\/signings\/sgn_/);
  signing = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await page.getByText("还没有人签署").waitFor();
  await settled(page);
  expect(await faults(page)).toEqual([]);
  await shoot(page, "signing");
  await close();
});

test("the employee sets up phone and key, and signs on a phone", async () => {
  const { page, close } = await himself("mobile");
  await page.goto("/tasks");
  await page.getByRole("link", { name: /工作交接清单/ }).click();
  await page.getByText("签署需要动态口令").waitFor();
  await page.getByRole("link", { name: "去设置我的签名" }).click();
  await page.getByRole("button", { name: "启用动态口令" }).click();
  const seed = await page.locator("p", { hasText: /^[A-Z2-7]{32}$/ }).innerText();
  code = phone(seed);
  await settled(page);
  expect(await faults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
  await shoot(page, "signature", "mobile");
  const wrong = page.getByRole("textbox", { name: "动态口令" });
  await wrong.fill("000000");
  await page.getByRole("button", { name: "确认启用" }).click();
  await page.getByText(/动态口令不正确/).first().waitFor();
  await wrong.fill(await code());
  await page.getByRole("button", { name: "确认启用" }).click();
  await page.getByText(/^已启用/).waitFor();
  await page.getByRole("button", { name: "我已阅读并同意" }).click();
  await page.getByText(/^已同意电子签署 ·/).waitFor();
  await page.getByLabel("设定签名口令").fill(SECRET);
  await page.getByLabel("再输一次").fill(SECRET);
  await page.getByRole("textbox", { name: "动态口令" }).fill(await code());
  await page.getByRole("button", { name: "生成签名密钥" }).click();
  await page.getByText(/密钥须由人事当面核实/).waitFor();

  // HR meets the person and lets the key sign.
  const met = await visit({ as: as("人事") });
  await met.page.goto(`/signings/${signing}`);
  await met.page.getByRole("button", { name: "已当面核实，启用密钥" }).click();
  await met.page.getByText("签名密钥已启用").waitFor();
  await met.close();

  await page.goto(`/signings/${signing}`);
  await page.getByLabel("签名口令", { exact: true }).waitFor();
  await settled(page);
  expect(await faults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
  await draw(page);
  await shoot(page, "signing-own", "mobile");
  await page.getByLabel("签名口令", { exact: true }).fill(SECRET);
  await page.getByRole("textbox", { name: "动态口令" }).fill(await code());
  await page.getByRole("button", { name: "确认签署" }).click();
  await page.getByText("请先阅读全文并勾选").waitFor();
  await page.getByRole("checkbox", { name: /我已阅读全文/ }).check();
  await page.getByRole("button", { name: "确认签署" }).click();
  await page.getByText("全部有效").waitFor();
  expect(await page.getByText(/覆盖全文/).count()).toBe(1);
  await shoot(page, "signing-signed", "mobile");
  await close();
});

test("the supervisor signed on paper, which HR records, and everything is signed", async () => {
  const { page, close } = await visit({ as: as("人事") });
  await page.goto(`/signings/${signing}`);
  await page.getByRole("button", { name: "登记纸质签署" }).click();
  const asked = dialog(page);
  await asked.getByLabel("原件存放地点").fill("档案室 3 柜 12 号");
  const png = Buffer.from("89504e470d0a1a0a", "hex");
  await asked
    .getByLabel(/扫描件/)
    .setInputFiles({ name: "scan.png", mimeType: "image/png", buffer: png });
  await asked.getByRole("button", { name: "保存" }).click();
  await page.getByText("原件存放：档案室 3 柜 12 号").waitFor();
  await page.getByText("已签署", { exact: true }).first().waitFor();
  await settled(page);
  expect(await faults(page)).toEqual([]);
  await shoot(page, "signing-complete");
  const [receipt] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载存证回执" }).first().click(),
  ]);
  expect(receipt.suggestedFilename()).toMatch(/^baton-\d+\.tlog-proof$/);

  await page.goto(`/departures/${departure}`);
  await page.getByText("1 处电子签名经验证有效").waitFor();
  await page.goto("/documents");
  await page.getByText("已签 2/2").first().waitFor();
  await settled(page);
  expect(await faults(page)).toEqual([]);
  await shoot(page, "documents-signed");
  await close();
});
