import { describe, expect, test } from "vitest";
import type { Random } from "../../src/env/random.ts";

/** What every `Random` does. Bounds are wide: a false alarm comes once in millions of runs. */
export function randomContract(name: string, create: () => Random): void {
  describe(`random contract: ${name}`, () => {
    const draw = (count: number): number[] => {
      const random = create();
      return Array.from({ length: count }, () => random.uint32());
    };

    test("gives whole numbers of 32 bits", () => {
      for (const value of draw(1000)) {
        expect(value).toBe(value >>> 0);
      }
    });

    test("does not repeat itself", () => {
      expect(new Set(draw(1000)).size).toBeGreaterThan(990);
    });

    test("sets each bit about half of the time", () => {
      const values = draw(4000);
      for (let bit = 0; bit < 32; bit++) {
        const share = values.filter((value) => (value >>> bit) & 1).length / values.length;
        expect(share).toBeGreaterThan(0.44);
        expect(share).toBeLessThan(0.56);
      }
    });
  });
}
