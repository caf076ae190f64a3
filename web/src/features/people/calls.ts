/** What the server tells and takes about people 组织接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import type { Once } from "@/ui/useAct";

export type EmployeeItem = Schema<"EmployeeItem">;
export type EmployeeView = Schema<"EmployeeView">;
export type EmploymentItem = Schema<"EmploymentItem">;
export type AssetItem = Schema<"AssetItem">;
export type StandInItem = Schema<"StandInItem">;
export type DepartmentItem = Schema<"DepartmentItem">;
export type Choices = Schema<"Choices">;

export const listEmployees = ({ limit, cursor, filters }: Ask) =>
  take(api.GET("/employees", { params: { query: { limit, cursor, ...filters } } }));

export const departmentsQuery = queryOptions({
  queryKey: ["departments"],
  queryFn: () => take(api.GET("/departments")),
});

export const employeeQuery = (id: string) =>
  queryOptions({
    queryKey: ["employees", id],
    queryFn: () => take(api.GET("/employees/{id}", at(id))),
  });

const at = (id: string) => ({ params: { path: { id } } });

export const reveal = (id: string, headers: Once, reason: string) =>
  take(api.POST("/employees/{id}/reveal", { ...at(id), headers, body: { reason } }));

export const setContract = (id: string, headers: Once, body: Schema<"ContractTerm">) =>
  take(api.POST("/employees/{id}/contract", { ...at(id), headers, body }));

export const addStandIn = (id: string, headers: Once, body: Schema<"NewStandIn">) =>
  take(api.POST("/employees/{id}/stand-ins", { ...at(id), headers, body }));

export const endStandIn = (id: string, headers: Once) =>
  take(api.POST("/stand-ins/{id}/end", { ...at(id), headers }));

/** Legal entities and posts to choose from. */
export const choicesQuery = queryOptions({
  queryKey: ["posts"],
  queryFn: () => take(api.GET("/posts")),
});

export const addEmployee = (headers: Once, body: Schema<"NewEmployee">) =>
  take(api.POST("/employees", { headers, body }));

export const correct = (id: string, headers: Once, body: Schema<"Correction">) =>
  take(api.POST("/employees/{id}/correction", { ...at(id), headers, body }));

export const changeJob = (id: string, headers: Once, body: Schema<"JobChange">) =>
  take(api.POST("/employees/{id}/job", { ...at(id), headers, body }));

export const rehire = (id: string, headers: Once, body: Schema<"Return">) =>
  take(api.POST("/employees/{id}/rehire", { ...at(id), headers, body }));

export const lend = (id: string, headers: Once, body: Schema<"NewAsset">) =>
  take(api.POST("/employees/{id}/assets", { ...at(id), headers, body }));

export const addDepartment = (headers: Once, body: Schema<"NewDepartment">) =>
  take(api.POST("/departments", { headers, body }));

export const editDepartment = (id: string, headers: Once, body: Schema<"DepartmentChange">) =>
  take(api.POST("/departments/{id}", { ...at(id), headers, body }));

export const closeDepartment = (id: string, headers: Once) =>
  take(api.POST("/departments/{id}/close", { ...at(id), headers }));

export const setHead = (id: string, headers: Once, body: Schema<"NewHead">) =>
  take(api.POST("/departments/{id}/head", { ...at(id), headers, body }));

/** A new post, or another name of one of those there. */
export const savePost = (
  of: Choices["posts"][number] | undefined,
  headers: Once,
  body: Schema<"NewPost">,
) =>
  take(
    of
      ? api.POST("/posts/{id}", { ...at(of.id), headers, body: { ...body, seen: of.version } })
      : api.POST("/posts", { headers, body }),
  );

/** A new legal entity, or what one of those there is called. */
export const saveEntity = (
  of: Choices["entities"][number] | undefined,
  headers: Once,
  body: Schema<"NewEntity">,
) =>
  take(
    of
      ? api.POST("/entities/{id}", {
          ...at(of.id),
          headers,
          body: { ...body, seen: of.version },
        })
      : api.POST("/entities", { headers, body }),
  );

/** Takes a thing back, or notes that an account elsewhere is closed. */
export const takeBack = (of: AssetItem, headers: Once) => {
  const note = { ...at(of.id), headers, body: { note: "" } };
  return take(
    of.kind === "account"
      ? api.POST("/assets/{id}/close", note)
      : api.POST("/assets/{id}/return", note),
  );
};
