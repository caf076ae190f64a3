/** The history of a record, in sentences, more on demand 记录的历史. */
import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";
import { Button } from "antd";
import type { Page } from "@/api/page";
import { useOpensEvidence } from "@/api/session";
import { actName } from "@/lib/actName";
import { actorOf } from "@/lib/actor";
import { useLanguage, useWords } from "@/lib/language";
import { ErrorState } from "../ErrorState";
import { History } from "../History";
import { Loading } from "../Loading";
import { uiWords } from "../words";

type Line = {
  index: number;
  at: string;
  actor: string;
  actor_name: string;
  kind_zh: string;
  kind_en: string;
  zh?: string | null;
  en?: string | null;
};

type Props = { queryKey: QueryKey; load: (cursor?: string) => Promise<Page<Line>> };

export function RecordHistory({ queryKey, load }: Props) {
  const w = useWords(uiWords);
  const language = useLanguage();
  const opens = useOpensEvidence();
  const query = useInfiniteQuery({
    queryKey: [...queryKey, "history"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => load(pageParam),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  }
  const lines = query.data.pages.flatMap(({ items }) => items);
  const entries = lines.map((line) => ({
    index: line.index,
    at: line.at,
    who: actorOf(line, language),
    sentence: line[language] ?? actName(line, language),
    opens: opens(Boolean(line[language])),
  }));
  return (
    <>
      <History of={entries} />
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {w("more")}
        </Button>
      )}
    </>
  );
}
