import { expect, test } from "vitest";
import type { Item } from "../../../src/board/document/board.ts";
import { createPrng } from "../../../src/base/prng.ts";
import { createOrder } from "../../../src/render/scene/order.ts";

const itemsOf = (ids: readonly string[]): Item[] => ids.map((id) => ({ id }) as Item);

test("the order is that of the items, wherever they come and however often", () => {
  const prng = createPrng(3);
  const order = createOrder();
  let ids: string[] = [];
  for (let n = 0; n < 3000; n++) {
    if (ids.length > 5 && prng.chance(0.3)) {
      const [gone] = ids.splice(prng.below(ids.length), 1);
      order.delete(gone!);
    } else if (prng.chance(0.02)) {
      ids = [...ids].reverse();
      order.check(itemsOf(ids));
    } else {
      const fresh = Array.from({ length: 1 + prng.below(4) }, (_, i) => `${n}.${i}`);
      // Mostly in the same place, where numbers get close.
      for (const id of fresh)
        ids.splice(prng.chance(0.6) ? Math.min(1, ids.length) : prng.below(ids.length + 1), 0, id);
      order.insert(itemsOf(ids), fresh);
    }
    const some = ids.filter(() => prng.chance(0.5));
    expect(order.sorted([...some].reverse())).toEqual(some);
  }
});
