import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const BROWSER = ["test/browser/**/*.test.ts"];
/** These measure what a phone would feel, or draw so much that a busy machine would lose some of it. */
const ALONE = ["gestures", "never-lost", "presence", "render", "tools", "two-contacts"].map(
  (name) => `test/browser/${name}.test.ts`,
);
const IN_BROWSER = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

/**
 * Three projects, one after the other: `headless` (Node, in parallel), `pages` (a real Chromium, two
 * files at a time) and `browser` (the same, one file at a time).
 */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: "headless",
          include: ["test/**/*.test.ts"],
          exclude: BROWSER,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "pages",
          include: BROWSER,
          exclude: ALONE,
          maxWorkers: 2,
          ...IN_BROWSER,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "browser",
          include: ALONE,
          fileParallelism: false,
          ...IN_BROWSER,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
