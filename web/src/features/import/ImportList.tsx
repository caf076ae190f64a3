/** The batches, and the upload of a new one 导入列表. */
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import type { Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import { ListPage } from "@/ui/list/ListPage";
import { StatusTag } from "@/ui/StatusTag";
import { listImports, type ImportItem } from "./calls";
import { outcomes, stateTones } from "./states";
import { UploadDialog } from "./UploadDialog";
import { importWords } from "./words";

type W = Say<typeof importWords>;

const columns = (w: W, zh: boolean): Column<ImportItem>[] => [
  {
    key: "title",
    title: w("title"),
    cell: ({ id, title, title_en }) => <Link to={`/imports/${id}`}>{zh ? title : title_en}</Link>,
    card: "title",
  },
  { key: "files", title: w("files"), cell: ({ files }) => listed(files) },
  {
    key: "state",
    title: w("state"),
    cell: ({ state }) => <StatusTag tone={stateTones[state]}>{w(state)}</StatusTag>,
    card: "tag",
  },
  { key: "records", title: w("records"), cell: ({ records }) => records, align: "right" },
  ...outcomes.map(
    (key): Column<ImportItem> => ({
      key,
      title: w(key),
      cell: (row) => row[key] ?? "—",
      align: "right",
      from: "lg",
    }),
  ),
  { key: "refused", title: w("refused"), cell: ({ refused }) => refused, align: "right" },
  { key: "left_out", title: w("left_out"), cell: ({ left_out }) => left_out, align: "right" },
  { key: "at", title: w("staged_at"), cell: (row) => <MomentText of={row.staged_at} /> },
];

export function Component() {
  const w = useWords(importWords);
  const zh = useLanguage() === "zh";
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w("upload")}
    </Button>
  );
  return (
    <>
      <ListPage<ImportItem>
        title={w("imports")}
        note={w("note")}
        actions={add}
        queryKey={["imports"]}
        load={listImports}
        columns={columns(w, zh)}
        rowKey={({ id }) => id}
        empty={<EmptyState title={w("none")} why={w("none_why")} next={add} />}
      />
      {adding && <UploadDialog onClose={() => setAdding(false)} />}
    </>
  );
}
