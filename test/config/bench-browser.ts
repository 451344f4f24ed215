import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** What `npm run bench:browser`, `bench:open` and `bench:peers` run, each its files: they test nothing. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["test/bench/**/*.make.ts"],
    globalSetup: [fileURLToPath(new URL("one-browser.ts", import.meta.url))],
    fileParallelism: false,
    reporters: ["verbose"],
    disableConsoleIntercept: true,
  },
});
