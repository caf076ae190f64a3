/** Who is signed in and what they may do 登录会话. */
import { queryOptions, skipToken, useQuery, type QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import { Problem } from "@/lib/problem";
import { api, speakFor, take, type Schema } from "./client";

export type Session = Schema<"SessionView">;

const endedKey = ["session-ended"] as const;

/** The session, or `null` for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Infinity,
  gcTime: Infinity,
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await take(api.GET("/session"));
      speakFor(session.login.id);
      return session;
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.status === 401) return null;
      throw thrown;
    }
  },
});

/**
 * Remembers that the session has ended. What was loaded and typed stays until somebody signs in
 * over the page; `SignInAgain` covers it meanwhile.
 */
export function endSession(client: QueryClient): void {
  if (client.getQueryData(sessionQuery.queryKey)) client.setQueryData<boolean>(endedKey, true);
}

export function beginSession(client: QueryClient, session: Session): void {
  client.setQueryData<boolean>(endedKey, false);
  client.setQueryData(sessionQuery.queryKey, session);
  speakFor(session.login.id);
}

/**
 * The same person goes on where they were, with what they may do now; what was loaded is asked for
 * anew. `false` for anybody else, to whom nothing of it may be shown.
 */
export function resumeSession(client: QueryClient, session: Session): boolean {
  const before = client.getQueryData(sessionQuery.queryKey);
  if (before?.login.id !== session.login.id) return false;
  beginSession(client, session);
  const loaded = ({ queryKey: [first] }: { queryKey: readonly unknown[] }) =>
    first !== sessionQuery.queryKey[0] && first !== endedKey[0];
  void client.invalidateQueries({ predicate: loaded });
  return true;
}

/** Whether the session has ended, and nobody has signed in since. */
export function useEnded(): boolean {
  const { data } = useQuery<boolean>({ queryKey: endedKey, queryFn: skipToken, gcTime: Infinity });
  return data ?? false;
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
