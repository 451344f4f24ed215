import { afterAll, beforeAll, expect, it } from "vitest";
import { serveBuilt } from "../browser/simulator.ts";
import { startWebKit, type WebKitSession } from "./driver.ts";

/*
 * The simulator's page needs the Navigation API. A browser without it must say so: phones whose apps never open look
 * like a fault of the app.
 */
let session: WebKitSession;
let server: Awaited<ReturnType<typeof serveBuilt>>;

beforeAll(async () => {
  server = await serveBuilt();
  session = await startWebKit({ width: 1300, height: 1000 }, {});
});
afterAll(async () => {
  await session.close();
  await server.close();
});

it("the simulator opens both apps, or says what this browser lacks", async () => {
  const tab = await session.newTab();
  await tab.goto(server.url);
  const canOpen = await tab.evaluate(() => "navigation" in window);
  const shown = (): Promise<readonly unknown[]> =>
    tab.evaluate(() => [
      document.querySelector<HTMLElement>("#problems")!.checkVisibility(),
      document.querySelector("#problems")!.textContent.includes("Navigation API"),
      document.querySelectorAll("iframe").length,
    ]);
  await expect.poll(shown).toEqual(canOpen ? [false, false, 2] : [true, true, 0]);
});
