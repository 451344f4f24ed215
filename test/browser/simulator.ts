import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { BrowserContext, BrowserContextOptions, Frame, Locator, Page } from "playwright-core";
import type { HostVersion } from "../../src/simulator/chat.ts";
import type { SimulatorServer } from "../../src/package/server.ts";
import { encodeCommand } from "../../src/spixi/command.ts";
import { loggedProblemsOf, serveFrom, type Served } from "./served.ts";
import { areInked, readColors, readPicture, type Color, type Picture, type Place } from "./picture.ts";
import { readTraffic, untilOnDisk, type Traffic } from "./meter.ts";
import { mouseOf, type Mouse } from "./mouse.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { lookWhenIdle, untilReady, untilStored } from "./state.ts";
import { watchPage } from "./watch.ts";

/** A mouse or a finger is read about 60 times a second. */
const SAMPLE_INTERVAL = 1000 / 60;
/** Between two looks at a page: one in each frame would make the page paint frames for nothing else. */
const POLL_MS = 100;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface SimulatorOptions extends Served {
  /** The part of the address after `?`. */
  readonly search?: string;
  /** Every phone's messenger; 0.9.19 where not given. */
  readonly host?: HostVersion;
  /** All phones are in one group, on the next host; where not given, in chats of two. */
  readonly group?: "open" | "blind";
  /** Of each phone, in CSS pixels; 360 x 640 where not given. */
  readonly screen?: { readonly width: number; readonly height: number };
  readonly context?: BrowserContextOptions;
  /** Before the page is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** The simulator's page in a browser, with two phones of 360 x 640 unless the options say otherwise. */
export interface SimulatorPage {
  readonly page: Page;
  phone(name: string): SimulatedPhone;
  /** Waits until the light says that the boards are equal, and everything is painted. */
  boardsEqual(): Promise<void>;
  /** Waits until the phones' boards are equal and show the same pixels, which it returns. */
  samePixels(...phones: readonly SimulatedPhone[]): Promise<Picture>;
  /** Everything that must not happen: errors, requests to elsewhere. Empty: all is well. */
  problems(): readonly string[];
  /** What the log has under alerts and problems: dialogs, exceptions, commands that the host rejects. */
  loggedProblems(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface SimulatedPhone {
  readonly card: Locator;
  readonly screen: Locator;
  frame(): Promise<Frame>;
  /** Waits until the app has opened its board. */
  ready(): Promise<void>;
  /** Presses a button above the screen: Back, Kill, Open, Reopen. */
  press(button: string): Promise<void>;
  /** Presses a button above the screen or among the settings, while the pointer stays where it is. */
  strike(button: string): Promise<void>;
  /** Rolls its storage back to a moment of `now`. */
  rollBack(moment: number): Promise<void>;
  /** The simulator's time, in milliseconds. */
  now(): Promise<number>;
  setOffline(offline: boolean): Promise<void>;
  /** Ticks or clears one of the people this phone's app is opened with. */
  setContact(name: string, on: boolean): Promise<void>;
  setAppearance(appearance: "page" | "light" | "dark"): Promise<void>;
  /** Gives this phone another messenger, which opens the app anew. */
  setHost(host: HostVersion): Promise<void>;
  /** What the badge says that counts the alerts; empty where there were none. */
  alerts(): Promise<string>;
  /** Draws one stroke with the mouse through all places, as fast as the browser takes them. */
  draw(places: readonly Place[]): Promise<void>;
  /** The same, with 60 places a second at most. */
  drawSteadily(places: readonly Place[]): Promise<void>;
  /** As `draw`, with the button left down. */
  startStroke(places: readonly Place[]): Promise<void>;
  endStroke(): Promise<void>;
  /** What an element of the app says; empty where it is hidden. */
  says(selector: string): Promise<string>;
  /** Gives texts to the messenger as the app does, for everybody it is opened with. */
  send(texts: readonly string[]): Promise<void>;
  /** Waits until everything is painted. */
  picture(): Promise<Picture>;
  /** Which of the places have ink within 2 px. */
  hasInk(places: readonly Place[]): Promise<readonly boolean[]>;
  /** How many of the places do. */
  inkedPlaces(places: readonly Place[]): Promise<number>;
  /** The colours at the places when everything is painted. */
  colors(places: readonly Place[]): Promise<readonly Color[]>;
  /** What the phone's meter shows after its next reading, at most a second from now. */
  traffic(): Promise<Traffic>;
  /** Waits until the app has stored the board and the phone has it in files, which a kill leaves as they are. */
  saved(): Promise<void>;
}

/** The messenger's end: a table that it was just writing may be torn, which the app says when it finds that. */
const KILL = "Kill";
const TORN = /storage: a damaged value is put aside|register: a copy is damaged/u;

/** Serves the simulator as built; this project's app unless `options` say otherwise. */
export function serveBuilt(options: Served = {}): Promise<SimulatorServer> {
  return serveFrom(ROOT, options);
}

export async function openSimulator(options: SimulatorOptions = {}): Promise<SimulatorPage> {
  const server = await serveBuilt(options);
  const browser = await sharedBrowser();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    colorScheme: "light",
    ...options.context,
  });
  await options.prepare?.(context);
  const page = await context.newPage();
  const watch = watchPage(page, server.url);
  let wasKilled = false;
  const screen = options.screen ?? { width: 360, height: 640 };
  const search = [
    options.search ?? "",
    ...(options.host ? [`host=${options.host}`] : []),
    ...(options.group ? [`group=${options.group}`] : []),
    `scale=1&screen=${screen.width}x${screen.height}&ratio=1&seed=1`,
  ];
  await page.goto(`${server.url}?${search.join("&")}`);
  const boardsEqual = async (): Promise<void> => {
    // What the light shows is a moment old, so the pages are asked as well.
    await page.waitForFunction(
      () => {
        const roots = [...document.querySelectorAll("iframe")].map(
          (frame) => frame.contentDocument!.documentElement.dataset,
        );
        return (
          document.querySelector<HTMLElement>(".light")?.dataset["state"] === "equal" &&
          roots.every((root) => root["idle"] === "true" && root["board"] === roots[0]!["board"])
        );
      },
      undefined,
      { polling: POLL_MS },
    );
  };
  return {
    page,
    phone: (name) => createPhone(page, name, () => (wasKilled = true)),
    boardsEqual,
    async samePixels(...phones) {
      await boardsEqual();
      // A page that is catching up shows what it gets when it has all of it.
      let pictures: Picture[] = [];
      await expect
        .poll(async () => {
          pictures = [];
          for (const phone of phones) pictures.push(await phone.picture());
          return new Set(pictures.map(({ hash, width, height }) => `${hash} ${width} x ${height}`)).size;
        })
        .toBe(1);
      return pictures[0]!;
    },
    problems: () => watch.problems().filter((text) => !wasKilled || !TORN.test(text)),
    loggedProblems: () => loggedProblemsOf(page),
    async close() {
      await context.close();
      await server.close();
    },
  };
}

function createPhone(page: Page, name: string, onKill: () => void): SimulatedPhone {
  const card = page.getByRole("region", { name: `${name}'s phone` });
  const meter = card.locator(".meter");
  const screen = page.locator(`iframe[title="${name}"]`);

  let shown: Frame | undefined;
  // Looked for anew only where the app was closed: three questions to the browser for each look at a page
  // took a good part of the tests' time.
  const frame = async (): Promise<Frame> => {
    if (shown && !shown.isDetached()) return shown;
    const handle = await screen.elementHandle();
    shown = (await handle?.contentFrame()) ?? undefined;
    if (!shown) throw new Error(`${name}'s app is not open.`);
    return shown;
  };
  const look = async <Given, Seen>(from: (given: Given) => Seen, given: Given): Promise<Seen> =>
    lookWhenIdle(await frame(), from, given);
  const hasInk = (places: readonly Place[]): Promise<boolean[]> => look(areInked, places);
  const inPanel = async (act: (panel: Locator) => Promise<void>): Promise<void> => {
    const more = card.locator(".more > summary");
    await more.click();
    await act(card.locator(".panel"));
    await more.click();
  };

  /** Asked in one go: Playwright's own way to bring something into sight waits for frames. */
  const toScreen = async (places: readonly Place[]): Promise<Place[]> => {
    const [left, top] = await screen.evaluate((found): Place => {
      found.scrollIntoView({ block: "nearest", inline: "nearest" });
      const box = found.getBoundingClientRect();
      return [box.x, box.y];
    });
    return places.map(([x, y]): Place => [left + x, top + y]);
  };

  /** By the mouse, which then does `act` with the places on the page. */
  const stroke = async (
    places: readonly Place[],
    act: (mouse: Mouse, onPage: readonly Place[]) => Promise<void>,
  ): Promise<void> => {
    const onPage = await toScreen(places);
    await act(await mouseOf(page), onPage);
    // A screen that moved meanwhile would have got other places than these.
    expect((await toScreen(places)).at(0)).toEqual(onPage[0]);
  };

  return {
    card,
    screen,
    frame,
    async ready() {
      await screen.waitFor();
      await untilReady(await frame());
    },
    press(button) {
      if (button === KILL) onKill();
      return card.locator(".actions").getByRole("button", { name: button, exact: true }).click();
    },
    setOffline: (offline) => card.getByLabel("Offline").setChecked(offline),
    setContact: (other, on) => inPanel((panel) => panel.getByLabel(other, { exact: true }).setChecked(on)),
    setAppearance: (appearance) =>
      inPanel(async (panel) => void (await panel.getByLabel("Appearance").selectOption(appearance))),
    setHost: (host) =>
      inPanel(async (panel) => void (await panel.getByLabel("Messenger").selectOption(host))),
    alerts: async () => {
      const badge = card.locator(".alerts");
      return (await badge.isVisible()) ? ((await badge.textContent()) ?? "") : "";
    },
    strike(button) {
      if (button === KILL) onKill();
      return card
        .getByRole("button", { name: button, exact: true, includeHidden: true })
        .evaluate((found: HTMLElement) => found.click());
    },
    rollBack: (moment) =>
      inPanel(async (panel) => {
        // How long ago that is changes until the button is pressed: in one task.
        await panel.getByRole("group", { name: "Trouble" }).evaluate((trouble, before) => {
          trouble.querySelector("input")!.valueAsNumber = (performance.now() - before) / 1000;
          [...trouble.querySelectorAll("button")]
            .find((each) => each.textContent === "Roll storage back")!
            .click();
        }, moment);
      }),
    now: () => page.evaluate(() => performance.now()),
    startStroke: (places) => stroke(places, (mouse, onPage) => mouse.press(...onPage)),
    endStroke: async () => (await mouseOf(page)).lift(),
    async says(selector) {
      const found = (await frame()).locator(selector);
      return (await found.isVisible()) ? ((await found.textContent()) ?? "") : "";
    },
    send: async (texts) =>
      (await frame()).evaluate(
        async (urls) => {
          for (const url of urls) {
            location.href = url;
            await new Promise((resolve) => {
              requestAnimationFrame(resolve);
            });
          }
        },
        texts.map((d) => encodeCommand({ c: "ds", d }, false)),
      ),
    draw: (places) => stroke(places, (mouse, onPage) => mouse.drag(...onPage)),
    drawSteadily: (places) =>
      stroke(places, async (mouse, [first, ...rest]) => {
        const start = performance.now();
        await mouse.press(first!);
        for (const [i, place] of rest.entries()) {
          await mouse.move(place);
          while (performance.now() - start < (i + 1) * SAMPLE_INTERVAL) await nextFrame(page);
        }
        await mouse.lift();
      }),
    picture: () => look(readPicture, undefined),
    hasInk,
    inkedPlaces: async (places) => (await hasInk(places)).filter(Boolean).length,
    colors: (places) => look(readColors, places),
    traffic: () => readTraffic(meter),
    async saved() {
      await untilStored(await frame());
      await untilOnDisk(meter);
    },
  };
}

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => resolve());
      }),
  );
}
