import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** What `npm run readme` runs: it writes files, so it is no part of the tests. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["test/browser/readme.make.ts"],
    globalSetup: [fileURLToPath(new URL("one-browser.ts", import.meta.url))],
    fileParallelism: false,
    hookTimeout: 120_000,
  },
});
