import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { openBrowser } from "../src/browser";
import { sweep } from "../src/sweep";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const roles = ["人事", "信息技术", "行政", "系统管理员", "安全管理员", "审计"];

test.each(roles)(
  "every page as %s: axe at both sizes, no push sideways on a phone, one language at a time",
  async (role) => expect(await sweep(browser, role)).toEqual([]),
  240_000,
);
