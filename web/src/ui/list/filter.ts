/** What a list can be narrowed by 筛选项. */

export type Choice = { value: string; label: string };

export type Filter =
  | { kind: "search"; key: string; label: string; hint: string }
  | { kind: "choice"; key: string; label: string; choices: readonly Choice[] }
  | { kind: "day"; key: string; label: string };

/** The sort order in the address: a field, with `-` in front for descending. */
export function sortOf(key: string, order: "ascend" | "descend" | null | undefined): string {
  return order ? `${order === "descend" ? "-" : ""}${key}` : "";
}

/** The order in which a column stands sorted, if it does. */
export function orderOf(sort: string | undefined, key: string): "ascend" | "descend" | null {
  if (sort === key) return "ascend";
  return sort === `-${key}` ? "descend" : null;
}
