import { expect, test } from "vitest";
import { fillSignIn, visit } from "../src/browser";
import { shoot } from "../src/look";
import { as, people } from "../src/place";
import { baton } from "../src/program";
import { bystanders } from "../src/server";

test("a reset password must be changed before anything else, by its owner", async () => {
  const taken = people().map(({ number }) => number);
  const found = await bystanders(taken);
  const number = found.at(-1)?.number ?? "";
  const [given, own] = ["Zhongxin-2026", "Wode-Mima-88"];
  expect((await baton(["passwd", number], { BATON_PASSWORD: given })).code).toBe(0);

  const { page, close } = await visit();
  await page.goto("/customers");
  await fillSignIn(page, { number, password: given });
  await page.getByRole("heading", { level: 1, name: "修改密码" }).waitFor();
  await page.goto("/customers");
  await page.getByRole("heading", { level: 1, name: "修改密码" }).waitFor();
  await page.getByLabel("当前密码").fill(given);
  await page.getByLabel("新密码", { exact: true }).fill(`${number}abc`);
  await page.getByLabel("再次输入新密码").fill("something else");
  await page.getByRole("button", { name: "保存新密码" }).click();
  await page.getByText(/新密码(至少|不能包含工号)/).first().waitFor();
  await page.getByText("两次输入的新密码不一致").waitFor();
  await shoot(page, "password");
  await page.getByLabel("新密码", { exact: true }).fill(own);
  await page.getByLabel("再次输入新密码").fill(own);
  await page.getByRole("button", { name: "保存新密码" }).click();
  await page.getByText("密码已修改，请用新密码登录").waitFor();
  await fillSignIn(page, { number, password: own });
  await page.getByRole("heading", { level: 1, name: /您好/ }).waitFor();
  await close();
});
