import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const BROWSER = ["test/browser/**/*.test.ts"];

/**
 * Two projects, one after the other: `headless` (Node, in parallel) and `browser` (a real Chromium,
 * one file at a time, since its tests measure what a phone would feel).
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
          name: "browser",
          include: BROWSER,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
