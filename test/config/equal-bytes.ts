import { expect } from "vitest";

/*
 * Before each test file: bytes are compared as bytes. Vitest's own comparison looks at each as a property of its own,
 * which took longer than the tests of pictures themselves.
 */

declare global {
  var areBytesCompared: boolean | undefined;
}

function equalBytes(a: unknown, b: unknown): boolean | undefined {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return undefined;
  // Kinds of arrays that differ are not equal, nor are they here.
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return undefined;
  return Buffer.compare(a, b) === 0;
}

// Files of one worker share its matchers, and each runs this anew.
if (!globalThis.areBytesCompared) {
  globalThis.areBytesCompared = true;
  expect.addEqualityTesters([equalBytes]);
}
