/** Shows what a query brought; loading and problems are shown alike everywhere 加载结果. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "./ErrorState";
import { Loading } from "./Loading";

type Props<T> = {
  query: UseQueryResult<T>;
  /** It is the whole page that is loaded, so a problem is the heading of the page. */
  whole?: boolean;
  children: (loaded: T) => ReactNode;
};

export function Loaded<T>({ query, whole, children }: Props<T>) {
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return <ErrorState whole={whole} problem={query.error} onRetry={() => void query.refetch()} />;
  }
  return children(query.data);
}
