/** What files said of the customer and of what hangs on it beyond the fields 附加信息. */
import { useLanguage, useWords } from "@/lib/language";
import type { Column } from "@/ui/list/column";
import { Rows } from "@/ui/list/Rows";
import { uiWords } from "@/ui/words";
import type { KeptRecord } from "./calls";
import { customerWords } from "./words";

type Row = { record: string; column: string; value: string };

export function KeptRecords({ of }: { of: readonly KeptRecord[] }) {
  const w = useWords(customerWords);
  const ui = useWords(uiWords);
  const language = useLanguage();
  const rows = of.flatMap((record) =>
    record.columns.map(
      ({ name, name_en, value }): Row => ({
        record: `${record[`kind_${language}`]} ${record.called}`,
        column: language === "zh" ? name : name_en,
        value,
      }),
    ),
  );
  const columns: Column<Row>[] = [
    { key: "record", title: w("kept_record"), cell: ({ record }) => record },
    { key: "column", title: w("kept_column"), cell: ({ column }) => column, card: "title" },
    { key: "value", title: w("kept_value"), cell: ({ value }) => value },
  ];
  return (
    <>
      <p>{ui("kept_note")}</p>
      <Rows
        label={ui("kept")}
        columns={columns}
        rows={rows}
        rowKey={({ record, column }) => `${record} ${column}`}
        empty={null}
      />
    </>
  );
}
