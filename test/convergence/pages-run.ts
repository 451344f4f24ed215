/*
 * Random lives of boards with pages: people add, name, move, remove, restore, empty and turn pages, draw dots on
 * them, take those back and bring them again, while the network loses and delays, apps are killed, storages are rolled
 * back, as a whole or one document alone, also while the app is open, and tables are torn. Pages leave the memory all
 * the time: there are never more in it for long than there may be. Each press of undo does what it should, however
 * often its page has left. In the end all boards are equal, and every dot that was safe is on its page.
 */
import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import { INDEX_NAME, storedNameOf } from "../../src/board/pages/stored-name.ts";
import type { Session } from "../../src/session.ts";
import type { Pages } from "../../src/session/pages.ts";
import { inkOn } from "../support/ink.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { OpenPage, Room } from "../support/room.ts";
import { oneOf } from "./run-options.ts";

export interface PagesRunOptions {
  readonly seed: number;
  /** How many things happen. */
  readonly steps: number;
}

export interface PagesRunResult {
  /** What was wrong; nothing where the run went well. */
  readonly failures: readonly string[];
  readonly dots: number;
  readonly pages: number;
  /** What happened, a line each. */
  readonly log: readonly string[];
}

interface Dot {
  readonly x: number;
  readonly page: string;
  readonly who: string;
  readonly by: OpenPage;
  readonly at: number;
  /** Each time that it was taken back, or brought again. */
  readonly presses: { readonly way: "undo" | "redo"; readonly at: number }[];
}

/** What a phone lost: of one document, or of all, what was written from a moment on. */
interface Loss {
  readonly who: string;
  readonly since: number;
  readonly at: number;
  /** `index`, or a page's id; undefined: anything. */
  readonly of: string | undefined;
}

/** What was drawn so long before is written twice, and by the messenger, too. */
const SAFE_MS = 12_000;
const EQUAL_MS = 300_000;
const CHECK_MS = 6000;
const GLANCE_MS = 60_000;
const MOST_PAGES = 8;
/** In memory, with the first one; until what was drawn on others is stored and sent, there may be more. */
const MOST_IN_MEMORY = 3;
const LEAVING_MS = 8000;

export async function pagesRun({ seed, steps }: PagesRunOptions): Promise<PagesRunResult> {
  const prng = createPrng(seed);
  const names = ["ann", "bo", "cem"].slice(0, prng.chance(0.7) ? 2 : 3);
  const network = { latency: 20 + prng.below(300), jitter: 100, loss: oneOf(prng, [0, 0, 0.1, 0.3]) };
  const room = createRoom({ seed, names, host: oneOf(prng, ["0.9.19", "next"]), network });
  const run = createRun(room, prng);
  for (const name of names) room.open(name);
  await room.ready();
  for (let i = 0; i < steps; i++) {
    await room.clock.advance(prng.below(prng.chance(0.2) ? 8000 : 1200));
    run.act(oneOf(prng, names));
  }
  return run.judge();
}

