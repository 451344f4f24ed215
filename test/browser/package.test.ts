import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { unpackFiles } from "../../src/package/archive.ts";
import type { Platform } from "../../src/simulator/engine.ts";
import { createWorld, type World } from "../../src/simulator/world.ts";
import { createBrowserClock } from "../../src/spixi/browser-clock.ts";
import { drawOn } from "./alone.ts";
import { readPicture } from "./picture.ts";
import { circle, wave } from "./places.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { countInked, untilIdle, untilReady } from "./state.ts";
import { watchPage } from "./watch.ts";

const ID = "com.inkmesh.canvas";
const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

declare global {
  interface Window {
    /** Given to the page by the test: what the messenger sees of a navigation. */
    simulatedHost(url: string, task?: number): void;
  }
}

const clock = createBrowserClock(globalThis);
let folder: string;
let address: string;
let world: World;
let problems: (() => readonly string[])[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkmesh-package-"));
  for (const [path, bytes] of await unpackFiles(await readFile(join(DIST, `${ID}.zspixiapp`)))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  address = pathToFileURL(join(folder, "app/index.html")).href;
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  world = createWorld({
    clock,
    prng: createPrng(1),
    network: { latency: 20, jitter: 10 },
  });
  problems = [];
});

afterEach(() => {
  expect(problems.flatMap((found) => found())).toEqual([]);
});

/** Opens the package over file:// in a page of its own, with the simulated messenger around it. */
async function openPackage(person: string, contacts: readonly string[], platform: Platform): Promise<Page> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width: 390, height: 700 }, hasTouch: true });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  problems.push(watchPage(page, pathToFileURL(folder).href).problems);
  let calls = 0;
  /** Makes a call of the host: once, also where the browser does not say whether it has been made. */
  const call = (script: string): void => {
    const made = `(globalThis.testCalls ??= [])[${++calls}]`;
    const once = `if (!${made}) { ${made} = true; ${script} }`;
    const attempt = (): void => {
      page.evaluate(once).catch((error: unknown) => {
        // A call of the host that comes before the page has loaded, or when it is gone, is lost, on phones too.
        if (page.isClosed()) return;
        const text = String(error);
        // What the page navigates to is cancelled in the same moment: no phone notices, so no call may be lost.
        if (text.includes("Execution context was destroyed")) return attempt();
        if (!text.includes("executeUiCommand is not defined")) problems.push(() => [`${person}: ${text}`]);
      });
    };
    attempt();
  };
  const view = world
    .phone(person, { platform })
    .openApp({ appId: ID, contacts, evaluate: (script) => call(script) });
  // The browser tells of several navigations at once: what the page did in tasks of its own comes in such ones here.
  let told = Promise.resolve();
  let lastTask = 0;
  await page.exposeFunction("simulatedHost", (url: string, task: number) => {
    told = told.then(async () => {
      if (task !== lastTask) await aTurn();
      lastTask = task;
      view.navigate(url);
    });
  });
  await page.addInitScript(() => {
    let task = 1;
    window.navigation.addEventListener("navigate", (event) => {
      if (!/^(xa|ixian):/.test(event.destination.url)) return;
      event.preventDefault();
      window.simulatedHost(event.destination.url, task);
      setTimeout(() => task++);
    });
  });
  await page.goto(address);
  await untilReady(page);
  return page;
}

/** Until what is planned for now has been done. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => {
    clock.after(0, resolve);
  });
}

async function settled(pages: readonly Page[]): Promise<void> {
  await expect
    .poll(async () => {
      const boards = await Promise.all(
        pages.map((page) => page.evaluate(() => document.documentElement.dataset["board"])),
      );
      return new Set(boards).size;
    })
    .toBe(1);
  for (const page of pages) await untilIdle(page);
}

describe("the package over file://", () => {
  it.each(["android", "ios"] as const)("starts, draws and sends on %s", async (platform) => {
    const alice = await openPackage("alice", ["bob"], platform);
    const bob = await openPackage("bob", ["alice"], platform);
    // No part of it becomes a shape, should the pen stand still on a busy machine.
    const places = wave([60, 300], 260, 30);
    await drawOn(alice, places);
    await expect.poll(() => countInked(bob, places)).toBe(places.length);
    await settled([alice, bob]);
    expect(await bob.evaluate(readPicture)).toEqual(await alice.evaluate(readPicture));
  });

  it("keeps a stroke whole when a second finger comes down late, and the next one too", async () => {
    const alice = await openPackage("alice", ["bob"], "android");
    const bob = await openPackage("bob", ["alice"], "ios");
    const touch = await alice.context().newCDPSession(alice);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", points: (readonly [number, number])[]) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      });
    const first = circle([195, 250], 90, 60);
    const second = wave([60, 480], 260, 20);
    const palm = [320, 560] as const;

    await send("touchStart", [first[0]!]);
    for (const place of first.slice(1, 30)) await send("touchMove", [place]);
    await send("touchStart", [first[29]!, palm]);
    for (const place of first.slice(30, 45)) await send("touchMove", [place, palm]);
    await send("touchEnd", [first[44]!]);
    for (const place of first.slice(45)) await send("touchMove", [place]);
    await send("touchEnd", []);
    await send("touchStart", [second[0]!]);
    for (const place of second.slice(1)) await send("touchMove", [place]);
    await send("touchEnd", []);

    const all = [...first, ...second];
    await expect.poll(() => countInked(bob, all)).toBe(all.length);
    await settled([alice, bob]);
    expect(await bob.evaluate(readPicture)).toEqual(await alice.evaluate(readPicture));
  });
});
