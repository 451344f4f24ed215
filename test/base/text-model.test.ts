import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createBitDecoder, createBitEncoder, LISTENER } from "../../src/base/range-coder.ts";
import { createTextModel } from "../../src/base/text-model.ts";

test("whatever was written is read again, by a model that has listened to the same before", () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  fc.assert(
    fc.property(bytes, bytes, (before, text) => {
      const [writer, reader] = [createTextModel(), createTextModel()];
      const coder = createBitEncoder();
      writer.write(LISTENER, before);
      writer.write(coder, text);
      reader.write(LISTENER, before);
      expect([...reader.read(createBitDecoder(coder.finish()), text.length)]).toEqual([...text]);
    }),
    { numRuns: 30 },
  );
});

test("what was heard before costs next to nothing", () => {
  const text = new TextEncoder().encode("Undo\nRedo\nClear the board\nShow everything\n");
  const cost = (heard: boolean): number => {
    const model = createTextModel();
    if (heard) model.write(LISTENER, text);
    const coder = createBitEncoder();
    model.write(coder, text);
    return coder.finish().length;
  };
  expect(cost(true)).toBeLessThan(cost(false) / 3);
});
