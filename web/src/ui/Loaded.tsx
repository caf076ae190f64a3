/** Shows what a query brought; loading and problems are shown alike everywhere 加载结果. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "./ErrorState";
import { Loading } from "./Loading";

type Props<T> = { query: UseQueryResult<T>; children: (loaded: T) => ReactNode };

export function Loaded<T>({ query, children }: Props<T>) {
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  }
  return children(query.data);
}
