import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const BROWSER = ["test/browser/**/*.test.ts"];
/** In WebKitGTK, by a command of their own: webkit.ts. */
const IN_WEBKIT = ["test/webkit/**"];
/** Measures what a phone would feel. */
const ALONE = ["test/browser/steady-drawing.test.ts"];
/** One counts on a Yjs that no other test has used before, one on a schema with more rows. */
const ON_NEW_MODULES = ["test/session-wedged.test.ts", "test/board/new-rows.test.ts"];
const IN_BROWSER = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

/**
 * Projects, one after the other: `headless` and `isolated` (Node, two files at a time; loading the same
 * modules anew for each file would take as long as the tests), `pages` (a real Chromium, two files at a
 * time) and `alone` (the same, with the machine for itself).
 */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: "headless",
          include: ["test/**/*.test.ts"],
          exclude: [...BROWSER, ...IN_WEBKIT, ...ON_NEW_MODULES],
          isolate: false,
          maxWorkers: 2,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "isolated",
          include: ON_NEW_MODULES,
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "pages",
          include: BROWSER,
          exclude: ALONE,
          maxWorkers: 2,
          ...IN_BROWSER,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "alone",
          include: ALONE,
          maxWorkers: 1,
          ...IN_BROWSER,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
