import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import type { SizeLimits } from "../../src/board/document/size.ts";
import type { Item } from "../../src/board/document/board.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import { createSession } from "../../src/session.ts";
import type { Notice, Session } from "../../src/session.ts";
import type { ChatOptions, HostVersion } from "../../src/simulator/chat.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { TearMode } from "../../src/simulator/host-storage.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import { createWorld } from "../../src/simulator/world.ts";
import type { World } from "../../src/simulator/world.ts";
import type { Address } from "../../src/env/host.ts";
import { createPage } from "./phones.ts";
import type { Page, PageOptions } from "./phones.ts";
import { inkOn } from "./ink.ts";

export const HEADER: StrokeHeader = {
  tool: "pen",
  input: "touch",
  color: 0x1d4ed8,
  width: 4,
  pressure: false,
  scale: 0,
};

/** A page with a session on it. */
export interface OpenPage {
  readonly page: Page;
  readonly session: Session;
  readonly notices: readonly Notice[];
}

/** People who open one app with one another, each on a phone of their own. */
export interface Room {
  readonly clock: SimulatedClock;
  readonly world: World;
  readonly prng: Prng;
  readonly names: readonly Address[];
  /** Opens the app, with all others unless `contacts` says with whom. */
  open(name: Address, contacts?: readonly Address[]): OpenPage;
  /** The page that the person has open. */
  at(name: Address): OpenPage;
  isOpen(name: Address): boolean;
  /** The person leaves by the app's own button. */
  leave(name: Address): void;
  /** The person presses the phone's back button: the page closes at once, the contacts are told. */
  back(name: Address): void;
  /** The page dies without a word. */
  kill(name: Address): void;
  /** The messenger dies, with what it had not written; a file that is being written may be torn. */
  killMessenger(name: Address, tear?: TearMode): void;
  /** Draws a stroke of `length` points, one each 30 ms; the promise of time is the clock's. */
  draw(name: Address, length?: number): void;
  /** Draws a dot at once. */
  dot(name: Address, x: number): void;
  /** Visible points, stroke by stroke. */
  seen(name: Address): number[][];
  /** Waits until every open page is ready. */
  ready(): Promise<void>;
  /** Waits until all open boards are equal; the milliseconds it took, or undefined after `limit`. */
  untilEqual(limit?: number): Promise<number | undefined>;
  /** What all pages, also those that are gone, logged so far. */
  warnings(): readonly string[];
  /** The same, page by page in the order in which they were opened. */
  pages(): readonly OpenPage[];
  /** Why the open boards are not equal; undefined where they are. */
  difference(): string | undefined;
}

/** `kind`, `blind` and `strangers` (people who are nobody's contacts) count for everybody. */
export interface RoomOptions extends ChatOptions {
  readonly seed: number;
  readonly names: readonly Address[];
  readonly network?: Partial<NetworkSettings>;
  /** Everybody's messenger. Default: 0.9.19 */
  readonly host?: HostVersion;
  /** Of the size of one person's board. Asked at each opening. */
  readonly limits?: (name: Address) => SizeLimits;
  /** What one person's page has besides, or instead. Asked at each opening. */
  readonly page?: (name: Address) => PageOptions;
}

const POINT_MS = 30;
/** Between two whole comparisons of boards that differ although their digests do not. */
const COMPARE_MS = 1000;

