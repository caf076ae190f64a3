/** Calls to routes the OpenAPI description does not hold yet; answers are typed by hand 先行接口. */
import { api, take } from "./client";

type Query = Readonly<Record<string, string | number | boolean | undefined>>;
type Loose = (path: string, init: object) => Promise<{ data?: never }>;

/** Reads; `path` is filled in already. */
export function read<T>(path: string, query: Query = {}): Promise<T> {
  return take<T>((api.GET as unknown as Loose)(path, { params: { query } }));
}

/** Writes; `headers` carries the Idempotency-Key that `useAct` keeps for retries. */
export function write<T>(path: string, headers: object, body: unknown = {}): Promise<T> {
  return take<T>((api.POST as unknown as Loose)(path, { headers, body }));
}
