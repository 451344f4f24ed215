/*
 * The built app with a session that a test makes up, and groups of people to put into it.
 */
import type { BrowserContextOptions, JSHandle, Page } from "playwright-core";
import type { Contact } from "../../src/session.ts";
import { contactOf } from "../support/contacts.ts";
import type { Crowd, CrowdOptions } from "./crowd-page.ts";
import { buildScript, openMadeUp } from "./made-up.ts";
import { untilIdle, untilReady } from "./state.ts";

/** The built app's page with a session that a test makes up. */
export interface CrowdApp {
  readonly page: Page;
  readonly crowd: JSHandle<Crowd>;
  /** Shows these people, and waits until everything is painted. */
  show(contacts: readonly Contact[]): Promise<void>;
  problems(): readonly string[];
  close(): Promise<void>;
}

/** The app's script with the made-up session, once for all tests of a file. */
export const buildCrowd = (): Promise<string> => buildScript("crowd-page.ts");

export async function openCrowd(
  script: string,
  context: BrowserContextOptions,
  options: Partial<CrowdOptions> = {},
): Promise<CrowdApp> {
  const { page, problems, close } = await openMadeUp(script, context);
  const crowd = await page.evaluateHandle(
    (given) => (window as unknown as { createCrowd(options: CrowdOptions): Crowd }).createCrowd(given),
    { own: "OwnAddressOfSomebodyWhoHasALongOne", language: "en", ...options },
  );
  await untilReady(page);
  return {
    page,
    crowd,
    async show(contacts) {
      await crowd.evaluate((on, list) => on.setContacts(list), contacts);
      await untilIdle(page);
    },
    problems,
    close,
  };
}

const NAMES = ["Ann", "Björn", "Chloé", "Dana", "Emre", "Farid", "Grete", "Hana", "Ines", "Jonas"];
const TOOLS = ["pen", "marker", "highlighter", "eraser", "arrow", "text", "laser", "pan"] as const;
const COLORS = [0xd42a31, 0x2348c4, 0x33964f, 0xe8700f, 0x6a2fbd, 0x1f2328];

/**
 * A group as it may be: `here` of `all` have the board open, look around within `spread` world units, and
 * point there; half of the others left, half never came. Only every other one has set a name.
 */
export function group(all: number, here: number, spread: number): Contact[] {
  return Array.from({ length: all }, (_, i) => {
    const address = `${i}Address${i * 7919}OfThisPersonWhichIsLong`;
    if (i >= here) return contactOf(address, undefined, { state: i % 2 === 0 ? "away" : "waiting" });
    const angle = i * 2.4;
    const [x, y] = [Math.cos(angle) * spread * ((i % 4) + 1), Math.sin(angle) * spread * ((i % 3) + 1)];
    const view = { minX: x - 180, minY: y - 300, maxX: x + 180, maxY: y + 300 };
    return contactOf(
      address,
      {
        name: i % 2 === 0 ? NAMES[(i / 2) % NAMES.length]! : "",
        tool: TOOLS[i % TOOLS.length],
        color: COLORS[i % COLORS.length]!,
        view,
        cursor: { x, y },
      },
      { drawing: i === 2 },
    );
  });
}

/** People who look at these places of the world and point there: P0, P1 and so on. */
export function looking(places: readonly (readonly [x: number, y: number])[]): Contact[] {
  return places.map(([x, y], i) => {
    const view = { minX: x - 100, minY: y - 100, maxX: x + 100, maxY: y + 100 };
    return contactOf(`${i}AddressOfSomebodyWhoIsInThisGroup`, { name: `P${i}`, view, cursor: { x, y } });
  });
}
