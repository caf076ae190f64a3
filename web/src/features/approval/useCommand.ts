/** Sends a command to a case and shows what came of it 发送流程指令. */
import { useAct } from "@/ui/useAct";
import { sendCommand, type CommandBody } from "./calls";

export function useCommand(id: string, done: string, onDone?: () => void) {
  return useAct({
    run: (body: CommandBody, headers) => sendCommand(id, headers, body),
    done,
    refresh: [["cases", id], ["tasks"], ["departures"]],
    inline: true,
    onDone,
  });
}
