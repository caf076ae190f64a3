import { statSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// The tests share a server and its books, so one file runs after the other: who leaves in one
// story would stand in the way of a plan in another. `./dev` runs two companies side by side, and
// BATON_BOOKS says which of them this is; without it, all files run.
const books = process.env["BATON_BOOKS"];

/** Walks over what is there. They come last, when the other files have left something to see. */
const WALKS = ["sweep", "sweep.evidence"];
/** Files of the second company: the walk of all roles, and what fills pages the demo leaves empty. */
const SECOND = ["signing", "import", "bundle", "rules", "alerts", "sweep"];

const paths = (names: readonly string[]) => names.map((name) => `tests/${name}.test.ts`);

/** Always the same order: the largest file first, as vitest does when it knows nothing else. */
class LargestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      paths(WALKS).findIndex((path) => moduleId.endsWith(path));
    const length = ({ moduleId }: TestSpecification) => statSync(moduleId).size;
    return [...files].sort((a, b) => place(a) - place(b) || length(b) - length(a));
  }
}

export default defineConfig({
  test: {
    fileParallelism: false,
    // One browser for all of them, which knows the client by heart after the first pages.
    isolate: false,
    setupFiles: "src/each-file.ts",
    maxConcurrency: 2,
    // Both companies tell what every kind of act left in the log.
    include: books === "second" ? paths([...SECOND, "sweep.evidence"]) : ["tests/**/*.test.ts"],
    exclude: books === "first" ? paths(SECOND) : [],
    sequence: { sequencer: LargestFirst },
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // As patient as the browser; vitest’s own second is not enough for an answer and a picture of it.
    expect: { poll: { timeout: 15_000, interval: 100 } },
  },
});
