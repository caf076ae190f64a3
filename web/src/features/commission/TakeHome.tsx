/** A statement to take home, with everything it was calculated from 可复算的提成单. */
import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useWords } from "@/lib/language";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { useAct } from "@/ui/useAct";
import { explanationOf, exportStatement, statementBundleOf, type Statement } from "./calls";
import styles from "./commission.module.css";
import { commissionWords } from "./words";

/** The reasons for a program to read; whoever wants it finds it below the lines. */
export function ReasonsFile({ of }: { of: Statement }) {
  const w = useWords(commissionWords);
  if (of.lines.length === 0) return null;
  return (
    <p className={styles.reasonsFile}>
      <a href={explanationOf(of.month, of.payee?.id)}>{w("reasons_file")}</a>
    </p>
  );
}

export function TakeHome({ of }: { of: Statement }) {
  return of.may.includes("export") ? <Bundle of={of} /> : null;
}

function Bundle({ of }: { of: Statement }) {
  const w = useWords(commissionWords);
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const act = useAct<string, { id?: string | null }>({
    run: (reason, once) =>
      exportStatement(
        { month: of.month, payee: of.payee?.id, recipient: of.payee?.name ?? "", reason },
        once,
      ),
    inline: true,
    onDone: ({ id }) => {
      if (!id) return;
      void message.success(w("exported_ok"));
      window.location.assign(statementBundleOf(id));
    },
  });
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        {w("take_home")}
      </Button>
      <ReasonDialog
        open={open}
        title={w("take_home_title", { month: of.month })}
        confirm={w("take_home_do")}
        onConfirm={(reason) => act.mutateAsync(reason)}
        onClose={() => setOpen(false)}
      >
        <p>{w("take_home_means")}</p>
      </ReasonDialog>
    </>
  );
}
