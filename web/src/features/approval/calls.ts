/** What the server tells about tasks and cases 流程接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import type { Once } from "@/ui/useAct";

export type ButtonView = Schema<"ButtonView">;
export type TaskItem = Schema<"TaskItem">;
export type SeatView = Schema<"SeatView">;
export type StepView = Schema<"StepView">;
export type MyItem = Schema<"MyItem">;
export type CaseView = Schema<"CaseView">;
export type CommandBody = Schema<"CommandBody">;

const at = (id: string) => ({ params: { path: { id } } });

export const listTasks = ({ limit, cursor, filters: { state } }: Ask) =>
  take(api.GET("/tasks", { params: { query: { limit, cursor, state } } }));

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ["cases", id],
    queryFn: () => take(api.GET("/cases/{id}", at(id))),
  });

export const sendCommand = (id: string, headers: Once, body: CommandBody) =>
  take(api.POST("/cases/{id}/commands", { ...at(id), headers, body }));
