/** Where the keyboard was before a dialog, it is after it 焦点归还. */
import { useEffect, useState } from "react";

/** For dialogs that stand only while they are open; one that stays gives the focus back itself. */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}
