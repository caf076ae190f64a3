/** Chromium without its habit of calling home, in the two sizes people use 浏览器. */
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { baseUrl, type Person } from "./place";

export const sizes = {
  desktop: { width: 1440, height: 900 },
  mobile: { width: 390, height: 844 },
} as const;

export type Size = keyof typeof sizes;

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: flags });
}

/** A fresh visitor; every script error of its pages fails the test that calls `close`. */
export async function visit(browser: Browser, size: Size = "desktop") {
  const context = await browser.newContext({
    baseURL: baseUrl(),
    viewport: sizes[size],
    isMobile: size === "mobile",
    hasTouch: size === "mobile",
    deviceScaleFactor: size === "mobile" ? 2 : 1,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const close = async () => {
    await context.close();
    if (errors.length > 0) throw new Error(`script errors:\n${errors.join("\n")}`);
  };
  return { page, context, close };
}

export type Visit = { page: Page; context: BrowserContext; close: () => Promise<void> };

/** Fills in the sign-in form and waits for the shell. */
export async function signIn(page: Page, { number, password }: Person): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("工号").fill(number);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByRole("button", { name: /我的账号/ }).waitFor();
}
