import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { missingForWebKit } from "../webkit/programs.ts";

const missing = missingForWebKit();
if (missing !== undefined) process.stdout.write(`${missing}\n`);

/** What `npm run test:webkit` runs: nothing, and no failure, where there is no WebKit. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: missing === undefined ? ["test/webkit/*.test.ts"] : [],
    passWithNoTests: true,
    globalSetup: [fileURLToPath(new URL("one-browser.ts", import.meta.url))],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
