import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { whatIsOn } from "../../compat/what-is-on.ts";
import { RandomChanges } from "../random-changes.ts";
import { lookBack } from "./looking.ts";

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

test.each(SEEDS)(
  "whatever two people did, a page's past ends as it is, and goes back the same way (seed %i)",
  (seed) => {
    const prng = createPrng(seed);
    const both = new RandomChanges(prng);
    for (let i = 0; i < 60; i++) {
      both.step();
      for (const { time } of [both.own, both.contact]) time.pass(prng.below(3) * 1000);
    }
    both.settle();
    for (const peer of [both.own, both.contact]) {
      const past = lookBack(peer);
      const told = both.told.join(", ");
      const { length } = past.steps;
      const forth = Array.from({ length: length + 1 }, (_, at) => {
        past.show(at);
        return whatIsOn(past.board);
      });
      expect(forth.at(-1), told).toEqual(whatIsOn(peer.board));
      for (let at = length; at >= 0; at--) {
        past.show(at);
        expect(whatIsOn(past.board), `${told}: back to ${at}`).toEqual(forth[at]);
      }
      for (let i = 0; i < 8; i++) {
        const at = prng.below(length + 1);
        past.show(at);
        expect(whatIsOn(past.board), `${told}: on to ${at}`).toEqual(forth[at]);
      }
    }
  },
);

test.each(SEEDS)("what is told of the changes is what has changed (seed %i)", (seed) => {
  const prng = createPrng(100 + seed);
  const both = new RandomChanges(prng);
  for (let i = 0; i < 40; i++) {
    both.step();
    for (const { time } of [both.own, both.contact]) time.pass(1000);
  }
  both.settle();
  const past = lookBack(both.own);
  const known = new Map<string, unknown>();
  past.board.onChange(({ shown, hidden, altered }) => {
    for (const id of hidden) known.delete(id);
    for (const id of [...shown, ...altered]) known.set(id, past.board.item(id));
  });
  for (let i = 0; i < 30; i++) {
    past.show(prng.below(past.steps.length + 1));
    const items = past.board.items();
    expect([...known.keys()].sort()).toEqual(items.map(({ id }) => id).sort());
    // Whoever painted an item has to be told that it is another.
    for (const item of items) expect(known.get(item.id), both.told.join(", ")).toBe(item);
  }
});
