import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** What `npm run storyboard` runs: it makes pictures to look at, so it is no part of the tests. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["test/browser/storyboard.make.ts"],
    globalSetup: [fileURLToPath(new URL("one-browser.ts", import.meta.url))],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ["verbose"],
  },
});
