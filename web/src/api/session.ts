/** Who is signed in and what they may do 登录会话. */
import { queryOptions, skipToken, useQuery, type QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import { Problem } from "@/lib/problem";
import { api, take, type Schema } from "./client";

export type Session = Schema<"SessionView">;

const endedKey = ["session-ended"] as const;

/** The session, or `null` for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Infinity,
  gcTime: Infinity,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await take(api.GET("/session"));
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.status === 401) return null;
      throw thrown;
    }
  },
});

/** Forgets everything that was loaded, and remembers why for the sign-in page. */
export function endSession(client: QueryClient, reason: string): void {
  if (!client.getQueryData(sessionQuery.queryKey)) return;
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  client.setQueryData<string>(endedKey, reason);
  client.setQueryData(sessionQuery.queryKey, null);
}

export function beginSession(client: QueryClient, session: Session): void {
  client.removeQueries({ queryKey: endedKey });
  client.setQueryData(sessionQuery.queryKey, session);
}

/** Why the last session ended; absent when nobody was signed in or they left by themselves. */
export function useEndedReason(): string | undefined {
  const { data } = useQuery<string>({ queryKey: endedKey, queryFn: skipToken, gcTime: Infinity });
  return data;
}

/** Filled by the sign-in guard, for every page behind it. */
export const SessionContext = createContext<Session | null>(null);

/** The session of a page behind the sign-in guard. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Problem(401);
  return session;
}

/** Whether the signed-in person holds any of the permissions at all, whatever its data scope. */
export function holds(session: Session, needs: string | readonly string[] = []): boolean {
  const any = typeof needs === "string" ? [needs] : needs;
  return any.length === 0 || any.some((permission) => permission in session.permissions);
}

/** `const can = useCan(); can("customer.export")`. */
export function useCan(): (permission: string) => boolean {
  const session = useSession();
  return (permission) => holds(session, permission);
}
