import type { Random } from "../env/random.ts";

/** The part of `window` that randomness needs. */
export interface CryptoScope {
  readonly crypto: { getRandomValues(array: Uint32Array<ArrayBuffer>): unknown };
}

/** The browser's cryptographic generator as a `Random`. `scope` is `window`. */
export function createBrowserRandom(scope: CryptoScope): Random {
  const word = new Uint32Array(1);
  return {
    uint32() {
      scope.crypto.getRandomValues(word);
      return word[0]!;
    },
  };
}
