import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { CALL_SCENES, showCall } from "./call-scenes.ts";
import { clearBoard } from "./clear-board.ts";
import { buildCrowd, group, openCrowd } from "./crowd.ts";
import { handsOn, type Hands } from "./hands.ts";
import { bothReady, declineName } from "./meeting.ts";
import { eachPanel } from "./panels.ts";
import type { Place } from "./picture.ts";
import { circle } from "./places.ts";
import { drawSeaside } from "./seaside.ts";
import { openSimulator, type SimulatedPhone, type SimulatorPage } from "./simulator.ts";

/*
 * `npm run storyboard` takes a picture of every screen of the app, in the sizes of a phone, a tablet and a
 * desktop, on light and on dark paper, into test/browser/storyboard. Somebody has to look at them.
 * `npm run storyboard -- -t "390 x 844"` takes those of one size.
 */
const FOLDER = fileURLToPath(new URL("storyboard/", import.meta.url));
const SIZES = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
] as const;

/** Of phones: for what has least room there. */
const SMALLEST = { width: 320, height: 568 };

/** Who is in a group, where the simulator has too few phones. */
const GROUPS = [
  { people: 5, language: "en" },
  { people: 20, language: "en" },
  { people: 20, language: "ar" },
] as const;

/** Calls, in languages with long words and of the other direction. */
const CALL_LANGUAGES = ["en", "de", "ru", "ar"] as const;

/** What README shows of it, and under which name it is kept. */
const IN_README: Readonly<Record<string, string>> = {
  "390x844/selected-light.png": "readme-phone.png",
  "390x844/gallery-light.png": "readme-gallery.png",
  "1440x900/note-typed-dark.png": "readme-desktop.png",
};

interface Stage {
  readonly simulator: SimulatorPage;
  readonly screen: { readonly width: number; readonly height: number };
  readonly alice: SimulatedPhone;
  readonly bob: SimulatedPhone;
  /** Alice's. */
  readonly hands: Hands;
  /** A place on the screen, as parts of its width and height. */
  at(x: number, y: number): Place;
  /** Takes Alice's screen, on light and on dark paper. */
  take(name: string): Promise<void>;
}

/** In the order of a story: each begins where the one before ended. */
const SCENES: readonly (readonly [name: string, play: (stage: Stage) => Promise<void>])[] = [
  ["an empty board, the contact away", awaiting],
  ["an empty board, the contact here", emptyBoard],
  ["a picture by two people", picture],
  ["the contact draws", contactDraws],
  ["the contact is elsewhere", contactElsewhere],
  ["every panel", panels],
  ["a notice", notice],
  ["shapes", shapes],
  ["a note and a text", words],
  ["a stroke in two", cut],
  ["a selection", selection],
  ["a photograph", photograph],
  ["backgrounds", backgrounds],
  ["pages", pages],
  ["looking back", lookBack],
  ["German and Arabic", languages],
  ["the contact has left", contactLeft],
  ["what was drawn while one was away", drawnWhileAway],
];

async function awaiting({ bob, take }: Stage): Promise<void> {
  await bob.press("Back");
  await take("waiting");
}

async function emptyBoard({ alice, bob, take }: Stage): Promise<void> {
  await bob.press("Open");
  await alice.ready();
  await bob.ready();
  await take("empty");
}

async function picture({ simulator, screen, alice, bob, take }: Stage): Promise<void> {
  await drawSeaside(alice, bob, screen);
  await simulator.boardsEqual();
  await take("picture");
}

async function contactDraws({ screen, bob, take }: Stage): Promise<void> {
  const [x, y] = [screen.width * 0.6, screen.height / 2];
  await bob.startStroke(Array.from({ length: 20 }, (_, i) => [x + i * 3, y - 12 * Math.sin(i / 3)]));
  await take("contact-draws");
  await bob.endStroke();
  await (await bob.frame()).locator("#undo-button").click();
}

async function contactElsewhere({ alice, take }: Stage): Promise<void> {
  const app = await alice.frame();
  await app.locator("#undo-button").press("+");
  await app.locator("#undo-button").press("+");
  for (let i = 0; i < 6; i++) await app.locator("#undo-button").press("ArrowRight");
  await take("zoomed");
  await app.locator("#show-all-button").click();
}

async function panels({ alice, take }: Stage): Promise<void> {
  await eachPanel(await alice.frame(), (panel) => take(`panel-${panel}`));
}

