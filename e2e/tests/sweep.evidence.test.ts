import { expect, test } from "vitest";
import { go, settled, visit } from "../src/browser";
import { as, people } from "../src/place";
import { calling } from "../src/server";
import { chineseLeft, latinLeft, Told } from "../src/words";

type Lines = { items: { index: number; kind: string }[]; next_cursor?: string | null };

/** The newest entry of every kind of act there is in the log. */
async function oneOfEachKind(): Promise<Map<string, number>> {
  const caller = await calling(as("审计"));
  const found = new Map<string, number>();
  let cursor = "";
  do {
    const page = await caller.get<Lines>(`/evidence?${cursor}`);
    for (const { kind, index } of page.items) if (!found.has(kind)) found.set(kind, index);
    cursor = page.next_cursor ? `cursor=${encodeURIComponent(page.next_cursor)}` : "";
  } while (cursor);
  return found;
}

const looks = { zh: latinLeft, en: chineseLeft } as const;

test.each(["zh", "en"] as const)(
  "an entry of every kind of act is told in one language: %s",
  async (language) => {
    const { page, close } = await visit({ as: as("审计"), language });
    const told = new Told();
    told.listen(page);
    for (const person of people()) told.take(person);
    const kinds = await oneOfEachKind();
    expect(kinds.size).toBeGreaterThan(20);
    await page.goto("/nowhere");
    await settled(page);
    const wrong: string[] = [];
    for (const [kind, index] of kinds) {
      await go(page, `/evidence/${index}`);
      await settled(page);
      const left = await looks[language](page, told);
      for (const text of left) wrong.push(`${kind} #${index}: ${text}`);
    }
    await close();
    expect(wrong).toEqual([]);
  },
  120_000,
);
