import type { TestProject } from "vitest/node";
import { startBrowser } from "../browser/browser.ts";

/** Before the first test file with pages: starts the one browser that all of them share; ends it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startBrowser();
  project.provide("browser", server.wsEndpoint());
  return () => server.close();
}
