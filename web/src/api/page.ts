/** One page of a list, by cursor 分页. */
export type Page<Row> = { items: Row[]; next_cursor?: string | null };

/** What a list asks the server for; `sort` is a field, with `-` in front for descending. */
export type Ask = {
  limit: number;
  cursor?: string;
  sort?: string;
  filters: Readonly<Record<string, string | undefined>>;
};