function createRun(room: Room, prng: Prng) {
  const { clock, world } = room;
  const log: string[] = [];
  const dots: Dot[] = [];
  const losses: Loss[] = [];
  const emptied = new Set<string>();
  const made = new Map<string, number>();
  const failures: string[] = [];
  /** What can be done again, history by history. */
  const undone = new Map<string, readonly Dot[]>();
  /** Since when there are more pages in memory than there may be. */
  const crowded = new Map<Session, number>();
  /** When an app of a phone ended, and how. */
  const ends = new Map<OpenPage, { readonly at: number; readonly left: boolean }>();

  const storageOf = (who: string): ReturnType<ReturnType<typeof world.phone>["storage"]> =>
    world.phone(who).storage(TEST_APP);

  function end(who: string, left: boolean): void {
    ends.set(room.at(who), { at: clock.now(), left });
  }

  function dot(who: string, pages: Pages): string {
    const x = dots.length + 1;
    room.dot(who, x);
    dots.push({ x, page: pages.current(), who, by: room.at(who), at: clock.now(), presses: [] });
    undone.delete(historyOf(who, pages));
    return `${x} on ${pages.current()}`;
  }

  /** Of the page that a person sees, in this opening of the app. */
  const historyOf = (who: string, pages: Pages): string =>
    `${room.pages().indexOf(room.at(who))} ${pages.current()}`;

  function press(who: string, pages: Pages, way: "undo" | "redo"): string {
    const key = historyOf(who, pages);
    const back = undone.get(key) ?? [];
    const mine = dots.filter(
      (each) =>
        each.by === room.at(who) && each.page === pages.current() && each.presses.at(-1)?.way !== "undo",
    );
    const meant = way === "undo" ? mine.at(-1) : back.at(-1);
    const step = room.at(who).session.board()!.history[way]();
    if (step !== (meant ? "done" : "nothing")) failures.push(`${who}: ${way} of ${meant?.x}: ${step}`);
    // One that finds nothing leaves all as it is.
    if (!meant) return `${way} nothing`;
    meant.presses.push({ way, at: clock.now() });
    undone.set(key, way === "undo" ? [...back, meant] : back.slice(0, -1));
    return `${way} ${meant.x}`;
  }

  /** The storage loses a page that is not in memory, while the app is open. */
  function lose(who: string, pages: Pages): string | undefined {
    const away = pages.list().filter(({ id }) => pages.share(id) === undefined);
    if (away.length === 0) return undefined;
    const { id } = oneOf(prng, away);
    return rollBack(who, storedNameOf(id), id);
  }

  /** More pages may be in memory until they are stored, and no longer. */
  function watchMemory(who: string): void {
    const { session } = room.at(who);
    const pages = session.pages();
    const count = pages?.list().filter(({ id }) => pages.share(id) !== undefined).length ?? 0;
    const since = crowded.get(session) ?? clock.now();
    if (count <= MOST_IN_MEMORY) crowded.delete(session);
    else crowded.set(session, since);
    if (count > MOST_IN_MEMORY && clock.now() > since + LEAVING_MS) {
      failures.push(`${who}: ${count} pages are in memory since ${since}`);
      crowded.delete(session);
    }
  }

  /** All values of one document become what they were `ms` before. */
  function rollBack(who: string, name: string, of: string): string {
    const storage = storageOf(who);
    const tables = storage.tables().filter((table) => table.includes(`${name}-`));
    for (const table of tables) {
      for (const key of storage.keys(table)) storage.set(table, key, new Uint8Array(0));
    }
    losses.push({ who, since: 0, at: clock.now(), of });
    return `${of} of ${who} is gone`;
  }

  function kill(who: string): string {
    end(who, false);
    if (prng.chance(0.5)) {
      room.kill(who);
      return "the page";
    }
    const tear = oneOf(prng, ["none", "chance"] as const);
    room.killMessenger(who, tear);
    const back = prng.chance(0.3) ? prng.below(30_000) : 0;
    if (back > 0) storageOf(who).rollback(back);
    losses.push({ who, since: clock.now() - back - SAFE_MS, at: clock.now(), of: undefined });
    if (prng.chance(0.3)) {
      const pages = [...made.keys()];
      const id = pages.length > 0 && prng.chance(0.7) ? oneOf(prng, pages) : undefined;
      return `the messenger; ${id === undefined ? rollBack(who, INDEX_NAME, "index") : rollBack(who, storedNameOf(id), id)}`;
    }
    return `the messenger, ${back} ms back`;
  }

  function edit(who: string, pages: Pages): string | undefined {
    const any = (): string => oneOf(prng, pages.list()).id;
    const what = oneOf(prng, [
      "turn",
      "turn",
      "turn",
      "add",
      "add",
      "name",
      "move",
      "remove",
      "restore",
      "empty",
    ]);
    if (what === "turn") pages.show(any());
    else if (what === "add") {
      const id =
        pages.list().length < MOST_PAGES ? pages.add(prng.below(pages.list().length + 1)) : undefined;
      if (id === undefined) return undefined;
      made.set(id, clock.now());
      pages.show(id);
    } else if (what === "name") pages.rename(any(), `name ${prng.below(100)}`);
    else if (what === "move") pages.move(any(), prng.below(pages.list().length));
    else if (what === "remove") pages.remove(any());
    else {
      const removed = pages.removed().map(({ id }) => id);
      if (removed.length === 0) return undefined;
      if (what === "restore") pages.restore(oneOf(prng, removed));
      else if (prng.chance(0.3)) {
        for (const id of removed) emptied.add(id);
        void pages.emptyRemoved();
      }
    }
    return `${what} (${who} on ${pages.current()})`;
  }

  function act(who: string): void {
    const pages = room.isOpen(who) ? room.at(who).session.pages() : undefined;
    const said = ((): string | undefined => {
      if (!room.isOpen(who)) return void room.open(who);
      if (!pages || !room.at(who).session.board()) return undefined;
      watchMemory(who);
      const dice = prng.below(112);
      if (dice >= 110) return lose(who, pages);
      if (dice >= 100) return press(who, pages, dice < 106 ? "undo" : "redo");
      if (dice < 50) return dot(who, pages);
      if (dice < 84) return edit(who, pages);
      if (dice < 88) {
        const other = oneOf(prng, room.names);
        if (other === who) return undefined;
        world.network.block(who, other);
        clock.after(prng.below(20_000), () => world.network.unblock(who, other));
        return `does not reach ${other}`;
      }
      if (dice < 92) {
        end(who, true);
        room.leave(who);
        return "leaves";
      }
      return dice < 96 ? `killed: ${kill(who)}` : undefined;
    })();
    log.push(`${clock.now()} ${who} ${said ?? "-"}`);
  }

  /** The dot is there in the end, or is not; undefined: what was done last with it may be lost. */
  function isThere(each: Dot): boolean | undefined {
    if (emptied.has(each.page)) return undefined;
    const last = each.presses.at(-1);
    if (!isSafe(each) || (last && !isSafe({ ...each, at: last.at }))) return undefined;
    return last?.way !== "undo";
  }

  function isSafe({ page, who, by, at }: Omit<Dot, "presses">): boolean {
    if (made.has(page) && losses.some((loss) => loss.of === "index" && loss.at > made.get(page)!))
      return false;
    const ended = ends.get(by);
    if (!ended) return true;
    if (!ended.left && at > ended.at - SAFE_MS) return false;
    return !losses.some(
      (loss) => loss.who === who && loss.at >= at && at >= loss.since && [undefined, page].includes(loss.of),
    );
  }

  /** The dots on a page. */
  async function inkOf(who: string, id: string): Promise<readonly number[] | undefined> {
    let found: readonly number[] | undefined;
    void room
      .at(who)
      .session.pages()!
      .glance(id, (board) => inkOn(board).flatMap(({ points }) => points.map(({ x }) => x)))
      .then((ink) => (found = ink ?? []));
    await clock.runUntil(() => found !== undefined, GLANCE_MS);
    return found;
  }

  async function judge(): Promise<PagesRunResult> {
    await clock.advance(25_000);
    world.network.heal();
    for (const who of room.names) if (!room.isOpen(who)) room.open(who);
    await room.ready();
    // By then each page has looked what its storage has of all others.
    await clock.advance((made.size + 3) * CHECK_MS);
    const knownTo = (who: string): string[] => {
      const pages = room.at(who).session.pages()!;
      return [...pages.list(), ...pages.removed()].map(({ id }) => id);
    };
    // What the storage lost while the app was open shows when it is read.
    for (const who of room.names) for (const id of knownTo(who)) await inkOf(who, id);
    await clock.advance(25_000);
    const digests = (): Set<string | undefined> =>
      new Set(room.names.map((who) => room.at(who).session.digest()));
    const isEqual = await clock.runUntil(() => digests().size === 1 && !digests().has(undefined), EQUAL_MS);
    if (!isEqual) failures.push(`boards differ: ${[...digests()].join(" | ")}`);
    const known = knownTo(room.names[0]!);
    for (const who of isEqual ? room.names : []) {
      const ink = new Map<string, ReadonlySet<number>>();
      for (const id of known) ink.set(id, new Set((await inkOf(who, id)) ?? []));
      for (const each of dots) {
        const where = [...ink].filter(([, found]) => found.has(each.x)).map(([id]) => id);
        if (where.some((id) => id !== each.page))
          failures.push(`${who}: dot ${each.x} is on ${where.join()}`);
        const shouldBe = isThere(each);
        if (shouldBe !== undefined && shouldBe !== where.length > 0)
          failures.push(
            `${who}: dot ${each.x} of ${each.who} on ${each.page} is ${shouldBe ? "missing" : "back"}`,
          );
      }
    }
    for (const page of room.pages()) {
      for (const { message } of page.page.warnings) {
        if (/refused|wedged|broke|failed/u.test(message))
          failures.push(`${page.page.view.address}: ${message}`);
      }
    }
    return { failures, dots: dots.length, pages: known.length, log };
  }

  return { act, judge };
}
