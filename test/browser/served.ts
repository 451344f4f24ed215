import { join } from "node:path";
import type { Page } from "playwright-core";
import { openMiniApp } from "../../src/package/files.ts";
import { openRunFile } from "../../src/package/run-file.ts";
import { serveSimulator, type SimulatorServer } from "../../src/package/server.ts";

export interface Served {
  /** A Mini App other than this project's: its folder or its package. */
  readonly app?: string | undefined;
  /** The run is recorded to this file. */
  readonly record?: string | undefined;
  /** A recorded run. */
  readonly replay?: string | undefined;
}

/** Serves the simulator as it was built in `root`, this project's folder, on any free port. */
export async function serveFrom(root: string, { app, record, replay }: Served): Promise<SimulatorServer> {
  return serveSimulator({
    page: join(root, "dist/simulator"),
    app: await openMiniApp(app ?? root),
    isOwnApp: app === undefined,
    port: 0,
    run: await openRunFile(record, replay),
  });
}

/** What the simulator's log has under alerts and problems: dialogs, exceptions, commands that the host rejects. */
export async function loggedProblemsOf(page: Page): Promise<readonly string[]> {
  const chips = page.locator(".chips");
  for (const group of ["messages", "lost", "pages"]) await chips.getByLabel(group).setChecked(false);
  return page.locator('.log-row:is([data-group="alerts"], [data-group="problems"])').allTextContents();
}
