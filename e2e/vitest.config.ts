import { defineConfig } from "vitest/config";

// Two browsers at a time, one for each core. The tests share one server and its books: each file
// works with people of its own, so none disturbs another.
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // As patient as the browser; vitest’s own second is not enough for an answer and a picture of it.
    expect: { poll: { timeout: 15_000, interval: 100 } },
  },
});
