/** Conditions as people say them: `[60..120)` reads 60 至不满 120 条件读法. */
import type { Language, Pair } from "@/lib/words";
import { inLanguage } from "@/lib/words";

/** What stands in a cell by itself. */
const whole: Readonly<Record<string, Pair>> = {
  "-": ["任意", "any"],
  true: ["是", "yes"],
  false: ["否", "no"],
};

const compared: readonly [sign: string, say: (value: string) => Pair][] = [
  [">=", (value) => [`${value} 及以上`, `${value} or more`]],
  ["<=", (value) => [`不超过 ${value}`, `${value} at most`]],
  [">", (value) => [`超过 ${value}`, `over ${value}`]],
  ["<", (value) => [`不满 ${value}`, `under ${value}`]],
];

/** `[a..b)`: with its edges or without; `]a..b[` is the same as `(a..b)`. */
const RANGE = /^([[(\]])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])[])$/;

/** The cells of a list, parted by commas that stand neither in quotes nor in brackets. */
function parts(text: string): string[] {
  const found = text.match(/(?:"[^"]*"|[[(\]][^,"]*?\.\.[^,"]*?[\])[]|[^,"])+/g) ?? [];
  return found.map((part) => part.trim()).filter(Boolean);
}

function one(text: string): Pair {
  const range = RANGE.exec(text);
  if (range) {
    const [, begin, from = "", to = "", end] = range;
    const [open, below] = [begin !== "[", end !== "]"];
    return [
      `${open ? "超过 " : ""}${from} 至${below ? "不满" : ""} ${to}`,
      `${open ? "over " : ""}${from} to ${below ? "under " : ""}${to}`,
    ];
  }
  for (const [sign, say] of compared) {
    if (text.startsWith(sign)) return say(text.slice(sign.length).trim());
  }
  const plain = text.replaceAll('"', "");
  return whole[plain] ?? [plain, plain];
}

/** A cell in words; what is no condition stays as it is. */
export function cellText(cell: string, language: Language): string {
  const text = cell.trim();
  const not = /^not\s*\((.*)\)$/.exec(text);
  const said = parts(not?.[1] ?? text).map((part) => inLanguage(one(part), language));
  const list = said.join(language === "zh" ? "、" : " or ");
  if (!not) return list;
  return language === "zh" ? `除 ${list} 外` : `other than ${list}`;
}
