/** The one way to the server: typed calls to `/api/v1`, problems as exceptions 接口客户端. */
import createClient, { type Middleware } from "openapi-fetch";
import { Problem, problemFrom } from "@/lib/problem";
import { uuid } from "@/lib/uuid";
import type { components, paths } from "./gen/schema";

/** The schemas of the OpenAPI file: `Schema<"SessionView">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** Header that makes a POST happen once, however often it is sent. */
export const ONCE = "Idempotency-Key";

let openedFor: string | undefined;

/**
 * Says for whom this page is open. Tabs share one cookie: where somebody else has signed in in
 * another tab, the server refuses instead of acting under that name.
 */
export function speakFor(login: string | undefined): void {
  openedFor = login;
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("X-Baton", "web");
    if (openedFor) request.headers.set("X-Baton-Login", openedFor);
    if (request.method === "POST" && !request.headers.has(ONCE)) {
      request.headers.set(ONCE, uuid());
    }
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemFrom(response);
    return undefined;
  },
  onError: () => new Problem(0),
};

export const api = createClient<paths>({ baseUrl: "/api/v1", credentials: "same-origin" });
api.use(manners);

/** The body of an answer; refusals never arrive here, `manners` has thrown them. */
export async function take<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
