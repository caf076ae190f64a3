/** Who is signed in and what they may do 登录会话. */
import { queryOptions, skipToken, useQuery, type QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import { addDays, dayOf, daysBetween } from "@/lib/day";
import { Problem } from "@/lib/problem";
import { api, speakFor, take, type Schema } from "./client";

export type Session = Schema<"SessionView">;

const endedKey = ["session-ended"] as const;

/** With the code of the answer that said so, such as `session.other_person`. */
type Ended = { code: string } | null;

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
 * over the page; `SignInAgain` covers it meanwhile. The first answer that says so gives the reason.
 */
export function endSession(client: QueryClient, code = ""): void {
  if (!client.getQueryData(sessionQuery.queryKey)) return;
  client.setQueryData<Ended>(endedKey, (before) => before ?? { code });
}

export function beginSession(client: QueryClient, session: Session): void {
  client.setQueryData<Ended>(endedKey, null);
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

/** That the session has ended, and why by the server; `null` until then, and once it goes on. */
export function useEnded(): Ended {
  const { data } = useQuery<Ended>({ queryKey: endedKey, queryFn: skipToken, gcTime: Infinity });
  return data ?? null;
}

/**
 * The session with the business day of now: of a page that was left open, the server's day goes on
 * with the days that have passed here, whatever day the clock of the computer says.
 */
export function onItsDay(session: Session, toldAt: number, now = Date.now()): Session {
  const passed = daysBetween(dayOf(new Date(toldAt)), dayOf(new Date(now)));
  return passed > 0 ? { ...session, today: addDays(session.today, passed) } : session;
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

/** Whether they hold any of the permissions on everything, as the log as a whole asks for. */
export function holdsAll({ permissions }: Session, needs: readonly string[]): boolean {
  return needs.some((permission) => permissions[permission] === "all");
}

/**
 * Which entries of evidence may be opened: by whoever reads the log any, by others those that are
 * shown to them in words; by a leaver none, whom the page would not show them.
 */
export function useOpensEvidence(): (inWords: boolean) => boolean {
  const session = useSession();
  const reads = holdsAll(session, ["evidence.read", "evidence.audit"]);
  return (inWords) => reads || (inWords && session.login.mode !== "handover");
}

/** Whether a permission reaches what is about one person: who holds it for himself, himself. */
export function useCanAbout(): (permission: string, person: string) => boolean {
  const { permissions, login } = useSession();
  return (permission, person) => {
    const scope = permissions[permission];
    return scope !== undefined && (scope !== "own" || login.employee_id === person);
  };
}

/** `const can = useCan(); can("customer.export")`. */
export function useCan(): (permission: string) => boolean {
  const session = useSession();
  return (permission) => holds(session, permission);
}
