/*
 * Which run the simulator's page has: one that is over when the page is closed, one that is recorded into a
 * file, or one that was recorded and is replayed.
 */
import type { MiniAppDescription } from "../../../package/server.ts";
import { createBrowserClock } from "../../../spixi/browser-clock.ts";
import { button } from "../dom.ts";
import { createPlayer } from "./player.ts";
import { createRecorder } from "./recorder.ts";
import type { Run } from "./run.ts";
import { parseRun, type Action } from "./run-file.ts";

/** How a run begins. */
export interface OpenedRun {
  readonly run: Run;
  /** The part of the page's address after `?`. */
  readonly search: string;
  /** The seed to begin with; undefined: whatever the address says. */
  readonly seed: number | undefined;
}

/** - `recording`, `replaying`. - `same`, `other`: it was replayed, and went as it was recorded, or not. */
type RunState = "recording" | "replaying" | "same" | "other";

/** `seedOf`: the seed of a page with this address. Rejects with a message for people. */
export async function openRun(
  app: MiniAppDescription,
  seedOf: (search: string) => number,
  status: HTMLElement,
): Promise<OpenedRun> {
  const { search } = location;
  const show = (state: RunState, text: string): void => {
    status.hidden = false;
    status.dataset["state"] = state;
    status.textContent = text;
  };
  if (!app.run) return { run: createPlainRun(), search, seed: undefined };
  const { id, version, run: file } = app;

  if (file.mode === "record") {
    const seed = seedOf(search);
    show("recording", `Recorded to ${file.name}`);
    const start = { simulatorRun: 1, app: { id, version }, search, seed, epoch: Date.now() } as const;
    const run = createRecorder({ scope: window, start, write: createWriter() });
    return { run, search, seed };
  }

  const recorded = parseRun(await (await fetch("run")).text());
  const { start } = recorded;
  if (start.app.id !== id)
    throw new Error(`${file.name} is a run of ${start.app.id}: say where it is, with --app.`);
  const build = start.app.version === version ? "" : ` Recorded with version ${start.app.version}.`;
  show("replaying", `Replaying ${file.name}.${build}`);
  const run = createPlayer({
    scope: window,
    run: recorded,
    onEnd(at, goOn) {
      const how =
        at === undefined
          ? "all as it was recorded"
          : `from ${(at / 1000).toFixed(2)} s on another way than it was recorded`;
      show(at === undefined ? "same" : "other", `${file.name} was replayed, ${how}.${build}`);
      const going = button("Go on", "From here on time passes, and the phones can be used", () => {
        going.remove();
        goOn();
      });
      status.append(" ", going);
    },
  });
  return { run, search: start.search, seed: start.seed };
}

/** The file has what was written in that order; the first text begins it anew. The page says whether it has all. */
function createWriter(): (text: string) => void {
  const { dataset } = document.documentElement;
  let method = "PUT";
  let written = Promise.resolve();
  let waiting = 0;
  return (body) => {
    waiting++;
    dataset["recorded"] = "false";
    written = written.then(async () => {
      await fetch("run", { method, body });
      method = "POST";
      dataset["recorded"] = String(--waiting === 0);
    });
  };
}

function createPlainRun(): Run {
  let perform: (action: Action) => void;
  return {
    clock: createBrowserClock(window),
    adopt: () => () => undefined,
    begin(given) {
      perform = given;
    },
    act: (action) => perform(action),
    heard: () => undefined,
  };
}
