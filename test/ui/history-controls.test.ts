import { expect, it } from "vitest";
import { createHistoryControls } from "../../src/ui/history-controls.ts";
import { ENGLISH } from "../../src/ui/strings.ts";

it("what is being typed becomes a step before a button takes back, does again or clears", () => {
  const calls: string[] = [];
  const told = (name: string) => (): "nothing" => {
    calls.push(name);
    return "nothing";
  };
  const controls = createHistoryControls({
    board: () => ({
      history: {
        canUndo: () => true,
        canRedo: () => true,
        undo: told("undo"),
        redo: told("redo"),
        onChange: () => () => undefined,
      },
      clear: () => calls.push("clear") > 0,
      undoClear: told("undo of the clear"),
    }),
    notices: { show: () => () => undefined, dismiss: () => undefined, close: () => undefined },
    strings: ENGLISH,
    otherName: () => "Bob",
    settle: told("settle"),
  });
  controls.undo();
  controls.redo();
  controls.clear();
  expect(calls).toEqual(["settle", "undo", "settle", "redo", "settle", "clear"]);
});
