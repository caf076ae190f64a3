/** The title of the page on screen, shown by the shell and by the browser tab 页面标题. */
import { useEffect, useSyncExternalStore } from "react";

export type Crumb = { label: string; to: string };
type Title = { title: string; trail: readonly Crumb[] };

const NOTHING: Title = { title: "", trail: [] };
const listeners = new Set<() => void>();
let current = NOTHING;

function publish(next: Title): void {
  current = next;
  document.title = next.title ? `${next.title} · Baton 接棒` : "Baton 接棒";
  for (const listener of listeners) listener();
}

/** Announces the title while the page is mounted; `trail` leads to it, without the page itself. */
export function usePageTitle(title: string, trail: readonly Crumb[] = []): void {
  const path = JSON.stringify(trail);
  useEffect(() => {
    publish({ title, trail: JSON.parse(path) as Crumb[] });
    return () => publish(NOTHING);
  }, [title, path]);
}

export function useShownTitle(): Title {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
