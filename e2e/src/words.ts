/** Whether a page speaks one language: what is left of the other is data, or a mistake 语言检查. */
import type { Page, Response } from "playwright-core";

/** Latin that belongs on Chinese pages. */
const LATIN = [
  /Baton/g,
  /English/g,
  /\b(witnesses|tsa_certificates|tsa_url|rate|owner|signer|helpers)\b/g,
  /baton (verify|audit|witness)/g,
  /keys\/signing\.key/g,
  /\b[\w.-]+\.(tlog-proof|csv|xlsx|toml|pdf)\b/gi,
  /\b(C2SP|CSV|XLSX|DMN|Excel|Alt|Ctrl|PDF|GB18030|UTF-8|PEM|Ed25519|SHA-256|SQLite|PostgreSQL|VALID-UNWITNESSED|VALID|INCOMPLETE|HR|IT|API|JSON|KB|MB|GB|TB)\b/g,
  // Ids and addresses: `customer/cus_…`, `LZ2026-0001`, `E0021`, `v0.1.0`.
  /\b[a-z_]+\/[a-z]+_\w*…?/g,
  /\b[a-z]{3}_[0-9a-z]{10,}\b/g,
  /\b[A-Z]{1,4}-?\d[\w-]*\b/g,
  /\S+@\S+/g,
];
const CHINESE = /[\u3400-\u9fff]+/g;
/** What the switch of language says, and the name of the product. */
const OWN = new Set(["中文", "接棒"]);

/** Collects what the server tells, so that names and titles can be told from words of ours. */
export class Told {
  private readonly strings = new Set<string>();
  private readonly coming = new Set<Promise<void>>();
  /** What was found among the strings before, so that it is not searched for again. */
  private readonly found = new Set<string>();
  private text = "";

  listen(page: Page): void {
    page.on("response", (response) => {
      const heard = this.hear(response).finally(() => this.coming.delete(heard));
      this.coming.add(heard);
    });
  }

  /** Waits for answers that are being read: a page may show them a little before we know them. */
  async heard(): Promise<void> {
    await Promise.all(this.coming);
  }

  private async hear(response: Response): Promise<void> {
    if (!response.url().includes("/api/")) return;
    if (!(response.headers()["content-type"] ?? "").includes("json")) return;
    try {
      this.take(await response.json());
    } catch {
      // The page went away before the answer was read.
    }
  }

  /** A value that has an English twin is a word of ours; everything else is data. */
  take(value: unknown, key = "", twin = false): void {
    if (typeof value === "string") {
      const code = /^[a-z_.]+$/.test(value);
      if (code || twin || key === "zh" || key.endsWith("_zh") || this.strings.has(value)) return;
      this.strings.add(value);
      this.text += `\n${value}`;
    } else if (Array.isArray(value)) {
      for (const one of value) this.take(one, key, twin);
    } else if (value && typeof value === "object") {
      for (const [name, inner] of Object.entries(value)) {
        this.take(inner, name, `${name}_en` in value);
      }
    }
  }

  knows(run: string): boolean {
    if (this.found.has(run)) return true;
    if (!this.strings.has(run) && !this.text.includes(run)) return false;
    this.found.add(run);
    return true;
  }
}

/** Everything that is read or heard on the page. */
export function spoken(page: Page, within = "body"): Promise<string[]> {
  return page.evaluate((root) => {
    const found = new Set<string>();
    const top = document.querySelector(root) ?? document.body;
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || element.closest("script, style, pre, code, blockquote[lang], [aria-hidden=true]")) continue;
      const text = node.textContent?.trim();
      if (text && element.checkVisibility()) found.add(text);
    }
    for (const element of top.querySelectorAll("[aria-label], [placeholder], [title]")) {
      if (element.closest("[aria-hidden=true]") || !element.checkVisibility()) continue;
      for (const name of ["aria-label", "placeholder", "title"]) {
        const text = element.getAttribute(name)?.trim();
        if (text) found.add(text);
      }
    }
    found.add(document.title);
    return [...found];
  }, within);
}

/** What is not Chinese on a Chinese page, not counting data. */
export async function latinLeft(page: Page, told: Told): Promise<string[]> {
  const texts = await spoken(page);
  await told.heard();
  return texts.filter((text) => {
    const rest = LATIN.reduce((left, allowed) => left.replace(allowed, " "), text);
    const runs = rest.match(/[A-Za-z][A-Za-z_.'’-]+/g) ?? [];
    return runs.some((run) => !told.knows(run));
  });
}

/** What is Chinese on an English page, not counting data. */
export async function chineseLeft(page: Page, told: Told): Promise<string[]> {
  const texts = await spoken(page);
  await told.heard();
  return texts.filter((text) => {
    const runs = text.match(CHINESE) ?? [];
    return runs.some((run) => !OWN.has(run) && !told.knows(run));
  });
}
