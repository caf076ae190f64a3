/** The statement on paper: printed once after closing, and kept 提成单文件. */
import { FilePdfOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { fileOf } from "@/api/documents";
import { useWords } from "@/lib/language";
import { useAct } from "@/ui/useAct";
import { issueStatement, refresh, type Statement } from "./calls";
import { commissionWords } from "./words";

export function StatementPaper({ of }: { of: Statement }) {
  const w = useWords(commissionWords);
  const act = useAct<string>({
    run: (month, once) => issueStatement(month, of.payee?.id, once),
    done: w("printed_ok"),
    refresh,
  });
  if (of.document_id) {
    return (
      <Button icon={<FilePdfOutlined />} href={fileOf(of.document_id)} target="_blank">
        {w("paper")}
      </Button>
    );
  }
  if (!of.may.includes("issue")) return null;
  return (
    <Button
      icon={<FilePdfOutlined />}
      loading={act.isPending}
      onClick={() => act.mutate(of.month)}
    >
      {w("print")}
    </Button>
  );
}
