import type { Step } from "../board/board.ts";
import type { Strings } from "./strings.ts";

/** Why a step of the history did less than it should have; undefined where it did not. `name`: who was faster. */
export function stepText(step: Step, name: string, strings: Strings): string | undefined {
  switch (step) {
    case "skipped":
      return strings.stepSkipped(name);
    case "partly":
      return strings.stepPartly(name);
    case "nothing":
    case "done":
      return undefined;
  }
}
