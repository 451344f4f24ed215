/*
 * Random people who add, name, move, remove, bring back and empty pages at once, while what they say of it comes in
 * pieces, late and out of order: in the end all have the same pages, and at no moment has anybody none.
 */
import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import type { Prng } from "../../../src/base/prng.ts";
import { FIRST_PAGE } from "../../../src/board/pages/page-id.ts";
import { createIndexPeer, ids, lackedBy, reloaded, shown, sync } from "./index-peer.ts";
import type { IndexPeer } from "./index-peer.ts";

const PEOPLE = [11, 400_000, 4_000_000_000];
const SEEDS = 24;
const STEPS = 90;

function pick<T>(prng: Prng, list: readonly T[]): T {
  return list[prng.below(list.length)]!;
}

/** Something that a person does; throws where it does not come out as it should for this person. */
function act({ index }: IndexPeer, prng: Prng): string {
  const list = ids(index.list());
  const gone = ids(index.removed());
  const id = pick(prng, list);
  const at = prng.below(list.length + 1);
  switch (prng.below(7)) {
    case 0: {
      const made = index.add(at, prng.chance(0.5) ? "made" : "");
      expect(ids(index.list())).toEqual([...list.slice(0, at), made, ...list.slice(at)]);
      return `add at ${at}`;
    }
    case 1: {
      const name = `name ${prng.below(5)}`;
      index.rename(id, name);
      expect(index.list().find((page) => page.id === id)?.name).toBe(name);
      return `rename ${id} to ${name}`;
    }
    case 2:
    case 3: {
      index.move(id, at);
      const others = list.filter((each) => each !== id);
      const to = Math.min(at, others.length);
      expect(ids(index.list())).toEqual([...others.slice(0, to), id, ...others.slice(to)]);
      return `move ${id} to ${at}`;
    }
    case 4: {
      const isDone = index.setRemoved(id, true);
      expect(isDone).toBe(list.length > 1);
      if (isDone)
        expect([ids(index.list()), ids(index.removed())[0]]).toEqual([
          list.filter((each) => each !== id),
          id,
        ]);
      return `remove ${id}`;
    }
    case 5: {
      if (gone.length === 0) return "nothing";
      const back = pick(prng, gone);
      expect(index.setRemoved(back, false)).toBe(true);
      expect(ids(index.list()).filter((each) => each !== back)).toEqual(list);
      expect(ids(index.list())).toContain(back);
      return `bring back ${back}`;
    }
    default: {
      // Rarely, or nothing would be left to bring back.
      const emptied = prng.chance(0.2) ? index.empty(gone) : [];
      expect(ids(index.list())).toEqual(list);
      return `empty ${emptied.join()}`;
    }
  }
}

/** Some of what one has reaches the other, in any order; what comes too early is lost. */
function leak(to: IndexPeer, from: IndexPeer, prng: Prng): string {
  const chunks = lackedBy(to, from, pick(prng, [1, 60, 16_384]));
  const some = chunks.filter(() => prng.chance(0.7));
  if (prng.chance(0.3)) some.reverse();
  for (const chunk of some) expect(to.admit(chunk).kind).not.toMatch(/refused|full/u);
  return `${from.doc.clientID} to ${to.doc.clientID}: ${some.length} of ${chunks.length}`;
}

/** What holds at each moment, whatever came. */
function check({ index }: IndexPeer, emptiedBefore: ReadonlySet<string>): void {
  const [list, removed, emptied] = [ids(index.list()), ids(index.removed()), [...index.emptied()]];
  expect(list.length).toBeGreaterThan(0);
  const all = [...list, ...removed, ...emptied];
  expect(new Set(all).size).toBe(all.length);
  expect(all).toContain(FIRST_PAGE);
  expect(emptied).not.toContain(FIRST_PAGE);
  expect([...emptiedBefore].filter((id) => !index.emptied().has(id))).toEqual([]);
}

function run(seed: number): void {
  const prng = createPrng(seed);
  const people = PEOPLE.map((client) => createIndexPeer(client));
  const steps: string[] = [];
  try {
    for (let i = 0; i < STEPS; i++) {
      const peer = pick(prng, people);
      const emptied = new Set(peer.index.emptied());
      peer.time.pass(prng.below(10_000));
      if (prng.chance(0.6)) steps.push(`${peer.doc.clientID}: ${act(peer, prng)}`);
      else
        steps.push(
          leak(
            peer,
            pick(
              prng,
              people.filter((other) => other !== peer),
            ),
            prng,
          ),
        );
      check(peer, emptied);
    }
    sync(...people);
    sync(...people);
    for (const peer of people) {
      expect(shown(peer)).toEqual(shown(people[0]!));
      expect(reloaded(peer)).toEqual(shown(people[0]!));
    }
  } catch (error) {
    throw new Error(`seed ${seed}: ${steps.join("; ")}`, { cause: error });
  }
  for (const peer of people) peer.close();
}

test("people who change pages at once end with the same, and nobody is ever without one", () => {
  for (let seed = 1; seed <= SEEDS; seed++) expect(() => run(seed)).not.toThrow();
});
