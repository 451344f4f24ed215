/*
 * A session among simulated people on a large board, on a clock that does not wait: what the processor does
 * for it is its own work, that of a host and a clock, and that of a listener who reads what it tells.
 */
import { createSimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";
import { createPrng } from "../../src/base/prng.ts";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import type { Address, Host, HostHandlers } from "../../src/env/host.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import { createSession } from "../../src/session.ts";
import type { Session } from "../../src/session.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { storedValues } from "../support/stored-values.ts";
import { createFakeStorage } from "../support/fake-storage.ts";
import type { FakeStorage } from "../support/fake-storage.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";
import { createSimulatedCrowd } from "./simulated-crowd.ts";
import type { SimulatedCrowd } from "./simulated-crowd.ts";

const SESSIONS = 200;
const HZ = 60;
const SAMPLE_MS = 1000 / HZ;
const SIGN_OF_LIFE_MS = 5000;
const WARMING_SECONDS = 10;
const OWN: Address = "own";

export interface SessionLoad {
  readonly people: number;
  readonly items: number;
  /** Updates that each of the others sends in a second. */
  readonly rate: number;
  readonly seconds: number;
}

export interface SessionCost {
  /** Of one core. */
  readonly share: number;
  /** Changes that it told, in a second. */
  readonly told: number;
  /** Messages that came, in a second. */
  readonly heard: number;
  /** Strokes that a contact was not known to have, at most. */
  readonly missing: number;
}

export async function measureSession(settings: SessionLoad): Promise<SessionCost> {
  const clock = createSimulatedClock();
  const others = Array.from({ length: settings.people - 1 }, (_, i) => `contact-${i + 1}`);
  const crowd = createSimulatedCrowd({
    own: OWN,
    others,
    strokes: settings.items,
    sessions: Math.min(SESSIONS, settings.items),
    samplesAnUpdate: Math.round(HZ / settings.rate),
  });
  const processor = createStopwatch();
  const storage = createFakeStorage(clock, createPrng(1));
  keepBoard(storage, others, crowd);
  const page = openPage({ clock, storage, others, crowd, processor });
  if (!(await clock.runUntil(() => page.session.phase() === "ready", 60_000)))
    throw new Error("The board did not open.");
  const counts = show(page.session);
  let heard = 0;
  const say = (place: number, message: () => string): void => {
    const text = processor.without(message);
    heard++;
    page.hear(others[place]!, text);
  };
  for (const place of others.keys()) say(place, () => crowd.hello(place));
  every(clock, 1000 / settings.rate, others.length, (place) => say(place, () => crowd.nextUpdate(place)));
  every(clock, SIGN_OF_LIFE_MS, others.length, (place) => say(place, () => crowd.signOfLife(place)));
  drawWithoutEnd(clock, page.session);

  await clock.advance(WARMING_SECONDS * 1000);
  Object.assign(counts, { told: 0, missing: 0 });
  heard = 0;
  processor.start();
  await clock.advance(settings.seconds * 1000);
  const share = processor.seconds() / settings.seconds;
  if (page.session.contacts().some(({ state }) => state !== "here")) throw new Error("Somebody is missing.");
  if (page.warnings.length > 0) throw new Error(page.warnings.join("\n"));
  return {
    share,
    told: counts.told / settings.seconds,
    heard: heard / settings.seconds,
    missing: counts.missing,
  };
}

/** The processor's time in this process, without that of some of its work. */
function createStopwatch() {
  let from = process.cpuUsage();
  let excluded = 0;
  const since = (start: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  return {
    start(): void {
      from = process.cpuUsage();
      excluded = 0;
    },
    without<T>(work: () => T): T {
      const start = process.cpuUsage();
      const result = work();
      excluded += since(start);
      return result;
    },
    seconds: (): number => since(from) - excluded,
  };
}

interface PageDeps {
  readonly clock: SimulatedClock;
  readonly storage: FakeStorage;
  readonly others: readonly Address[];
  readonly crowd: SimulatedCrowd;
  readonly processor: ReturnType<typeof createStopwatch>;
}

/** A session on a host that hands over everything at once. */
function openPage({ clock, storage, others, crowd, processor }: PageDeps) {
  const warnings: string[] = [];
  let handlers: HostHandlers | undefined;
  const host: Host = {
    maxLength: 64 * 1024,
    open(given) {
      handlers = given;
      clock.after(0, () => given.opened({ own: OWN, remotes: others }));
    },
    send(text) {
      processor.without(() => crowd.heard(text));
      return "queued";
    },
    whenFree: (task) => void clock.after(0, () => task(100)),
    flush: () => undefined,
    leave: () => undefined,
    close: () => undefined,
  };
  const log = { warn: (message: string) => void warnings.push(message) };
  const session = createSession({
    clock,
    calendar: createSimulatedCalendar(clock),
    random: createPrng(2),
    host,
    storage,
    log,
  });
  return { session, warnings, hear: (sender: Address, text: string) => handlers?.data(sender, text) };
}

/** What a page reads of a session when it is told of a change, without showing it. */
function show(session: Session): { told: number; missing: number } {
  const counts = { told: 0, missing: 0 };
  session.onChange(() => {
    counts.told++;
    const contacts = session.contacts();
    counts.missing = Math.max(counts.missing, ...contacts.map(({ missingStrokes }) => missingStrokes));
    session.digest();
    session.board()?.isEmpty();
  });
  session.board()!.onChange(({ by }) => by.map((client) => session.whoIs(client)));
  return counts;
}

/** Each of `count` in turn, spread over the time between two turns of one. */
function every(clock: SimulatedClock, ms: number, count: number, act: (place: number) => void): void {
  for (let place = 0; place < count; place++) {
    const turn = (): void => {
      act(place);
      clock.after(ms, turn);
    };
    clock.after((ms * place) / count, turn);
  }
}

/** This page's own person draws too. What the pen makes of a hand's movement is no work of the session. */
function drawWithoutEnd(clock: SimulatedClock, session: Session): void {
  const strokes = generateStrokes(3, 500, HZ).map((samples) => {
    const simplifier = createSimplifier(PEN);
    return [...samples.map((sample) => simplifier.push(sample)), simplifier.end()];
  });
  let next = 0;
  const draw = (): void => {
    const stroke = strokes[next++ % strokes.length]!;
    const writer = session.board()!.startStroke(PEN);
    const add = (at: number): void => {
      if (at < stroke.length) writer.add(stroke[at]!);
      else writer.end();
      clock.after(SAMPLE_MS, at < stroke.length ? () => add(at + 1) : draw);
    };
    add(0);
  };
  draw();
}

/** The board as this page stored it the last time. */
function keepBoard(storage: FakeStorage, others: readonly Address[], { doc }: SimulatedCrowd): void {
  const boardId = boardIdOf({ own: OWN, remotes: others });
  for (const { table, key, value } of storedValues(doc, boardId)) storage.files.set(table, key, value);
}
