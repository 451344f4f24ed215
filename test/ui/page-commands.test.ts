import { beforeEach, describe, expect, it } from "vitest";
import type { PanelName } from "../../src/ui/bar/toolbar.ts";
import type { Choices } from "../../src/ui/choices/choices.ts";
import { createChoices } from "../../src/ui/choices/choices.ts";
import { TOOLS } from "../../src/ui/choices/tool-names.ts";
import type { Commands } from "../../src/ui/input/commands.ts";
import { createCommands } from "../../src/ui/input/commands.ts";
import { ENGLISH } from "../../src/ui/words/strings.ts";
import { pageCommands } from "../../src/ui/page-commands.ts";

let commands: Commands;
let choices: Choices;
let open: PanelName | undefined;
/** What was asked of the page, in turn. */
let done: string[];
/** What was said aloud. */
let said: string[];

beforeEach(() => {
  [commands, open, done, said] = [createCommands(), undefined, [], []];
  choices = createChoices({
    onError(error) {
      throw error;
    },
  });
  const note = (what: string) => (): void => void done.push(what);
  commands.handle(
    pageCommands({
      commands,
      choices,
      toolbar: {
        openPanel: () => open,
        togglePanel: (name, focus) => void done.push(`${name} ${String(focus)}`),
        toggleOptions: (focus) => void done.push(`options ${String(focus)}`),
        closePanel() {
          open = undefined;
        },
      },
      view: {
        byHand: () => true,
        camera: () => ({ x: 0, y: 0, zoom: 1 }),
        showAll: note("show all"),
        actualSize: note("actual size"),
        nudge: ({ x, y }) => void done.push(`nudge ${x} ${y}`),
        zoomBy: (factor) => void done.push(factor > 1 ? "nearer" : "farther"),
        goTo: note("go"),
      },
      follow: note("follow"),
      lookBack: note("look back"),
      leave: note("leave"),
      onView: note("view"),
      strings: ENGLISH,
      announce: (text) => void said.push(text),
    }),
  );
});

describe("commands of the page", () => {
  it("take each tool into the hand", () => {
    for (const tool of TOOLS) {
      expect(commands.run(tool)).toBe(true);
      expect(choices.tool()).toBe(tool);
      expect(said.at(-1)).toBe(ENGLISH.tools[tool]);
    }
  });

  it("size the tool in the hand, or the brush where that has no size", () => {
    const before = choices.sizeOf("pen");
    choices.setTool("select");
    expect(commands.run("larger")).toBe(true);
    expect(choices.sizeOf("pen")).toBeGreaterThan(before);
    commands.run("smaller");
    expect(choices.sizeOf("pen")).toBe(before);
    expect(said.at(-1)).toBe(ENGLISH.pixels(before));
  });

  it("open panels to go on in them by keyboard", () => {
    for (const name of ["layers", "background", "people", "settings", "help"] as const) commands.run(name);
    expect(done).toEqual(["layers true", "background true", "people true", "settings true", "help true"]);
  });

  it("move what is selected, or else the view, which then follows nobody", () => {
    let selected = true;
    commands.handle({ "nudge-left": () => selected });
    expect(commands.run("pan-left")).toBe(true);
    expect(done).toEqual([]);
    selected = false;
    expect([commands.run("pan-left"), commands.run("zoom-in"), commands.run("show-all")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(done).toEqual(["view", "nudge 80 0", "view", "nearer", "view", "show all"]);
  });

  it("give the options of what is selected, or else of the tool", () => {
    const stop = commands.handle({ colors: () => true });
    commands.run("options");
    expect(done).toEqual([]);
    stop();
    commands.run("options");
    expect(done).toEqual(["options true"]);
  });

  it("dismiss one thing at a time: a gesture, then a panel, then the selection", () => {
    let [drawing, selected] = [true, true];
    commands.handle({
      "break-off"() {
        const was = drawing;
        drawing = false;
        return was;
      },
      deselect() {
        const was = selected;
        selected = false;
        return was;
      },
    });
    open = "layers";
    expect(commands.run("dismiss")).toBe(true);
    expect([drawing, open, selected]).toEqual([false, "layers", true]);
    expect(commands.run("dismiss")).toBe(true);
    expect([open, selected]).toEqual([undefined, true]);
    expect(commands.run("dismiss")).toBe(true);
    expect(selected).toBe(false);
    expect(commands.run("dismiss")).toBe(false);
  });
});
