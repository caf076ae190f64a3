/** Chromium without its habit of calling home, in the two sizes people use 浏览器. */
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { baseUrl, type Person } from "./place";
import { cookieOf } from "./server";

export const sizes = {
  desktop: { width: 1440, height: 900 },
  mobile: { width: 390, height: 844 },
} as const;

export type Size = keyof typeof sizes;
export type Language = "zh" | "en";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A page of ours makes much garbage while it is built and while axe reads it; room for it is time.
  "--js-flags=--min-semi-space-size=32,--max-semi-space-size=64",
];

let browser: Promise<Browser> | undefined;

/** The one browser of this run; it goes when the run ends. */
function theBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return (browser ??= chromium.launch({ executablePath, args: flags }));
}

type Wish = { size?: Size; as?: Person; language?: Language };

/** A refused request is an answer people are told of; a fault of the server or script is not. */
function isFault(text: string): boolean {
  return !/Failed to load resource: the server responded with a status of 4\d\d/.test(text);
}

/** A window of the browser: what a visitor leaves behind is cleared away before the next one. */
type Window = { context: BrowserContext; page: Page };

/**
 * Windows nobody looks through, by size and language. A new one reads, compiles and warms up the
 * whole client again, which takes longer than most of what a test does in it.
 */
const idle = new Map<string, Window[]>();

async function opened(size: Size, language: Language): Promise<Window> {
  const context = await (await theBrowser()).newContext({
    baseURL: baseUrl(),
    viewport: sizes[size],
    isMobile: size === "mobile",
    hasTouch: size === "mobile",
    deviceScaleFactor: size === "mobile" ? 2 : 1,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  context.setDefaultTimeout(15_000);
  await context.addInitScript((wanted) => {
    // A PDF shown inside a page is a frame of its own, which has no storage.
    const store = globalThis.localStorage as Storage | null;
    if (!store) return;
    if (!localStorage.getItem("baton.language")) localStorage.setItem("baton.language", wanted);
  }, language);
  return { context, page: await context.newPage() };
}

/** Leaves nothing in a window but what the browser keeps of scripts that never change. */
async function cleared({ context, page }: Window, size: Size): Promise<void> {
  for (const other of context.pages()) if (other !== page) await other.close();
  for (const heard of ["pageerror", "console", "request", "requestfailed", "response"]) {
    page.removeAllListeners(heard);
  }
  await context.clearCookies();
  await page.evaluate(() => location.origin === "null" || localStorage.clear());
  await page.goto("about:blank");
  await page.setViewportSize(sizes[size]);
}

/** A fresh visitor; every script error of its pages fails the test that calls `close`. */
export async function visit(wish: Wish | Size = {}): Promise<Visit> {
  const { size = "desktop", as, language = "zh" } = typeof wish === "string" ? { size: wish } : wish;
  const kind = `${size} ${language}`;
  const windows = idle.get(kind) ?? [];
  idle.set(kind, windows);
  const window = windows.pop() ?? (await opened(size, language));
  const { context, page } = window;
  if (as) {
    const [name = "", value = ""] = (await cookieOf(as)).split("=");
    await context.addCookies([{ name, value, url: baseUrl(), httpOnly: true, sameSite: "Lax" }]);
  }
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && isFault(message.text())) errors.push(message.text());
  });
  const close = async () => {
    await cleared(window, size);
    windows.push(window);
    if (errors.length > 0) throw new Error(`script errors:\n${errors.join("\n")}`);
  };
  return { page, context, errors, close };
}

export type Visit = {
  page: Page;
  context: BrowserContext;
  errors: string[];
  close: () => Promise<void>;
};

/** Fills in the sign-in form and waits for the shell. */
export async function signIn(page: Page, { number, password }: Person): Promise<void> {
  await page.goto("/login");
  await fillSignIn(page, { number, password });
  await page.getByRole("button", { name: /我的账号/ }).waitFor();
}

/** The same where the form already stands. */
export async function fillSignIn(
  page: Page,
  { number, password }: { number: string; password: string },
): Promise<void> {
  await page.getByLabel("工号").fill(number);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录" }).click();
}

/** Goes to another page of the client as a link does, without loading it afresh. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    // The page left behind stays until the next one is loaded; its heading is no sign of that.
    document.querySelector("h1")?.setAttribute("data-left", "");
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}

/** Waits until nothing of the page is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector("h1:not([data-left])") !== null &&
      document.querySelector(".ant-spin-spinning, [aria-busy=true]") === null,
  );
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}
