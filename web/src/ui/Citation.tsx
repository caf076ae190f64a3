/** An article of law, as readers of either language cite it 法条. */
import { citationInEnglish } from "@/lib/citation";
import { useLanguage } from "@/lib/language";

export function Citation({ of }: { of: string }) {
  return <cite>{useLanguage() === "zh" ? of : citationInEnglish(of)}</cite>;
}
