/** What a giver still earns after a handover, as it was recorded, in a sentence 条款的说法. */
import { percentOf } from "./percent";
import type { Language } from "./words";

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const share = (value: unknown) => (typeof value === "number" ? percentOf(value) : "—");
const listOf = (value: unknown) => (Array.isArray(value) ? value.filter(isFields) : []);

function protection({ steps, afterwards, covers }: Fields, zh: boolean): string {
  const each = listOf(steps).map((step) =>
    zh
      ? `${String(step.before_day)} 天内 ${share(step.share)}`
      : `${share(step.share)} within ${String(step.before_day)} days`,
  );
  const only = covers === "signed_before";
  return zh
    ? `交接后 ${each.join("、")}，其后 ${share(afterwards)}${only ? "，只限交接前签订的合同" : ""}`
    : `${each.join(", ")}, then ${share(afterwards)}${only ? ", of contracts signed before" : ""}`;
}

function work({ pieces }: Fields, zh: boolean): string {
  const each = listOf(pieces).map(({ name, weight, done }) =>
    zh
      ? `${String(name)}占 ${share(weight)}、交接前完成 ${share(done)}`
      : `${String(name)} ${share(weight)}, ${share(done)} of it done before`,
  );
  return `${zh ? "按工作量：" : "by share of work: "}${each.join(zh ? "；" : "; ")}`;
}

function negotiated(of: Fields, zh: boolean): string {
  const [part, paper] = [share(of.share), String(of.agreement)];
  const until = typeof of.until === "string" ? of.until : undefined;
  if (zh) return `协商 ${part}${until ? `，至 ${until}` : ""}（${paper}）`;
  return `${part} as negotiated${until ? ` until ${until}` : ""} (${paper})`;
}

const kinds: Readonly<Record<string, (of: Fields, zh: boolean) => string>> = {
  protection,
  share_of_work: work,
  negotiated,
  to_contract_end: (of, zh) =>
    zh ? `至合同结束 ${share(of.share)}` : `${share(of.share)} to the contract’s end`,
  by_table: ({ name }, zh) =>
    zh ? `按决策表「${String(name)}」` : `by the decision table ${String(name)}`,
};

/** The terms in words; `undefined` for anything else. */
export function termsText(value: unknown, language: Language): string | undefined {
  if (!isFields(value)) return undefined;
  const [[kind = "", inner] = []] = Object.entries(value);
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!known || !isFields(inner) || Object.keys(value).length !== 1) return undefined;
  return known(inner, language === "zh");
}
