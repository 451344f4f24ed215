import type { Step } from "../../board/document/board.ts";
import type { Strings } from "../words/strings.ts";
import type { Who } from "../people/who.ts";

/**
 * Why a step of the history did less than it should have, or less is to be seen of it; undefined where not.
 * `who`: was faster.
 */
export function stepText(step: Step, who: Who, strings: Strings): string | undefined {
  const texts = who.areSeveral ? strings.people : strings;
  switch (step) {
    case "skipped":
      return texts.stepSkipped(who.names);
    case "partly":
      return texts.stepPartly(who.names);
    case "shared":
      return texts.stepShared(who.names);
    case "nothing":
    case "done":
      return undefined;
  }
}