async function notice({ alice, take }: Stage): Promise<void> {
  const app = await alice.frame();
  await clearBoard(app);
  await take("notice");
  // Beside it, a page is offered.
  await app.locator(".notice-action").last().click();
}

async function shapes({ hands, at, take }: Stage): Promise<void> {
  for (const [i, key] of ["l", "a", "r", "o"].entries()) {
    await hands.press(key);
    await hands.drag(at(0.08 + 0.22 * i, 0.16), at(0.24 + 0.22 * i, 0.24));
  }
  await take("shapes");
}

async function words({ simulator, alice, hands, at, take }: Stage): Promise<void> {
  const field = (await alice.frame()).locator("#text-field");
  for (const [key, name, text] of [
    ["n", "note", "Bring sandwiches\nand sun cream"],
    ["t", "text", "Where shall we sail?"],
  ] as const) {
    await hands.press(key);
    await hands.tap(key === "n" ? at(0.3, 0.66) : at(0.45, 0.8));
    await field.waitFor();
    for (const [i, line] of text.split("\n").entries()) {
      if (i > 0) await simulator.page.keyboard.press("Enter");
      await simulator.page.keyboard.type(line);
    }
    await take(`${name}-typed`);
    await simulator.page.keyboard.press("Escape");
  }
  await take("words");
}

async function cut({ hands, at, take }: Stage): Promise<void> {
  await hands.press("x");
  await hands.start(at(0.3, 0.45), at(0.7, 0.6));
  await take("cutting");
  await hands.lift();
  await take("cut");
}

async function selection({ alice, hands, take }: Stage): Promise<void> {
  const app = await alice.frame();
  await hands.press("v");
  await take("nothing-selected");
  await hands.press("Control+a");
  const menu = app.locator("#selection-menu");
  await menu.waitFor();
  await take("selected");
  for (const drawer of ["colors", "layers"]) {
    await menu.locator(`[data-command="${drawer}"]`).click();
    await take(`selected-${drawer}`);
  }
  await hands.press("Escape", "p");
}

async function photograph({ alice, hands, take }: Stage): Promise<void> {
  const app = await alice.frame();
  await hands.press("q");
  await app.locator("#picture-camera").click();
  await app.locator("#camera-shutter:enabled").waitFor();
  await take("camera");
  await app.locator("#camera-shutter").click();
  const crop = app.locator('#selection-menu [data-command="crop"]');
  await crop.waitFor();
  await take("photograph");
  await crop.click();
  await take("cropping");
  await hands.press("Escape", "Control+z", "p");
}

async function backgrounds({ alice, hands, take }: Stage): Promise<void> {
  const app = await alice.frame();
  for (const background of ["Dots", "Grid", "Lines", "Plain"]) {
    await hands.press("b");
    await app.getByRole("radio", { name: background, exact: true }).press("Space");
    await hands.press("Escape");
    if (background !== "Plain") await take(`background-${background.toLowerCase()}`);
  }
}

async function pages({ alice, hands, at, take }: Stage): Promise<void> {
  const app = await alice.frame();
  const counted = (count: string) => app.locator(`#pages-button [data-count="${count}"]`);
  await hands.press("k");
  await app.locator("#add-page").click();
  await counted("2 / 2").waitFor();
  for (const x of [0.3, 0.5, 0.7]) await alice.draw(circle(at(x, 0.3), 0.12 * at(0, 1)[1]));
  await hands.press("k");
  await app.locator("#panel-pages").waitFor();
  await take("gallery");
  await hands.press("Escape", "Control+PageUp");
  await counted("1 / 2").waitFor();
}

async function lookBack({ alice, hands, take }: Stage): Promise<void> {
  const app = await alice.frame();
  await hands.press("y");
  await app.locator("#look-back").waitFor();
  for (let i = 0; i < 4; i++) await hands.press("ArrowLeft");
  await take("look-back");
  await hands.press("Escape");
  await app.locator("#look-back").waitFor({ state: "detached" });
}

async function languages(stage: Stage): Promise<void> {
  const app = await stage.alice.frame();
  for (const language of ["de", "ar", "en"]) {
    await app.evaluate((code) => {
      Object.defineProperty(navigator, "languages", { value: [code], configurable: true });
      window.dispatchEvent(new Event("languagechange"));
    }, language);
    if (language === "en") return;
    const take = (name: string): Promise<void> => stage.take(`${language}-${name}`);
    await take("picture");
    await panels({ ...stage, take });
    await notice({ ...stage, take });
  }
}

