/*
 * The built app with a board of several pages, opened for a test and closed after it, where nothing may have gone
 * wrong meanwhile.
 */
import type { BrowserContextOptions, JSHandle, Page } from "playwright-core";
import { afterEach, beforeAll } from "vitest";
import type { Contact } from "../../src/session.ts";
import { standIn, whileOpen } from "../support/stand-in.ts";
import { closeClean } from "./closing.ts";
import { buildScript, openMadeUp, type MadeUpPage } from "./made-up.ts";
import type { PagesInPage, PagesOptions } from "./pages-page.ts";
import { untilIdle, untilReady } from "./state.ts";
import { createTouch, type Touch } from "./touch.ts";

export interface PagesFixture {
  /** On a phone of 390 x 844 with a touch screen unless `context` says otherwise. */
  open(options?: Partial<PagesOptions>, context?: BrowserContextOptions): Promise<void>;
  readonly page: Page;
  readonly touch: Touch;
  /** Asks, or does something, in the page. */
  tell<Given, Told>(act: (pages: PagesInPage, given: Given) => Told, given: Given): Promise<Awaited<Told>>;
  ask<Told>(act: (pages: PagesInPage) => Told): Promise<Awaited<Told>>;
  /** Who takes part, and where. */
  people(...contacts: readonly Contact[]): Promise<void>;
  idle(): Promise<void>;
  /** What the button in the strip shows. */
  count(): Promise<string>;
  openGallery(): Promise<void>;
  /** The cards by the ids of their pages, in order. */
  cards(): Promise<string[]>;
}

interface Opened {
  readonly made: MadeUpPage;
  readonly handle: JSHandle<PagesInPage>;
  readonly touch: Touch;
}

/** Called once, at the head of a file. */
export function usePages(): PagesFixture {
  let script: string;
  let opened: Opened | undefined;
  const page = standIn(() => whileOpen(opened).made.page);

  beforeAll(async () => {
    script = await buildScript("pages-page.ts");
  });
  afterEach(async () => {
    const ended = opened;
    opened = undefined;
    if (ended) await closeClean(ended.made);
  });

  const tell = async <Given, Told>(
    act: (pages: PagesInPage, given: Given) => Told,
    given: Given,
  ): Promise<Awaited<Told>> => {
    const answer: unknown = await whileOpen(opened).handle.evaluate(act as never, given as never);
    return answer as Awaited<Told>;
  };
  return {
    page,
    touch: standIn(() => whileOpen(opened).touch),
    async open(options, context) {
      const made = await openMadeUp(script, {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        ...context,
      });
      const given = {
        own: "OwnAddressOfSomebodyWhoHasALongOne",
        language: "en",
        more: 2,
        strokes: 3,
        room: 500,
      };
      const handle = await made.page.evaluateHandle(
        (asked) =>
          (window as unknown as { createPagesInPage(options: PagesOptions): PagesInPage }).createPagesInPage(
            asked,
          ),
        { ...given, ...options },
      );
      opened = { made, handle, touch: await createTouch(made.page) };
      await untilReady(made.page);
      await untilIdle(made.page);
    },
    tell,
    ask: (act) => tell(act, undefined),
    people: (...contacts) => tell((pages, list) => pages.setContacts(list), contacts),
    idle: () => untilIdle(page),
    count: async () => (await page.locator(".pages-count").getAttribute("data-count")) ?? "",
    async openGallery() {
      await page.locator("#pages-button").click();
      await page.locator("#panel-pages").waitFor();
    },
    cards: () =>
      page
        .locator(".page-card")
        .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset["page"] ?? "")),
  };
}
