/** Whether the window is as narrow as a phone 窄屏. */
import { useSyncExternalStore } from "react";

/** Widths in CSS pixels; the same numbers stand in the style sheets. */
export const PHONE = 576;
export const TABLET = 992;

export function useNarrow(upTo: number = PHONE): boolean {
  const query = `(max-width: ${upTo}px)`;
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}
