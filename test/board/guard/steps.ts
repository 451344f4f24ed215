/*
 * Counts what the guard and Yjs do, where a clock would say how busy the machine is: the neighbours of
 * items that are looked up, the operations of maps and sets, the places that move when an array makes
 * room, and those that are sorted. Whatever compares everything with everything does so by one of these.
 */
import * as Y from "yjs";
import { afterAll, beforeAll } from "vitest";

/** So many places of an array move in the time of one step. */
const MOVED_PER_STEP = 256;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Counts from the first test of a file to its last. Returns how many steps were taken so far; documents
 * that were made before, or are used afterwards, are not whole.
 */
export function useStepCounter(): () => number {
  let steps = 0;
  const restore: (() => void)[] = [];

  function replace(owner: object, name: string, property: PropertyDescriptor): void {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { configurable: true, ...property });
    restore.push(() => {
      if (before) Object.defineProperty(owner, name, before);
      else Reflect.deleteProperty(owner, name);
    });
  }

  function countCalls(
    owner: object,
    names: readonly string[],
    cost: (owner: unknown) => number = () => 1,
  ): void {
    for (const name of names) {
      const plain = Reflect.get(owner, name) as Method;
      replace(owner, name, {
        writable: true,
        value(this: unknown, ...args: unknown[]) {
          steps += cost(this);
          return plain.apply(this, args);
        },
      });
    }
  }

  /** Yjs gives an item its neighbours by assignment, which goes to what the prototype has under the name. */
  function countReads(name: "left" | "right"): void {
    const values = Symbol(name);
    replace(Y.Item.prototype, name, {
      get(this: Record<symbol, unknown>) {
        steps++;
        return this[values];
      },
      set(this: Record<symbol, unknown>, value: unknown) {
        this[values] = value;
      },
    });
  }

  beforeAll(() => {
    countReads("left");
    countReads("right");
    countCalls(Map.prototype, ["get", "has", "set", "delete"]);
    countCalls(Set.prototype, ["has", "add", "delete"]);
    countCalls(Array.prototype, ["sort"], (array) => (array as unknown[]).length);
    countCalls(Array.prototype, ["splice"], (array) =>
      Math.ceil((array as unknown[]).length / MOVED_PER_STEP),
    );
  });

  afterAll(() => {
    for (const each of restore.splice(0).reverse()) each();
  });

  return () => steps;
}
