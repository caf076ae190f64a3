import js from "@eslint/js";
import stylistic from "@stylistic/eslint-plugin";
import imports from "eslint-plugin-import";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import { readdirSync } from "node:fs";
import ts from "typescript-eslint";

/** The floors of the client, lowest first; a floor imports only from itself and from below. */
const floors = ["lib", "api", "ui", "features", "app"];
const upward = floors.flatMap((target, height) =>
  floors.slice(height + 1).map((from) => ({
    target: `./src/${target}`,
    from: `./src/${from}`,
    message: `${target} stands below ${from} and must not know it.`,
  })),
);

/** A feature never imports another; what two of them need goes down to ui, api or lib. */
const sideways = readdirSync(new URL("./src/features", import.meta.url)).map((name) => ({
  target: `./src/features/${name}`,
  from: "./src/features",
  except: [`./${name}`],
  message: "A feature must not import another feature.",
}));

export default ts.config(
  { ignores: ["dist", "src/api/gen"] },
  js.configs.recommended,
  ...ts.configs.strict,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    plugins: { "@stylistic": stylistic, import: imports },
    languageOptions: { globals: { ...globals.browser } },
    settings: {
      // Without these two the plugin does not read TypeScript, and finds no cycle.
      "import/extensions": [".ts", ".tsx"],
      "import/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import/resolver": { alias: { map: [["@", "./src"]], extensions: [".ts", ".tsx"] } },
    },
    rules: {
      "import/no-cycle": "error",
      "import/no-restricted-paths": ["error", { zones: [...upward, ...sideways] }],
      "@stylistic/max-len": ["error", { code: 100, ignoreUrls: true }],
      "max-lines": ["error", 600],
      "max-lines-per-function": ["error", { max: 70, skipComments: true, skipBlankLines: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.name=/^(parseFloat|Number)$/]" +
            "[arguments.0.property.name='amount']",
          message: "Money never becomes a float; use lib/money.",
        },
      ],
      "@typescript-eslint/no-non-null-assertion": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.test.{ts,tsx}"],
    rules: { "max-lines-per-function": "off" },
  },
  { files: ["scripts/*.mjs", "*.js", "*.ts"], languageOptions: { globals: globals.node } },
  {
    // What the menu needs is loaded before anything else is seen; the words of a page come with it.
    files: ["src/features/*/feature.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["./*words"], message: "Write the label here; words come with the page." },
          ],
        },
      ],
    },
  },
);
