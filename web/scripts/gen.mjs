// Writes src/api/gen/schema.d.ts from the server's OpenAPI description 生成接口类型.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const from = process.argv[2] ?? "../docs/openapi.json";
const to = process.argv[3] ?? "src/api/gen/schema.d.ts";
const base = "/api/v1";

const description = JSON.parse(readFileSync(from, "utf8"));
// The client adds the base itself, and names an operation by its address: without an operation
// id its types stand where it is used.
description.paths = Object.fromEntries(
  Object.entries(description.paths)
    .filter(([path]) => path.startsWith(base))
    .map(([path, item]) => {
      for (const operation of Object.values(item)) delete operation.operationId;
      return [path.slice(base.length), item];
    }),
);
const head = "// Made by `npm run gen` from the server's OpenAPI description; do not edit.\n\n";
writeFileSync(to, head + astToString(await openapiTS(description)));
