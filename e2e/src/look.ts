/** Looks at a page: a picture for people, and axe for people who do not see it 页面检查. */
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import type { AxeResults, RunOnly } from "axe-core";
import type { Page } from "playwright-core";
import { sizes, type Size } from "./browser";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// `./dev shots` says where to; an ordinary run takes no pictures and leaves the tree clean.
const screens = process.env["BATON_SHOTS"] ?? "";

/** Whether this run takes pictures. */
export const wanted = screens !== "";

/**
 * Saves `<name>-<size>.png` when pictures are wanted, as much of the page as one sees at once. Wait
 * for the content before: pictures do not wait.
 */
export async function shoot(page: Page, name: string, size: Size = "desktop"): Promise<void> {
  if (!wanted) return;
  mkdirSync(screens, { recursive: true });
  await page.setViewportSize(sizes[size]);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${screens}/${name}-${size}.png`, animations: "disabled" });
}

/** What axe finds wrong by WCAG 2.1 A and AA, one line each; empty when nothing. */
export function faults(page: Page): Promise<string[]> {
  const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
  return run(page, { type: "tag", values });
}

/** The same of what concerns the page as a whole, whatever it is made of. */
export function outline(page: Page): Promise<string[]> {
  return run(page, { type: "rule", values: OUTLINE });
}

const OUTLINE = [
  "aria-hidden-body",
  "bypass",
  "document-title",
  "duplicate-id-aria",
  "heading-order",
  "html-has-lang",
  "landmark-one-main",
  "landmark-unique",
  "page-has-heading-one",
];

async function run(page: Page, runOnly: RunOnly): Promise<string[]> {
  // Once for each document: a page of the client is left without loading another.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const results = await page.evaluate((only) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    // Of what passed nothing is told, which is most of the work.
    return axe.run(document, {
      runOnly: only,
      resultTypes: ["violations"],
    }) as Promise<AxeResults>;
  }, runOnly);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help} at ${target.join(" ")} ${html.slice(0, 160)}`),
  );
}

/**
 * What the page is made of in this size, without what stands in it: every kind of element by name,
 * class, role, the names of its attributes and what it stands in. Two of one kind are alike to axe.
 */
export function build(page: Page, within = "body"): Promise<string[]> {
  return page.evaluate((root) => {
    const kinds = new Set<string>();
    for (const element of document.querySelectorAll(`${root} *`)) {
      if (element.closest("svg") && element.localName !== "svg") continue;
      const names = element.getAttributeNames().filter((name) => !name.startsWith("data-"));
      const { localName, className } = element;
      const parent = element.parentElement?.localName ?? "";
      const role = element.getAttribute("role") ?? "";
      kinds.add([innerWidth, parent, localName, String(className), role, ...names].join(" "));
    }
    return [...kinds];
  }, within);
}

/** Whether the page can be pushed sideways, which on a phone means something is too wide. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1,
  );
}
