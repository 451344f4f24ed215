import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "../../src/base/sha256.ts";

const known = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test("a hash is that of FIPS 180-4, at every length around the ends of blocks", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7 + length);
    expect(sha256(bytes)).toBe(known(bytes));
  }
});
