/*
 * The questions for what is lacking of one document, and whom they are for. Rules: PROTOCOL.md, S4.
 */
import type { Random } from "../../env/random.ts";
import { slotOf } from "../../board/document/slot.ts";
import type { Frame } from "../wire/frame.ts";
import type { Range } from "../wire/state-codec.ts";
import type { Hole } from "./holes.ts";
import type { Lack } from "./lacks.ts";
import type { Link } from "./link.ts";

/** Then others than the author are asked. */
const TRIES_OF_AUTHOR = 3;
/** Of one message. */
const MAX_QUESTIONS = 8;

interface Askers {
  /** What is due until then is asked for. */
  readonly until: number;
  readonly random: Random;
  readonly isPair: boolean;
  /** A question for it leaves. */
  asked(hole: Hole): void;
}

/** One question for each contact that is asked. What is left out is due again at once. */
export function askForWrites(
  due: readonly (readonly [client: number, lack: Lack])[],
  present: readonly Link[],
  { until, random, isPair, asked }: Askers,
): Frame[] {
  const byTarget = new Map<Link, Range[]>();
  for (const [client, lack] of due) {
    const target = targetOf(client, lack, present, random);
    const ranges = byTarget.get(target) ?? [];
    if (ranges.length === 0 && byTarget.size >= MAX_QUESTIONS) continue;
    const holes = lack.holes.filter(({ askAt }) => askAt <= until);
    for (const { from, to } of holes) addRange(ranges, { client, from, to });
    byTarget.set(target, ranges);
    for (const hole of holes) asked(hole);
    lack.tries++;
  }
  return Array.from(byTarget, ([target, ranges]) => {
    const isOwn = ranges.every(({ client }) => client === target.session());
    return addressed({ type: "request", what: "writes", isOwn, ranges }, target, isPair);
  });
}

function addRange(ranges: Range[], { client, from, to }: Range): void {
  const last = ranges.at(-1);
  if (last?.client === client && last.to === from) ranges[ranges.length - 1] = { ...last, to };
  else ranges.push({ client, from, to });
}

/**
 * Who wrote it has it, and says it in the fewest characters; who does not answer may be gone, so others are
 * asked in turn.
 */
function targetOf(client: number, { from, tries }: Lack, present: readonly Link[], random: Random): Link {
  const author = present.find((link) => link.session() === client);
  if (tries < TRIES_OF_AUTHOR && author) return author;
  if (tries === 0 && present.includes(from)) return from;
  return anyOf(present, random);
}

export function anyOf(some: readonly Link[], random: Random): Link {
  return some[random.uint32() % some.length]!;
}

/** With one contact there is nobody else whom it could be for. */
export function addressed(frame: Frame, link: Link, isPair: boolean): Frame {
  const to = isPair ? undefined : link.session();
  return to === undefined ? frame : { ...frame, to: slotOf(to) };
}
