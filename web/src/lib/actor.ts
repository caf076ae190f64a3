/** Who did what an entry tells 操作人. */
import type { Language } from "./words";

/** The server calls people by name, and what nobody did 系统. */
export function actorOf(
  line: { actor: string; actor_name: string },
  language: Language,
): string {
  return line.actor === "system" && language === "en" ? "System" : line.actor_name;
}
