import { describe, expect, test } from "vitest";
import { signIn, visit, type Size } from "../src/browser";
import { faults, overflows, shoot } from "../src/look";
import { as } from "../src/place";

const person = () => as("销售主管");

describe.each<Size>(["desktop", "mobile"])("signing in, %s", (size) => {
  test("the page stands, is accessible, and is not too wide", async () => {
    const { page, close } = await visit(size);
    await page.goto("/login");
    await page.getByRole("button", { name: "登录" }).waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await shoot(page, "login", size);
    await close();
  });

  test("a wrong password is told in words and lets nobody in", async () => {
    const { page, close } = await visit(size);
    await page.goto("/login");
    await page.getByLabel("工号").fill(person().number);
    await page.getByLabel("密码", { exact: true }).fill("not the password at all");
    await page.getByRole("button", { name: "登录" }).click();
    const told = page.getByRole("alert");
    await told.waitFor();
    expect(await told.innerText()).toMatch(/[\u4e00-\u9fff]/);
    expect(new URL(page.url()).pathname).toBe("/login");
    await close();
  });

  test("a deep link leads through the sign-in page and back to where it pointed", async () => {
    const { page, close } = await visit(size);
    await page.goto("/customers?sort=name");
    await page.waitForURL(/\/login\?return=/);
    const { number, password } = person();
    await page.getByLabel("工号").fill(number);
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByRole("button", { name: "登录" }).click();
    await page.waitForURL(/\/customers\?sort=name$/);
    await close();
  });

  test("the desk is accessible, and signing out ends it", async () => {
    const { page, close } = await visit(size);
    await signIn(page, person());
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await shoot(page, "desk", size);
    await page.getByRole("button", { name: /我的账号/ }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.waitForURL(/\/login$/);
    await page.goto("/");
    await page.waitForURL(/\/login/);
    await close();
  });
});