export function createRoom({
  seed,
  names,
  network = {},
  page: pageOptions,
  limits,
  ...shared
}: RoomOptions): Room {
  const clock = createSimulatedClock();
  const prng = createPrng(seed);
  const world = createWorld({ clock, prng: createPrng(prng.uint32()), network });
  const open = new Map<Address, OpenPage>();
  const pages: OpenPage[] = [];

  function at(name: Address): OpenPage {
    const found = open.get(name);
    if (!found) throw new Error(`${name} has no page open`);
    return found;
  }

  function forget(name: Address, how: (page: OpenPage) => void): void {
    how(at(name));
    open.delete(name);
  }

  function difference(): string | undefined {
    const [first, ...others] = [...open].map(([name, { session }]) => ({
      name,
      state: describeBoard(session),
    }));
    for (const other of others) {
      for (const part of Object.keys(first!.state) as (keyof BoardState)[]) {
        if (first!.state[part] !== other.state[part])
          return `${part} of ${first!.name} and ${other.name} differ`;
      }
    }
    return undefined;
  }

  let comparedAt = -Infinity;

  /** The cheap question first; the whole comparison is made now and then. */
  function areEqual(): boolean {
    const digests = new Set([...open.values()].map(({ session }) => session.digest() ?? "not ready"));
    if (digests.size !== 1 || digests.has("not ready")) return false;
    if (clock.now() - comparedAt < COMPARE_MS) return false;
    if (difference() === undefined) return true;
    comparedAt = clock.now();
    return false;
  }

  return {
    clock,
    world,
    prng,
    names,
    at,
    isOpen: (name) => open.has(name),
    open(name, contacts = names.filter((other) => other !== name)) {
      const page = createPage(world, name, contacts, { ...shared, ...pageOptions?.(name) });
      const session = createSession(page.env, limits?.(name));
      const notices: Notice[] = [];
      session.onNotice((notice) => notices.push(notice));
      const opened = { page, session, notices };
      open.set(name, opened);
      pages.push(opened);
      return opened;
    },
    leave: (name) => forget(name, ({ session }) => session.leave()),
    back: (name) => forget(name, ({ page }) => page.back()),
    kill: (name) => forget(name, ({ page }) => page.kill()),
    killMessenger: (name, tear) => forget(name, ({ page }) => page.killMessenger(tear)),
    draw(name, length = 12) {
      const { session, page } = at(name);
      const writer = session.board()?.startStroke(HEADER);
      if (!writer) return;
      let x = prng.below(300);
      let y = prng.below(600);
      let left = length;
      const step = (): void => {
        x += prng.below(17) - 8;
        y += prng.below(17) - 8;
        writer.add([point(x, y)]);
        if (--left > 0) page.env.clock.after(POINT_MS, step);
        else writer.end();
      };
      step();
    },
    dot(name, x) {
      const writer = at(name).session.board()!.startStroke(HEADER);
      writer.add([point(x, 0)]);
      writer.end();
    },
    seen: (name) => inkOn(at(name).session.board()).map((item) => item.points.map(({ x }) => x)),
    async ready() {
      const all = await clock.runUntil(
        () => [...open.values()].every(({ session }) => session.phase() === "ready"),
        30_000,
      );
      if (!all) throw new Error("not every page got ready");
    },
    async untilEqual(limit = 120_000) {
      const from = clock.now();
      return (await clock.runUntil(areEqual, limit)) ? clock.now() - from : undefined;
    },
    pages: () => [...pages],
    warnings: () => pages.flatMap(({ page }) => page.warnings.map(({ message }) => message)),
    difference,
  };
}

function point(x: number, y: number): InkPoint {
  return { x, y, pressure: 0.5 };
}

interface BoardState {
  readonly items: string;
  readonly settings: string;
  readonly writes: string;
  readonly deletions: string;
  readonly content: string;
}

/** Everything that must be equal; Yjs's own bytes may differ after it collected garbage. */
function describeBoard(session: Session): BoardState {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, session.exportUpdate() ?? new Uint8Array([0, 0]));
  const content = {
    items: doc.getArray("items").toJSON(),
    marks: doc.getMap("marks").toJSON(),
    attrs: doc.getMap("attrs").toJSON(),
    labels: doc.getMap("labels").toJSON(),
    meta: doc.getMap("meta").toJSON(),
  };
  const deletions = Y.createDeleteSetFromStructStore(doc.store).clients;
  return {
    items: JSON.stringify(session.board()?.items().map(plainItem)),
    settings: JSON.stringify([session.board()?.layers(), session.board()?.background()]),
    writes: JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)),
    deletions: JSON.stringify([...deletions].sort(([a], [b]) => a - b)),
    content: JSON.stringify(content, (_, value: unknown) => (isPlain(value) ? sortKeys(value) : value)),
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortKeys(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** With what a stroke reads only when it is asked. */
export function plainItem(item: Item): object {
  if (item.kind !== "stroke") return item;
  const { points, parts, ended } = item;
  return { ...item, points, parts, ended };
}
