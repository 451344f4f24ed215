/*
 * A text that went on in a new item, as one part of a step: it stays where somebody else has written in the new
 * item since.
 */
import { together } from "./outcome.ts";
import type { Blame, Outcome, Way } from "./outcome.ts";
import type { MovedTextPart, Part, PartActions } from "./part.ts";
import type { Seeing } from "./seeing.ts";

export interface MovedTextDeps {
  /** Of the parts that it consists of. */
  readonly parts: PartActions<Part>;
  readonly seeing: Pick<Seeing, "othersWritingIn">;
}

export function createMovedTexts({ parts, seeing }: MovedTextDeps): PartActions<MovedTextPart> {
  const others = ({ text }: MovedTextPart): readonly number[] => seeing.othersWritingIn(text);

  function run(ordered: readonly Part[], way: Way, blame: Blame): () => Outcome {
    const looks = ordered.map((part) => parts[way](part, blame));
    return () => together(looks.map((look) => look()));
  }

  return {
    isOver: (moved) => moved.parts.every(parts.isOver),
    forget(moved) {
      for (const part of moved.parts) parts.forget(part);
    },
    can: (moved, way) =>
      (way === "redo" || others(moved).length === 0) && moved.parts.some((part) => parts.can(part, way)),
    blame(moved, way, blame) {
      if (way === "undo") blame(others(moved));
      for (const part of moved.parts) parts.blame(part, way, blame);
    },
    undo(moved, blame) {
      const keeping = others(moved);
      if (keeping.length === 0) return run([...moved.parts].reverse(), "undo", blame);
      blame(keeping);
      return () => "skipped";
    },
    redo: (moved, blame) => run(moved.parts, "redo", blame),
    revoke(moved) {
      if (others(moved).length > 0) return;
      for (const part of [...moved.parts].reverse()) parts.revoke(part);
    },
  };
}
