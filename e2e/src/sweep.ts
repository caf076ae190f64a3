/** Every page as one role sees it: readable, in one language, fit for a phone 全页检查. */
import { readFileSync, readdirSync } from "node:fs";
import type { Locator, Page, Request } from "playwright-core";
import { go, settled, sizes, visit } from "./browser";
import { build, faults, outline, overflows } from "./look";
import { as, people } from "./place";
import { calling } from "./server";
import { chineseLeft, latinLeft, spoken, Told } from "./words";

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

type Found = { items: { id?: string; index?: number; month?: string; state?: string }[] };

/** An address with the id of something that is there; of `lists` the first that has one. */
export async function routeOf(path: string): Promise<string> {
  if (!path.includes(":")) return path;
  const sources: Record<string, [role: string, list: string]> = {
    "/customers/:id": ["高管", "/customers?limit=1"],
    "/departures/:id": ["人事", "/departures"],
    "/departures/:id/bundle": ["人事", "/departures"],
    "/plans/:id": ["高管", "/handover-plans"],
    "/employees/:id": ["人事", "/employees?limit=1"],
    "/cases/:id": ["人事", "/tasks"],
    "/imports/:id": ["财务", "/imports"],
    "/evidence/:index": ["审计", "/evidence"],
    "/alerts/:id": ["安全管理员", "/alerts"],
    "/documents/:id": ["人事", "/documents"],
    "/signings/:id": ["人事", "/signings"],
    "/commission/months/:month/confirmations": ["财务", "/commission-periods"],
    "/commission/months/:month/payments": ["财务", "/commission-periods"],
    "/commission/plans/:id/next": ["财务", "/commission-plans"],
    "/invoices/:id": ["财务", "/invoices?limit=1"],
    "/rules/:id": ["财务", "/decision-tables"],
    "/rules/:id/edit": ["财务", "/decision-tables"],
  };
  const source = sources[path];
  if (!source) throw new Error(`say in sweep.ts where an id for ${path} comes from`);
  const [role, list] = source;
  const caller = await calling(as(role));
  const { items } = await caller.get<Found & { items: { case_id?: string }[] }>(list);
  const first = items[0];
  const id = first ? (first.case_id ?? first.id ?? first.month ?? String(first.index)) : "none";
  return path.replace(/:\w+/, id);
}

let addresses: Promise<string[]> | undefined;
export const routes = (): Promise<string[]> =>
  (addresses ??= Promise.all(declared().map(routeOf)));

/** What was looked at already, on whatever page and for whichever role: by axe, and by all else. */
const looked = { byAxe: new Set<string>(), byUs: new Set<string>() };

/** Whether there is anything among it that was not looked at before. */
function isNew(signs: string[], before: Set<string>): boolean {
  const known = before.size;
  for (const sign of signs) before.add(sign);
  return before.size > known;
}

/**
 * What axe finds on a page; only in its outline if the address and all it is made of were looked at
 * before in this size.
 */
async function newFaults(page: Page): Promise<string[]> {
  const address = `${page.viewportSize()?.width} ${page.url()}`;
  const signs = [address, ...(await build(page))];
  return isNew(signs, looked.byAxe) ? faults(page) : outline(page);
}

/** Walks one role through every page; what is wrong, one line each. */
export async function sweep(role: string): Promise<string[]> {
  const { page, errors, close } = await visit({ as: as(role) });
  const told = new Told();
  told.listen(page);
  for (const person of people()) told.take(person);
  const shutPaths = new Set<string>();
  let here = "";
  const refused = refusals(page, () => here);
  const wrong: string[] = [];
  // Not the first of the addresses: going where one is already changes nothing.
  await page.goto("/nowhere");
  await settled(page);
  const menu = await places(page);
  await look(page, told, (what) => wrong.push(`${role}, the menu: ${what}`), byHand);
  for (const path of await routes()) {
    const say = (what: string) => wrong.push(`${role} ${path}: ${what}`);
    here = path;
    await go(page, path);
    try {
      await settled(page);
    } catch {
      say("is never ready");
      continue;
    }
    const shut = (await doors(page).count()) > 0;
    if (shut) shutPaths.add(path);
    if (shut && menu.includes(path)) say("stands in the menu and does not open");
    for (const { from, url, status } of refused.splice(0)) {
      // A page that is not for this role says so; any other asks only for what it may have.
      const isSaid = shutPaths.has(from) && [403, 404].includes(status);
      if (!isSaid) wrong.push(`${role} ${from}: ${status} from ${url}`);
    }
    // All shut pages are one page.
    const signs = shut ? ["shut"] : [path, ...(await signsOf(page, told))];
    if (isNew(signs, looked.byUs)) await look(page, told, say);
    for (const error of errors.splice(0)) say(error);
  }
  await close();
  return wrong;
}

