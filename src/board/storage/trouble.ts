import { createEmitter } from "../../base/emitter.ts";

/** Tells that something fails, and that nothing does any more, once each. */
export function createTrouble(onError: (error: unknown) => void) {
  const told = createEmitter<"failed" | "recovered">(onError);
  let isFailing = false;
  return {
    on: (listener: (state: "failed" | "recovered") => void) => told.on(listener),
    /** How it was at first, which is told otherwise. */
    begin(fails: boolean): void {
      isFailing = fails;
    },
    tell(fails: boolean): void {
      if (fails === isFailing) return;
      isFailing = fails;
      told.emit(fails ? "failed" : "recovered");
    },
  };
}
