/** Every page as one role sees it: readable, in one language, fit for a phone 全页检查. */
import { readFileSync, readdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { go, settled, sizes, visit } from "./browser";
import { build, faults, overflows } from "./look";
import { as, people } from "./place";
import { calling } from "./server";
import { chineseLeft, latinLeft, Told } from "./words";

const features = new URL("../../web/src/features/", import.meta.url);

/** The addresses the features declare, read from their sources: a new page is swept unasked. */
export function declared(): string[] {
  const found = new Set(["/", "/password", "/nowhere"]);
  for (const folder of readdirSync(features)) {
    let source: string;
    try {
      source = readFileSync(new URL(`${folder}/feature.ts`, features), "utf8");
    } catch {
      continue;
    }
    for (const [, path = ""] of source.matchAll(/path: "([^"]+)"/g)) found.add(path);
  }
  return [...found];
}

type Found = { items: { id: string; index?: number; state?: string }[] };

/** An address with the id of something that is there; of `lists` the first that has one. */
export async function routeOf(path: string): Promise<string> {
  if (!path.includes(":")) return path;
  const sources: Record<string, [role: string, list: string]> = {
    "/customers/:id": ["高管", "/customers?limit=1"],
    "/departures/:id": ["人事", "/departures"],
    "/plans/:id": ["高管", "/handover-plans"],
    "/employees/:id": ["人事", "/employees?limit=1"],
    "/cases/:id": ["人事", "/tasks"],
    "/imports/:id": ["财务", "/imports"],
    "/evidence/:index": ["审计", "/evidence"],
    "/alerts/:id": ["安全管理员", "/alerts"],
    "/documents/:id": ["人事", "/documents"],
  };
  const source = sources[path];
  if (!source) throw new Error(`say in sweep.ts where an id for ${path} comes from`);
  const [role, list] = source;
  const caller = await calling(as(role));
  const { items } = await caller.get<Found & { items: { case_id?: string }[] }>(list);
  const first = items[0];
  const id = first ? (first.case_id ?? first.id ?? String(first.index)) : "none";
  return path.replace(/:\w+/, id);
}

let addresses: Promise<string[]> | undefined;
export const routes = (): Promise<string[]> =>
  (addresses ??= Promise.all(declared().map(routeOf)));

/** Builds that axe has looked at already, for whichever role. */
const looked = new Set<string>();

/** What axe finds on a page, unless one of the same build was looked at before. */
async function newFaults(page: Page): Promise<string[]> {
  const built = await build(page);
  if (looked.has(built)) return [];
  looked.add(built);
  return faults(page);
}

/** Walks one role through every page; what is wrong, one line each. */
export async function sweep(browser: Browser, role: string): Promise<string[]> {
  const { page, errors, close } = await visit(browser, { as: as(role) });
  const told = new Told();
  told.listen(page);
  for (const person of people()) told.take(person);
  const wrong: string[] = [];
  const say = (path: string, what: string) => wrong.push(`${role} ${path}: ${what}`);
  // Not the first of the addresses: going where one is already changes nothing.
  await page.goto("/nowhere");
  await settled(page);
  for (const path of await routes()) {
    await go(page, path);
    try {
      await settled(page);
    } catch {
      say(path, "is never ready");
      continue;
    }
    for (const text of await latinLeft(page, told)) say(path, `Latin on a Chinese page: ${text}`);
    for (const fault of await newFaults(page)) say(path, fault);
    await page.setViewportSize(sizes.mobile);
    await settled(page);
    if (await overflows(page)) say(path, "wider than a phone");
    for (const fault of await newFaults(page)) say(path, `on a phone: ${fault}`);
    await page.setViewportSize(sizes.desktop);
    await inEnglish(page, async () => {
      for (const text of await chineseLeft(page, told)) say(path, `Chinese in English: ${text}`);
    });
    for (const error of errors.splice(0)) say(path, error);
  }
  await close();
  return wrong;
}

/** Turns the page to English and back by the switch that people use. */
async function inEnglish(page: Page, look: () => Promise<void>) {
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "中文" }).waitFor();
  await settled(page);
  await look();
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("button", { name: "English" }).waitFor();
}
