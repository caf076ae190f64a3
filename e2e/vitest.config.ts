import { defineConfig } from "vitest/config";

// One browser after the other: the tests share one server and its books.
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