/** Where a page says that it is not for this person, and leads back. */
function doors(page: Page) {
  return page.locator("main [role=alert]").getByRole("link", { name: "返回工作台" });
}

/**
 * What the content is made of and what it says in words of ours: other people’s data is no news. The
 * menu around it is each role’s own, and was looked at with the first page.
 */
async function signsOf(page: Page, told: Told): Promise<string[]> {
  const texts = await spoken(page, "main");
  await told.heard();
  const ours = texts.filter((text) => !told.knows(text));
  const words = ours.map((text) => text.replace(/\d[\d,.:-]*/g, "0"));
  return [...(await build(page, "main")), ...words];
}

type Press = (button: Locator) => Promise<void>;
const byHand: Press = (button) => button.click();
/** Without the way of a pointer to the button, which takes longer than all that is looked at. */
const byScript: Press = (button) => button.evaluate((one: HTMLElement) => one.click());

/** The page that is open, in both sizes and languages. */
async function look(
  page: Page,
  told: Told,
  say: (what: string) => void,
  press = byScript,
): Promise<void> {
  for (const text of await latinLeft(page, told)) say(`Latin on a Chinese page: ${text}`);
  if (await overflows(page)) say("wider than a desktop");
  for (const fault of await newFaults(page)) say(fault);
  await page.setViewportSize(sizes.mobile);
  await settled(page);
  for (const text of await latinLeft(page, told)) say(`Latin on a Chinese phone: ${text}`);
  if (await overflows(page)) say("wider than a phone");
  for (const fault of await newFaults(page)) say(`on a phone: ${fault}`);
  await page.setViewportSize(sizes.desktop);
  await inEnglish(page, press, async () => {
    for (const text of await chineseLeft(page, told)) say(`Chinese in English: ${text}`);
    if (await overflows(page)) say("in English wider than a desktop");
    // English words are longer; whoever reads them has a phone too.
    await page.setViewportSize(sizes.mobile);
    await settled(page);
    if (await overflows(page)) say("in English wider than a phone");
    await page.setViewportSize(sizes.desktop);
  });
}

type Refused = { from: string; url: string; status: number };

/**
 * Answers of the server that were no answer, as they come, and the page that had asked: one that is
 * shut after its first answer may be left before the second.
 */
function refusals(page: Page, here: () => string): Refused[] {
  const found: Refused[] = [];
  const asking = new WeakMap<Request, string>();
  page.on("request", (asked) => asking.set(asked, here()));
  const note = (asked: Request, status: number) => {
    const from = asking.get(asked) ?? here();
    found.push({ from, url: new URL(asked.url()).pathname, status });
  };
  page.on("response", (answer) => {
    if (answer.status() >= 400) note(answer.request(), answer.status());
  });
  page.on("requestfailed", (asked) => {
    // The browser gives up what the page left behind no longer waits for.
    if (asked.failure()?.errorText !== "net::ERR_ABORTED") note(asked, 0);
  });
  return found;
}

/** Where the menu leads, its folded group too. */
async function places(page: Page): Promise<string[]> {
  const menu = page.getByRole("navigation", { name: "主导航" });
  const group = menu.locator("button[aria-expanded=false]");
  if ((await group.count()) > 0) await group.click();
  return menu.locator("a").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
}

/** Turns the page to English and back by the switch that people use. */
async function inEnglish(page: Page, press: Press, see: () => Promise<void>) {
  await press(page.getByRole("button", { name: "English" }));
  await page.getByRole("button", { name: "中文" }).waitFor();
  await settled(page);
  await see();
  await press(page.getByRole("button", { name: "中文" }));
  await page.getByRole("button", { name: "English" }).waitFor();
}
