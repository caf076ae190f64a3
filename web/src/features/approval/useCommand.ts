/** Sends a command to a case and shows what came of it 发送流程指令. */
import { useAct } from "@/ui/useAct";
import { sendCommand } from "./calls";
import type { CommandBody } from "./command";

export function useCommand(id: string, done: string, onDone?: () => void) {
  return useAct({
    run: (body: CommandBody, headers) => sendCommand(id, headers, body),
    done,
    refresh: [["cases", id], ["tasks"], ["departures"]],
    inline: true,
    onDone,
  });
}
