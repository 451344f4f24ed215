import { describe, expect, it } from "vitest";
import { createCommands } from "../../../src/ui/input/commands.ts";

describe("commands", () => {
  it("are carried out by whoever handles them, wherever they come from", () => {
    const commands = createCommands();
    const done: string[] = [];
    commands.handle({ undo: () => void done.push("undo") });
    commands.handle({ redo: () => void done.push("redo"), copy: () => false });
    expect([commands.run("undo"), commands.run("redo")]).toEqual([true, true]);
    expect(done).toEqual(["undo", "redo"]);
  });

  it("say where there was nothing to do, and where nobody handles them", () => {
    const commands = createCommands();
    commands.handle({ copy: () => false, paste: () => true });
    expect([commands.run("copy"), commands.run("paste"), commands.run("cut")]).toEqual([false, true, false]);
  });

  it("are nobody's any more when their handlers end, and another's from then on", () => {
    const commands = createCommands();
    const done: string[] = [];
    const stop = commands.handle({ undo: () => void done.push("first") });
    stop();
    expect(commands.run("undo")).toBe(false);
    commands.handle({ undo: () => void done.push("second") });
    stop();
    expect(commands.run("undo")).toBe(true);
    expect(done).toEqual(["second"]);
  });

  it("are carried out by one alone who takes over, until that ends", () => {
    const commands = createCommands();
    const done: string[] = [];
    commands.handle({ undo: () => void done.push("undo"), copy: () => void done.push("copy") });
    const stop = commands.takeOver({ undo: () => void done.push("other") });
    commands.handle({ paste: () => void done.push("paste") });
    expect([commands.run("undo"), commands.run("copy"), commands.run("paste")]).toEqual([true, false, false]);
    stop();
    expect([commands.run("undo"), commands.run("copy"), commands.run("paste")]).toEqual([true, true, true]);
    expect(done).toEqual(["other", "undo", "copy", "paste"]);
  });

  it("may ask for one another", () => {
    const commands = createCommands();
    let selected = true;
    commands.handle({
      deselect() {
        const had = selected;
        selected = false;
        return had;
      },
      dismiss: () => commands.run("break-off") || commands.run("deselect"),
    });
    expect([commands.run("dismiss"), commands.run("dismiss")]).toEqual([true, false]);
  });
});
