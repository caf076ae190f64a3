/** Working Ant Design's fields as a person does 表单操作. */
import type { Locator, Page } from "playwright-core";

type Scope = Page | Locator;

/** Chooses in a select by its label; `typed` searches first. */
export async function choose(
  page: Page,
  scope: Scope,
  label: string | RegExp,
  option: string | RegExp,
  typed?: string,
): Promise<void> {
  const box = scope.getByRole("combobox", { name: label });
  await box.click();
  if (typed) await box.fill(typed);
  await page
    .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option")
    .filter({ hasText: option })
    .first()
    .click();
}

/** Types a day into a date field, `2026-11-26`. */
export async function setDay(scope: Scope, label: string | RegExp, day: string): Promise<void> {
  const field = scope.getByLabel(label);
  await field.fill(day);
  await field.press("Enter");
}

/** The dialog that is open. */
export function dialog(page: Page): Locator {
  return page.getByRole("dialog").last();
}

/** Presses the button of the question that is asked before something serious. */
export async function confirm(page: Page, name: string | RegExp): Promise<void> {
  await dialog(page).getByRole("button", { name }).click();
}
