/** What an act is called 动作名称: as the server says, or in words of our own where it has none. */
import { inLanguage, type Language, type Pair } from "./words";

/** Acts of the spine itself, which stand on no list of acts and come by their bare names. */
const unnamed: Readonly<Record<string, Pair>> = {
  "approval.request": ["提交审批", "Ask for approval"],
};

type Named = { kind_zh: string; kind_en: string };

export function actName(of: Named, language: Language): string {
  const told = of[`kind_${language}`];
  const own = Object.hasOwn(unnamed, told) ? unnamed[told] : undefined;
  return own ? inLanguage(own, language) : told;
}
