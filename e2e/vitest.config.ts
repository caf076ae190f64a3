import { defineConfig } from "vitest/config";

// The tests share one server and its books, so one file runs after the other: who leaves in one
// story would stand in the way of a plan in another.
export default defineConfig({
  test: {
    fileParallelism: false,
    maxConcurrency: 2,
    include: ["tests/**/*.test.ts"],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // As patient as the browser; vitest’s own second is not enough for an answer and a picture of it.
    expect: { poll: { timeout: 15_000, interval: 100 } },
  },
});
