/** What each button asks for, and the command it sends 流程指令. */

import type { CommandBody } from "./calls";

/** What a person fills in before a command is sent. */
export type Filled = {
  comment?: string;
  to?: string;
  person?: string;
  checked?: string[];
  /** Digest of what the page showed about the thing. */
  shown?: string | undefined;
};

export type Need = {
  comment: "none" | "may" | "must";
  person: boolean;
  /** To which step it goes back. */
  target: boolean;
};

const plain: Need = { comment: "none", person: false, target: false };
const asking: Need = { ...plain, comment: "may" };
const naming: Need = { ...asking, person: true };

const needs: Readonly<Record<string, Need>> = {
  claim: plain,
  mark_read: plain,
  approve: asking,
  complete: asking,
  abstain: asking,
  reject: { ...plain, comment: "must" },
  send_back: { comment: "must", person: false, target: true },
  hand_on: naming,
  delegate: naming,
  add_before: naming,
  add_after: naming,
  add_parallel: naming,
};

/** What the button asks for; a button not known here asks for a comment. */
export function needOf(button: string): Need {
  return needs[button] ?? asking;
}

/** Whether the button is pressed without a dialog. */
export function isPlain(button: string): boolean {
  return needOf(button) === plain;
}

/** The command of a button beside the item of that number; what it asks for is filled in. */
export function commandOf(button: string, item: number, filled: Filled = {}): CommandBody {
  const comment = filled.comment?.trim() ?? "";
  const { person = "", to = "", checked = [], shown } = filled;
  switch (button) {
    case "add_before":
    case "add_after":
    case "add_parallel": {
      const seating = seatings[button];
      return { do: "add_signer", item, person, seating, comment };
    }
    case "hand_on":
    case "delegate":
      return { do: button, item, to: person, comment };
    case "send_back":
      return { do: button, item, to, comment };
    case "complete":
      return { do: button, item, comment, checked };
    case "approve":
      return { do: button, item, comment, ...(shown && { shown }) };
    case "claim":
    case "mark_read":
      return { do: button, item };
    default:
      // A button this client does not know: the server knows whether the words fit it.
      return { do: button, item, comment } as CommandBody;
  }
}

const seatings = { add_before: "before", add_after: "after", add_parallel: "parallel" } as const;
