import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { openBrowser } from "../src/browser";
import { people } from "../src/place";
import { sweep } from "../src/sweep";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

// In one file, so that what two roles see alike is looked at once; two walk at a time.
test.concurrent.each(people().map(({ role }) => role))(
  "every page as %s: axe at both sizes, no push sideways, no refused request, one language at a time",
  async (role) => expect(await sweep(browser, role)).toEqual([]),
  300_000,
);
