/** Filters and sort order of a list, kept in the address so that a link shows the same 列表地址. */
import { useSearchParams } from "react-router";
import type { Filter } from "./filter";

export type ListAddress = {
  filters: Record<string, string>;
  sort: string | undefined;
  filtered: boolean;
  put: (key: string, value: string | undefined) => void;
  clear: () => void;
};

export function useListAddress(filters: readonly Filter[]): ListAddress {
  const [search, setSearch] = useSearchParams();
  const chosen: Record<string, string> = {};
  for (const { key } of filters) {
    const value = search.get(key);
    if (value) chosen[key] = value;
  }

  function put(key: string, value: string | undefined) {
    setSearch(
      (now) => {
        if (value) now.set(key, value);
        else now.delete(key);
        return now;
      },
      { replace: true },
    );
  }

  function clear() {
    setSearch(
      (now) => {
        for (const { key } of filters) now.delete(key);
        return now;
      },
      { replace: true },
    );
  }

  return {
    filters: chosen,
    sort: search.get("sort") ?? undefined,
    filtered: Object.keys(chosen).length > 0,
    put,
    clear,
  };
}
