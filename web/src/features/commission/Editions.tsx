/** The statement as each calculation of the month said it 历次核算. */
import { Select } from "antd";
import { useSearchParams } from "react-router";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import type { Statement } from "./calls";
import styles from "./commission.module.css";
import { commissionWords } from "./words";

export function Editions({ of }: { of: Statement }) {
  const w = useWords(commissionWords);
  const [, setSearch] = useSearchParams();
  if (of.editions.length < 2) return null;
  const options = of.editions.map(({ calculated_at, total }, at) => ({
    value: at === 0 ? "" : calculated_at,
    label: w(at === 0 ? "edition_now" : "edition", {
      at: formatMoment(calculated_at),
      money: formatMoney(total),
    }),
  }));
  return (
    <Select
      aria-label={w("editions")}
      className={styles.edition}
      value={of.as_of ?? ""}
      options={options}
      onChange={(as_of) =>
        setSearch((now) => {
          if (as_of) now.set("as_of", as_of);
          else now.delete("as_of");
          return now;
        })
      }
    />
  );
}
