/** Values the server has hidden in part 脱敏. The server masks; the client only tells. */

/** Whether something of it is hidden: `138****6648`. */
export function isMasked(text: string): boolean {
  return text.includes("*");
}

/** What is still readable at the end, for people who listen: `6648`. */
export function visibleTail(text: string): string {
  return /[^*]*$/.exec(text)?.[0] ?? "";
}
