/*
 * Replays a recorded run of the simulator in a browser without a window: `npm run replay -- FILE`, with
 * `--app PATH` for another Mini App than this project's. Says how it went; fails where boards that should be
 * equal differ, or anything went wrong on the way.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium, type Browser, type Page } from "playwright-core";
import { runBuild } from "../../src/package/cli.ts";
import { startBrowser } from "./browser.ts";
import { loggedProblemsOf, serveFrom } from "./served.ts";

export interface Replay {
  /** It went as it was recorded. */
  readonly isSame: boolean;
  /** What the simulator's page says of it. */
  readonly status: string;
  /** What the light says; undefined where the app is not this project's. */
  readonly boards: "equal" | "different" | "unknown" | undefined;
  /** Dialogs, exceptions, commands that the messenger rejects; the latest first. */
  readonly problems: readonly string[];
  /** What this project's app says of its board, phone by phone. */
  readonly digests: readonly (string | undefined)[];
}

export interface ReplayOptions {
  /** This project, built. */
  readonly root: string;
  readonly browser: Browser;
  readonly file: string;
  /** A Mini App other than this project's: its folder or its package. */
  readonly app?: string | undefined;
}

/** Resolves when the run is over; that takes as long as it took. */
export async function replay({ root, browser, file, app }: ReplayOptions): Promise<Replay> {
  const server = await serveFrom(root, { app, replay: file });
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: "light" });
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    const failed = page.locator("#problems p").first();
    const ended = page.locator('#run:is([data-state="same"], [data-state="other"])');
    await ended.or(failed).first().waitFor({ timeout: 0 });
    if (!(await ended.isVisible())) throw new Error((await failed.textContent()) ?? "");
    // The light looks again and again.
    const light = page.locator(".light");
    const look = (): Promise<string | null> => light.getAttribute("data-state");
    if (app === undefined) await light.and(page.locator("[data-state]")).waitFor();
    return {
      isSame: (await ended.getAttribute("data-state")) === "same",
      status: (await ended.textContent())?.replace(/ Go on$/, "") ?? "",
      boards: app === undefined ? ((await look()) as Replay["boards"]) : undefined,
      problems: await loggedProblemsOf(page),
      digests: await digestsOf(page),
    };
  } finally {
    await context.close();
    await server.close();
  }
}

/** The digests of the boards that the phones of a simulator's page show. */
export async function digestsOf(page: Page): Promise<readonly (string | undefined)[]> {
  return page
    .locator("iframe")
    .evaluateAll((frames) =>
      frames.map((frame) => (frame as HTMLIFrameElement).contentDocument?.documentElement.dataset["board"]),
    );
}

export async function main(args: readonly string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { app: { type: "string" } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined) throw new Error("Usage: npm run replay -- FILE [--app PATH]");
  // Bundled into a folder below the project's.
  const root = fileURLToPath(new URL("../../../..", import.meta.url));
  const app = values.app === undefined ? undefined : resolve(values.app);
  await runBuild(root, app === undefined ? [] : ["--app", app], () => undefined);
  const server = await startBrowser();
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const { status, boards, problems } = await replay({ root, browser, file: resolve(file), app });
    console.log(status);
    if (boards !== undefined) console.log(`Boards: ${boards}.`);
    for (const problem of problems) console.log(`Problem: ${problem}`);
    return boards !== "different" && problems.length === 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  } finally {
    await server.close();
  }
}
