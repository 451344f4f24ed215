import type { Prng } from "../../src/base/prng.ts";
import { INK_INPUTS, INK_TOOLS } from "../../src/ink/stroke.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import type { OpenPage } from "../support/room.ts";
import { EDITS } from "./edits.ts";
import { GESTURES } from "./gestures.ts";
import { oneOf } from "./run-options.ts";
import type { Hand } from "./ledger-entries.ts";
import type { Stage } from "./stage.ts";

/** Something that can happen in a run. */
export interface Action {
  /** How often, compared with the others of its group. */
  readonly weight: number;
  /** What it does to the person's page, as far as the list of operations is concerned. */
  readonly page?: "opens" | "closes";
  /** Only with at least so many people. */
  readonly peers?: number;
  /**
   * Does it, with all details out of `prng`, and says in words what it did; undefined where it makes
   * no sense at this moment.
   */
  run(stage: Stage, who: string, prng: Prng): string | undefined;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const POINT_MS = 30;

/** What people do, and what happens to their phones, while their page is open. */
export const WHEN_OPEN: Readonly<Record<string, Action>> = {
  draw: { weight: 40, run: (stage, who, prng) => draw(stage, who, prng, 2 + prng.below(40)) },
  // Four points in five are one character: this is more than a stroke's text holds.
  "draw-long": { weight: 1, run: (stage, who, prng) => draw(stage, who, prng, 40, 130) },
  "draw-slowly": { weight: 4, run: (stage, who, prng) => draw(stage, who, prng, 60 + prng.below(60), 1) },
  "draw-with-two": {
    weight: 4,
    run(stage, who, prng) {
      const first = draw(stage, who, prng, 10 + prng.below(40));
      stage.later(prng.below(600), () => void draw(stage, who, prng, 2 + prng.below(60)));
      return first && `${first}, and a second finger`;
    },
  },
  pinch: {
    weight: 2,
    run(stage, who, prng) {
      const hand = start(stage, who, prng);
      if (!hand) return undefined;
      const points = path(prng);
      hand.add([points(), points()]);
      stage.room.at(who).page.env.clock.after(prng.below(200), () => hand.cancel());
      return "taken back";
    },
  },
  dot: {
    weight: 8,
    run(stage, who, prng) {
      const hand = start(stage, who, prng);
      hand?.add([path(prng)()]);
      hand?.end();
      return hand && "1 point";
    },
  },
  scribble: { weight: 2, run: (stage, who, prng) => scribble(stage, who, prng, 5 + prng.below(40), 3) },
  // More than a journal takes before it is folded into a snapshot.
  "fill-the-board": { weight: 1, run: (stage, who, prng) => scribble(stage, who, prng, 150, 80) },
  clear: { weight: 4, run: (stage, who) => change(stage, who, (page) => stage.ledger.clear(page)) },
  undo: { weight: 7, run: (stage, who) => change(stage, who, (page) => stage.ledger.step(page, "undo")) },
  redo: { weight: 5, run: (stage, who) => change(stage, who, (page) => stage.ledger.step(page, "redo")) },
  ...EDITS,
  ...GESTURES,
  leave: { weight: 2, page: "closes", run: (stage, who) => close(stage, who, "leave") },
  back: { weight: 1, page: "closes", run: (stage, who) => close(stage, who, "back") },
  kill: { weight: 2, page: "closes", run: (stage, who) => close(stage, who, "kill") },
  "kill-messenger": { weight: 1, page: "closes", run: killMessenger },
  "roll-back-storage": { weight: 1, page: "closes", run: rollBackStorage },
  "open-again": {
    weight: 1,
    run(stage, who, prng) {
      const before = stage.shown(who);
      if (!before) return undefined;
      stage.ledger.lift(before);
      // From now on both save the same board, and the second page's copy counts.
      stage.ledger.ended(before, "killed", stage.room.clock.now());
      stage.ledger.double(who);
      stage.open(who);
      const ms = prng.below(10 * SECOND);
      stage.later(ms, () => before.page.kill());
      return `a second page; the first is killed after ${ms} ms`;
    },
  },
  hide: {
    weight: 3,
    run(stage, who, prng) {
      const page = stage.shown(who);
      if (!page) return undefined;
      const timers = oneOf(prng, ["normal", "slow", "slow", "stopped"] as const);
      const ms = duration(prng, 20 * SECOND);
      stage.hide(who, timers);
      stage.later(ms, () => stage.show(page));
      return `${ms} ms, timers ${timers}`;
    },
  },
  freeze: {
    weight: 1,
    run(stage, who, prng) {
      const page = stage.shown(who);
      if (!page) return undefined;
      // An hour of 20 people's signs of life takes long to simulate.
      const ms = duration(prng, prng.chance(0.3) && stage.names.length <= 4 ? HOUR : 30 * SECOND);
      stage.freeze(who);
      stage.later(ms, () => stage.show(page));
      stage.lastUntil(stage.room.clock.now() + ms);
      return `${ms} ms`;
    },
  },
  offline: { weight: 3, run: offline },
  block: { weight: 2, run: block },
  partition: { weight: 2, peers: 3, run: partition },
};

/** The same for somebody whose page is closed. */
export const WHEN_CLOSED: Readonly<Record<string, Action>> = {
  open: {
    weight: 12,
    page: "opens",
    run(stage, who) {
      if (stage.page(who)) return undefined;
      stage.open(who);
      return "";
    },
  },
  stay: { weight: 8, run: () => "" },
  "kill-messenger": { weight: 1, run: killMessenger },
  "roll-back-storage": { weight: 1, run: rollBackStorage },
  offline: { weight: 1, run: offline },
};

/** Short ones are as likely as long ones, whatever the scale. */
function duration(prng: Prng, longest: number): number {
  return Math.round(100 * (longest / 100) ** prng.next());
}

function change(stage: Stage, who: string, act: (page: OpenPage) => string): string | undefined {
  const page = stage.shown(who);
  return page?.session.board() && act(page);
}

function close(stage: Stage, who: string, how: "leave" | "back" | "kill"): string | undefined {
  // Nobody presses a button on a page that is put away or frozen.
  const isThere = how === "kill" ? stage.page(who) : stage.shown(who);
  if (!isThere) return undefined;
  stage.close(who, how);
  return "";
}

function killMessenger(stage: Stage, who: string, prng: Prng): string {
  const tear = oneOf(prng, ["none", "chance", "lost", "truncated"] as const);
  stage.killMessenger(who, tear, 0);
  return `tear: ${tear}`;
}

function rollBackStorage(stage: Stage, who: string, prng: Prng): string {
  const ms = oneOf(prng, [200, 1000, 2000, 2000]);
  stage.killMessenger(who, "none", ms);
  return `by ${ms} ms`;
}

function offline(stage: Stage, who: string, prng: Prng): string {
  const ms = duration(prng, 60 * SECOND);
  const phone = stage.room.world.phone(who);
  phone.setOnline(false);
  stage.later(ms, () => phone.setOnline(true));
  return `${ms} ms`;
}

/** What the one sends does not reach the other; the way back is open. */
function block(stage: Stage, who: string, prng: Prng): string {
  const to = oneOf(
    prng,
    stage.names.filter((name) => name !== who),
  );
  const ms = duration(prng, 30 * SECOND);
  const { network } = stage.room.world;
  network.block(who, to);
  stage.later(ms, () => network.unblock(who, to));
  return `to ${to}, ${ms} ms`;
}

/** Two groups, and nothing between them. */
function partition(stage: Stage, who: string, prng: Prng): string {
  const here = new Set(stage.names.filter((name) => name === who || prng.chance(0.5)));
  const ms = duration(prng, 30 * SECOND);
  const { network } = stage.room.world;
  const between = (act: (from: string, to: string) => void): void => {
    for (const from of stage.names) {
      for (const to of stage.names) if (here.has(from) !== here.has(to)) act(from, to);
    }
  };
  between(network.block);
  stage.later(ms, () => between(network.unblock));
  return `${[...here].join(" ")} from the others, ${ms} ms`;
}

function start(stage: Stage, who: string, prng: Prng): Hand | undefined {
  const page = stage.shown(who);
  const header: Omit<StrokeHeader, "color"> = {
    tool: oneOf(prng, INK_TOOLS),
    input: oneOf(prng, INK_INPUTS),
    width: (1 + prng.below(100)) / 4,
    pressure: prng.chance(0.2),
    scale: prng.chance(0.2) ? prng.below(7) : 0,
  };
  return page && stage.ledger.start(page, header);
}

/** A stroke of `steps` steps, 30 ms each, in the time of the page. */
function draw(stage: Stage, who: string, prng: Prng, steps: number, pointsEach = 1): string | undefined {
  const hand = start(stage, who, prng);
  if (!hand) return undefined;
  const { clock } = stage.room.at(who).page.env;
  const next = path(prng);
  let left = steps;
  const step = (): void => {
    if (!hand.isDown()) return;
    hand.add(Array.from({ length: pointsEach }, next));
    if (--left > 0) clock.after(POINT_MS, step);
    else hand.end();
  };
  step();
  return `${steps * pointsEach} points`;
}

/** `count` strokes of `length` points, all at one moment. */
function scribble(stage: Stage, who: string, prng: Prng, count: number, length: number): string | undefined {
  let drawn = 0;
  for (let i = 0; i < count; i++) {
    const hand = start(stage, who, prng);
    if (!hand) break;
    hand.add(Array.from({ length }, path(prng)));
    hand.end();
    drawn++;
  }
  return drawn > 0 ? `${drawn} strokes at once` : undefined;
}

/** A hand's way over the board: mostly smooth, with corners and, rarely, a jump. */
function path(prng: Prng): () => InkPoint {
  let x = prng.below(1000);
  let y = prng.below(700);
  let dx = 0;
  let dy = 0;
  return () => {
    if (prng.chance(0.02)) {
      x += prng.below(4000) - 2000;
      y -= prng.below(100_000);
    }
    dx = dx * 0.8 + (prng.next() - 0.5) * 6;
    dy = dy * 0.8 + (prng.next() - 0.5) * 6;
    x += dx;
    y += dy;
    return { x, y, pressure: prng.next() };
  };
}
