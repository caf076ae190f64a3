/** The query cache, and what happens when a session ends under somebody's hands 查询缓存. */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { endSession } from "@/api/session";
import { Problem } from "@/lib/problem";

function watch(thrown: unknown): void {
  if (thrown instanceof Problem && thrown.status === 401) {
    endSession(queries, thrown.code);
  }
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    // A browser that takes itself for offline would keep a question waiting without a word, and
    // send a change when the person has long gone on to something else.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // A lost connection or an overloaded server deserves a second try; a refusal does not.
      retry: (count, thrown) =>
        count < 2 && thrown instanceof Problem && [0, 502, 503, 504].includes(thrown.status),
    },
  },
});
