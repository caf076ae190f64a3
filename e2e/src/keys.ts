/** Moving about with the keyboard alone 键盘操作. */
import type { Locator, Page } from "playwright-core";

/** As many steps as anybody is willing to make to the next thing. */
const STEPS = 90;

/** Presses Tab until `wanted` has the focus, and says when it shows no sign of having it. */
export async function tabTo(page: Page, wanted: Locator, key = "Tab"): Promise<void> {
  await wanted.waitFor();
  for (let step = 0; step < STEPS; step += 1) {
    await page.keyboard.press(key);
    const there = await wanted.evaluate((element) => element === document.activeElement);
    if (!there) continue;
    const seen = await wanted.evaluate((element) => {
      for (let one: Element | null = element; one; one = one.parentElement) {
        const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(one);
        if (outlineStyle !== "none" && outlineWidth !== "0px") return true;
        if (boxShadow !== "none" || borderColor === "rgb(21, 84, 173)") return true;
      }
      return false;
    });
    if (!seen) throw new Error(`no sign of the focus on ${wanted.toString()}`);
    return;
  }
  throw new Error(`${STEPS} Tabs do not lead to ${wanted.toString()}`);
}

/** Goes there by Tab and presses it. */
export async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}
