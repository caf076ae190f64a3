/**
 * Words on screen, Chinese and English side by side 词语.
 *
 * Each feature keeps a table `words({ key: ["中文", "English"] })`. A language left out, an unknown
 * key and a missing filling are type errors.
 */

export type Language = "zh" | "en";

/** One thing to say, in both languages; `{name}` is a hole to be filled. */
export type Pair = readonly [zh: string, en: string];

export type Words = Readonly<Record<string, Pair>>;

type Holes<S extends string> = S extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

type Filling<P extends Pair> = [Holes<P[number]>] extends [never]
  ? []
  : [filling: Record<Holes<P[number]>, string | number>];

/** Says one of the words of `T` in a language already chosen. */
export type Say<T extends Words> = <K extends keyof T & string>(
  key: K,
  ...filling: Filling<T[K]>
) => string;

/** Declares a table of words; keeps the exact texts as types so that holes are checked. */
export function words<const T extends Words>(table: T): T {
  return table;
}

/** One text of a pair. */
export function inLanguage(pair: Pair, language: Language): string {
  return language === "zh" ? pair[0] : pair[1];
}

/** Nouns that are counted, and how one of them is called. */
const one: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "day minute hour customer thing line row record file invoice order contract document page",
    "character place table chain other signature second month field case entity stage week",
  ]
    .join(" ")
    .split(" ")
    .map((noun) => [`${noun}s`, noun]),
);
const odd: Readonly<Record<string, string>> = {
  entries: "entry",
  people: "person",
  stretches: "stretch",
  witnesses: "witness",
};
/** What follows the noun, or stands for it: “1 customer is”, “1 is closed”. */
const verbs: Readonly<Record<string, string>> = {
  are: "is",
  differ: "differs",
  go: "goes",
  have: "has",
};

/** “1 days” as “1 day”: English counts, Chinese does not. */
function counted(text: string, values: Record<string, string | number>): string {
  const single = (word: string) => one[word] ?? odd[word] ?? verbs[word] ?? word;
  return text.replace(
    /(\{(\w+)\} (?:pending )?)(\w+)(?: (are|differ|go|have)\b)?/g,
    (whole, begin: string, name: string, noun: string, verb?: string) =>
      values[name] === 1
        ? [begin + single(noun), ...(verb ? [single(verb)] : [])].join(" ")
        : whole,
  );
}

/** A function that says words of `table` in `language`. */
export function sayIn<T extends Words>(table: T, language: Language): Say<T> {
  return (key, ...filling) => {
    const values: Record<string, string | number> = filling[0] ?? {};
    const said = inLanguage(table[key] as Pair, language);
    const text = language === "en" ? counted(said, values) : said;
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  };
}
