import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const BROWSER = ["test/browser/**/*.test.ts"];
/** In WebKitGTK, by a command of their own: webkit.ts. */
const IN_WEBKIT = ["test/webkit/**"];
/** One counts on a Yjs that no other test has used before, others on a schema with more rows. */
const ON_NEW_MODULES = ["test/session-wedged.test.ts", "test/board/new-rows*.test.ts"];
/** All files share these workers, so that no kind of test waits for another: at most four pages at a time. */
const WORKERS = {
  maxWorkers: 4,
  sequence: { groupOrder: 0 },
  testTimeout: 120_000,
  setupFiles: [fileURLToPath(new URL("equal-bytes.ts", import.meta.url))],
};

/**
 * Projects, one pool of workers: `browser` begins (files with pages, which wait more than they work),
 * `headless` goes on wherever a worker is free. Both load their modules once for each worker and not for
 * each file, which would take as long as the tests; `new-modules` is the exception.
 */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: "browser",
          include: BROWSER,
          globalSetup: [fileURLToPath(new URL("one-browser.ts", import.meta.url))],
          isolate: false,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000, interval: 100 } },
          ...WORKERS,
        },
      },
      {
        test: {
          name: "headless",
          include: ["test/**/*.test.ts"],
          exclude: [...BROWSER, ...IN_WEBKIT, ...ON_NEW_MODULES],
          isolate: false,
          ...WORKERS,
        },
      },
      {
        test: {
          name: "new-modules",
          include: ON_NEW_MODULES,
          ...WORKERS,
        },
      },
    ],
  },
});
