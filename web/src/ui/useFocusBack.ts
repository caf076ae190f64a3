/** Where the keyboard was before a dialog, it is after it 焦点归还. */
import { useEffect, useState } from "react";

/** How long a button may still go after its dialog, once the page knows what was done; ms. */
const MAY_GO = 3_000;

/** For dialogs that stand only while they are open; one that stays gives the focus back itself. */
export function useFocusBack(): void {
  const [back] = useState(keepFocus);
  useEffect(() => back, [back]);
}

/** For what is asked or done without such a dialog: remembers the button; the way back to it. */
export function keepFocus(): () => void {
  const opener = document.activeElement;
  const part = opener?.parentElement?.closest<HTMLElement>("[tabindex]");
  return () => giveBack(opener, part);
}

/** To the opener; when that goes, to the part of the page it stood in: Tab does not start anew. */
function giveBack(opener: Element | null, part: HTMLElement | null | undefined): void {
  if (!(opener instanceof HTMLElement)) return;
  const keep = () => {
    if (opener.isConnected || document.activeElement !== document.body) return;
    const home = part?.isConnected ? part : document.getElementById("content");
    home?.focus({ preventScroll: true });
  };
  opener.focus({ preventScroll: true });
  keep();
  const watch = new MutationObserver(keep);
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), MAY_GO);
}
