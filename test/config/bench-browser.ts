import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** What `npm run bench:browser` and `bench:open` run, each files of its own: they test nothing. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["test/bench/*.make.ts"],
    globalSetup: [fileURLToPath(new URL("one-browser.ts", import.meta.url))],
    fileParallelism: false,
    reporters: ["verbose"],
    disableConsoleIntercept: true,
  },
});
