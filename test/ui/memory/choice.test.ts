import { expect, it } from "vitest";
import { createChoice } from "../../../src/ui/memory/choice.ts";
import type { PastOfBoard } from "../../../src/ui/memory/past-reading.ts";

it("of many things that are circled, all pieces are looked for in one go", () => {
  const asked: (readonly string[])[] = [];
  const whole = (ids: readonly string[]): readonly string[] => {
    asked.push(ids);
    return ids.flatMap((id) => [id, `${id} goes on`]);
  };
  const choice = createChoice({ whole } as PastOfBoard, () => undefined);
  choice.add(["a", "b", "c"]);
  expect([...choice.all()]).toEqual(["a", "a goes on", "b", "b goes on", "c", "c goes on"]);
  expect(asked).toEqual([["a", "b", "c"]]);
  choice.toggle("b");
  expect([...choice.all()]).toEqual(["a", "a goes on", "c", "c goes on"]);
});
