/** A closed month goes to payroll: exported once, downloaded as often as needed 发放文件. */
import { App, Button } from "antd";
import { payoutOf } from "@/api/commission";
import { useWords } from "@/lib/language";
import { Money } from "@/ui/Money";
import { useAct } from "@/ui/useAct";
import { exportPayout, refresh, type CommissionMonth } from "./calls";
import styles from "./commission.module.css";
import { commissionWords } from "./words";

export function Payout({ of: { month, payout } }: { of: CommissionMonth }) {
  const w = useWords(commissionWords);
  const { modal } = App.useApp();
  const act = useAct<string>({
    run: (which, once) => exportPayout(which, once),
    done: w("payout_ok"),
    refresh,
  });
  if (payout) {
    return (
      <>
        <span className={styles.fine}>
          {w("payout_sum", { people: payout.people })} <Money of={payout.total} />
        </span>
        <Button
          size="small"
          href={payoutOf(month, "xlsx")}
          aria-label={w("workbook_of", { month })}
        >
          {w("workbook")}
        </Button>
        <Button
          size="small"
          href={payoutOf(month, "csv")}
          aria-label={w("earning_lines_of", { month })}
        >
          {w("earning_lines")}
        </Button>
      </>
    );
  }
  const ask = () =>
    modal.confirm({
      title: w("payout_title", { month }),
      content: w("payout_means"),
      okText: w("payout"),
      cancelText: w("cancel"),
      onOk: () => act.mutateAsync(month).catch(() => undefined),
    });
  return (
    <Button size="small" aria-label={w("payout_of", { month })} onClick={() => void ask()}>
      {w("payout")}
    </Button>
  );
}
