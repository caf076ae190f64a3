/** The payee signs his whole statement off 签收提成单. */
import { App, Button } from "antd";
import { useWords } from "@/lib/language";
import { formatMoment } from "@/lib/day";
import { formatMoney } from "@/lib/money";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { keepFocus } from "@/ui/useFocusBack";
import { refresh, signOff, type Statement } from "./calls";
import styles from "./commission.module.css";
import { talkWords } from "./talkWords";

type Props = {
  of: Statement;
  /** What the button says, where it says it otherwise. */
  label?: string;
  primary?: boolean;
};

export function SignOff({ of, label, primary }: Props) {
  const w = useWords(talkWords);
  const { modal } = App.useApp();
  const act = useAct<string>({
    run: (digest, once) => signOff({ month: of.month, digest }, once),
    done: w("signed_ok"),
    refresh,
  });
  if (!of.may.includes("sign_off")) return null;
  const objects = of.lines.some(({ state }) => state === "objected");
  const ask = () =>
    modal.confirm({
      title: w("sign_off_title", { month: of.month }),
      content: w("sign_off_means", { count: of.lines.length, money: formatMoney(of.total) }),
      okText: w("sign_off"),
      cancelText: w("cancel"),
      afterClose: keepFocus(),
      onOk: () => act.mutateAsync(of.digest).catch(() => undefined),
    });
  return (
    <>
      <Button
        {...(primary && { type: "primary" as const })}
        disabled={objects}
        loading={act.isPending}
        onClick={() => void ask()}
      >
        {label ?? w("sign_off")}
      </Button>
      {objects && <span className={styles.fine}>{w("sign_off_waits")}</span>}
    </>
  );
}

/** Whether and when the whole of it was signed off. */
export function SignedOff({ of }: { of: Statement }) {
  const w = useWords(talkWords);
  const signed = of.signed_off;
  if (!signed) return null;
  const at = formatMoment(signed.at);
  return (
    <p>
      {signed.holds ? (
        <StatusTag tone="good">{w("signed", { at })}</StatusTag>
      ) : (
        <StatusTag tone="warn">
          {w("signed_before", { at, money: formatMoney(signed.total) })}
        </StatusTag>
      )}
    </p>
  );
}
