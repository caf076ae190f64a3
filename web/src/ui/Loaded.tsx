/** Shows what a query brought; loading and problems are shown alike everywhere 加载结果. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asProblem } from "@/lib/problem";
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
  // Whoever signs in again goes on with what stands there, and with what was typed into it.
  const stays = query.data !== undefined && asProblem(query.error).status === 401;
  if (query.isError && !stays) {
    return <ErrorState whole={whole} problem={query.error} onRetry={() => void query.refetch()} />;
  }
  return children(query.data as T);
}
