import type { Locator } from "playwright-core";
import { afterEach, beforeAll } from "vitest";
import { closeClean } from "./closing.ts";
import type { CrowdOptions } from "./crowd-page.ts";
import { buildCrowd, openCrowd, type CrowdApp } from "./crowd.ts";

export interface CrowdFixture {
  /** Opens the app on a phone, for one test, with a session that is made up. */
  open(options?: Partial<CrowdOptions>): Promise<CrowdApp>;
  /** The list of everybody. */
  list(): Locator;
}

/** Called once, at the head of a file: closes what a test opened, where nothing may have gone wrong. */
export function useCrowd(): CrowdFixture {
  let script: string;
  let app: CrowdApp;

  beforeAll(async () => {
    script = await buildCrowd();
  });

  afterEach(async () => {
    await closeClean(app);
  });

  return {
    async open(options) {
      app = await openCrowd(script, { viewport: { width: 390, height: 844 } }, options);
      return app;
    },
    list: () => app.page.locator("#panel-people"),
  };
}