async function contactLeft({ bob, take }: Stage): Promise<void> {
  await bob.press("Back");
  await take("away");
}

async function drawnWhileAway({ alice, bob, at, take }: Stage): Promise<void> {
  await alice.saved();
  await bob.press("Open");
  await bob.ready();
  await alice.press("Back");
  for (const y of [0.3, 0.4, 0.5]) await bob.draw([at(0.2, y), at(0.5, y + 0.04), at(0.8, y)]);
  await alice.press("Open");
  await alice.ready();
  await (await alice.frame()).locator('.notice[data-kind="away"]').waitFor();
  await take("drawn-while-away");
}

describe.each(SIZES)("$width x $height", (screen) => {
  let stage: Stage;

  beforeAll(async () => {
    const folder = join(FOLDER, `${screen.width}x${screen.height}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const viewport = { width: 2 * screen.width + 700, height: screen.height + 400 };
    const simulator = await openSimulator({
      screen,
      context: { viewport, reducedMotion: "reduce" },
    });
    const [alice, bob] = await bothReady(simulator);
    const take = async (name: string): Promise<void> => {
      for (const colorScheme of ["light", "dark"] as const) {
        await simulator.page.emulateMedia({ colorScheme });
        await alice.picture();
        await (await alice.frame()).waitForFunction(areThumbnails, colorScheme);
        const file = `${name}-${colorScheme}.png`;
        await alice.screen.screenshot({ path: join(folder, file) });
        const shown = IN_README[`${screen.width}x${screen.height}/${file}`];
        if (shown) await copyFile(join(folder, file), new URL(shown, import.meta.url));
      }
    };
    const hands = handsOn(simulator, alice);
    const at = (x: number, y: number): Place => [x * screen.width, y * screen.height];
    stage = { simulator, screen, alice, bob, hands, at, take };
    await (await alice.frame()).getByRole("button", { name: "Not now" }).waitFor();
    await take("name");
    for (const phone of [alice, bob]) await declineName(phone);
  });
  afterAll(async () => {
    await stage.simulator.close();
  });

  it.each(SCENES)("%s", async (_, play) => {
    await play(stage);
    expect(stage.simulator.problems()).toEqual([]);
  });

  it.each(GROUPS)("a group of $people, in $language", async ({ people, language }) => {
    const crowd = await openCrowd(await buildCrowd(), { viewport: screen }, { language });
    onTestFinished(crowd.close);
    const { page, show } = crowd;
    const take = async (name: string): Promise<void> => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const file = `${language}-group-${people}-${name}-${colorScheme}.png`;
        await page.screenshot({ path: join(FOLDER, `${screen.width}x${screen.height}`, file) });
      }
    };
    const here = Math.ceil(people * 0.7);
    const spread = Math.max(screen.width, screen.height) / 4;
    await show(group(people - 1, here, spread));
    // Who has just moved is seen.
    await show(group(people - 1, here, spread + 8));
    await take("board");
    await page.keyboard.press("u");
    await take("list");
    expect(crowd.problems()).toEqual([]);
  });
});

describe.each([...SIZES, SMALLEST])("$width x $height", (screen) => {
  it.each(CALL_LANGUAGES)("a call, in %s", async (language) => {
    const folder = join(FOLDER, `${screen.width}x${screen.height}`);
    await mkdir(folder, { recursive: true });
    const app = await openCrowd(await buildCrowd(), { viewport: screen }, { language });
    onTestFinished(app.close);
    for (const [name, people, call] of CALL_SCENES) {
      await showCall(app, people, call);
      for (const colorScheme of ["light", "dark"] as const) {
        await app.page.emulateMedia({ colorScheme });
        await app.page.screenshot({ path: join(folder, `${language}-call-${name}-${colorScheme}.png`) });
      }
    }
    expect(app.problems()).toEqual([]);
  });
});

/** Runs in the app's page: whether the small pictures of pages that are on the screen are of this theme. */
function areThumbnails(colorScheme: "light" | "dark"): boolean {
  const shown = [...document.querySelectorAll<HTMLCanvasElement>("#panel-pages canvas")].filter(
    (canvas) => canvas.checkVisibility() && canvas.width > 0,
  );
  const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
  return shown.every((canvas) => {
    copy.drawImage(canvas, -1, -1);
    const [red = 0] = copy.getImageData(0, 0, 1, 1).data;
    return red < 128 === (colorScheme === "dark");
  });
}
