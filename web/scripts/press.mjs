// Writes a brotli neighbour (`x.js.br`) beside every text asset, so that the server need not
// compress anything itself.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const folder = new URL("../dist", import.meta.url).pathname;
const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const plain = readFileSync(path);
  const pressed = brotliCompressSync(plain, { params });
  if (pressed.length < plain.length) writeFileSync(`${path}.br`, pressed);
}
