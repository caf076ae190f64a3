import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the server. */
const server = process.env.BATON_URL ?? "http://127.0.0.1:8080";

/**
 * Ant Design’s icons tell screen readers the English names of their files. Ours always stand beside
 * a word or in a button that has a name, so they say nothing.
 */
const silentIcons: Plugin = {
  name: "silent-icons",
  transform(code, id) {
    if (!/AntdIcon(Light)?\.js(\?|$)/.test(id)) return undefined;
    const silent = code.replace(/role: "img",\s*"aria-label": icon\.name/, '"aria-hidden": true');
    if (silent === code) throw new Error(`${id} has changed; see silentIcons`);
    return { code: silent, map: null };
  },
};

export default defineConfig({
  plugins: [react(), silentIcons],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy: { "/api": { target: server } } },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Changes only with a React upgrade, so browsers keep it across our releases.
            { name: "react", test: /node_modules\/(react|react-dom|react-router|scheduler)\// },
            // Drawn only where there is a chart; never part of the first load.
            { name: "charts", test: /node_modules\/(echarts|zrender)\// },
          ],
        },
      },
    },
  },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
});
