import type { Step } from "../../src/board/document/board.ts";
import { View } from "./model.ts";
import type { Client, Fact, Value } from "./model.ts";

type Outcome = Exclude<Step, "nothing">;

/** A part of a gesture, with what it left. */
export type Part =
  | { readonly kind: "made"; readonly targets: readonly string[]; readonly text: string | undefined }
  | { readonly kind: "hid"; readonly hide: number; readonly targets: readonly string[] }
  | {
      readonly kind: "wrote";
      readonly key: string;
      readonly before: Value;
      readonly after: Value;
      readonly item: string | undefined;
    };

export interface Gesture {
  readonly parts: readonly Part[];
  /** The text that was typed in: where somebody else took it away, there is nothing to take back. */
  readonly typedIn?: string;
  /** The text that was emptied, and went. */
  readonly emptied?: string;
}

/** One person's history, and the writing of facts. */
export class Person {
  readonly client: Client;
  /** What the person knows. */
  view: View;
  #fresh: Fact[] = [];
  readonly #next: () => number;
  #done: Gesture[] = [];
  #undone: Gesture[] = [];
  /** By what a gesture's things were hidden when it was taken back. */
  readonly #takenBack = new Map<Part, { hide: number; targets: string }>();
  #cleared: Gesture | undefined;

  constructor(client: Client, next: () => number) {
    this.client = client;
    this.view = new View([]);
    this.#next = next;
  }

  /** The facts since this was asked last. */
  takeFacts(): Fact[] {
    const facts = this.#fresh;
    this.#fresh = [];
    return facts;
  }

  say(fact: Fact): void {
    this.#fresh.push(fact);
    this.view.add(fact);
  }

  hide(targets: readonly string[], about: readonly string[] = targets): Part {
    const hide = this.#next();
    this.say({ kind: "hide", hide, targets });
    return { kind: "hid", hide, targets: about };
  }

  write(key: string, value: Value): void {
    this.say({
      kind: "write",
      write: this.#next(),
      key,
      value,
      over: this.view.winner(key)?.write,
      author: this.client,
    });
  }

  /** `item`: of which it is an attribute, unless the same gesture makes the item. */
  set(key: string, value: Value, item?: string): Part {
    const before = this.view.value(key);
    this.write(key, value);
    return { kind: "wrote", key, before, after: value, item };
  }

  record(gesture: Gesture): void {
    if (gesture.parts.length === 0) return;
    this.#done.push(gesture);
    this.#undone = [];
  }

  recordClear(gesture: Gesture): void {
    this.record(gesture);
    this.#cleared = gesture;
  }

  can(way: "undo" | "redo"): boolean {
    return (way === "undo" ? this.#done : this.#undone).length > 0;
  }

  step(way: "undo" | "redo"): Step {
    const gesture = (way === "undo" ? this.#done : this.#undone).pop();
    return gesture ? this.#run(gesture, way) : "nothing";
  }

  undoClear(): Step {
    const gesture = this.#cleared;
    this.#cleared = undefined;
    if (!gesture || !this.#done.includes(gesture)) return "nothing";
    this.#done = this.#done.filter((other) => other !== gesture);
    return this.#run(gesture, "undo");
  }

  #run(gesture: Gesture, way: "undo" | "redo"): Step {
    const outcome = this.#outcomeOf(gesture, way);
    if (outcome !== "skipped") (way === "undo" ? this.#undone : this.#done).push(gesture);
    return outcome;
  }

  #outcomeOf({ parts, typedIn, emptied }: Gesture, way: "undo" | "redo"): Outcome {
    const isGone = typedIn !== undefined && this.view.hides(typedIn);
    if (way === "undo" && isGone) return "skipped";
    // Everything is decided by what there is before; what came of it is seen after.
    const looks = parts.map((part) => this.#plan(part, way)).map((act) => act());
    const outcomes = looks.map((look) => look());
    if (way === "undo" && emptied !== undefined && this.view.hides(emptied)) return "skipped";
    if (outcomes.every((outcome) => outcome === "skipped")) return "skipped";
    return outcomes.every((outcome) => outcome === "done") ? "done" : "partly";
  }

  #plan(part: Part, way: "undo" | "redo"): () => () => Outcome {
    if (part.kind === "made") return this.#planMade(part, way);
    if (part.kind === "hid") {
      return () => {
        this.say({ kind: "switch", hide: part.hide, on: way === "redo" });
        return () => (way === "redo" ? "done" : this.#hiddenOf(part.targets));
      };
    }
    const { key, item } = part;
    const [expected, value] = way === "undo" ? [part.after, part.before] : [part.before, part.after];
    const now = this.view.winner(key);
    const isMine = now?.author === this.client && now.value === expected;
    const does = isMine && (item === undefined || !this.view.hides(item));
    return () => {
      if (does) this.write(key, value);
      return () => (does ? "done" : "skipped");
    };
  }

  #planMade(part: Extract<Part, { kind: "made" }>, way: "undo" | "redo"): () => () => Outcome {
    const { targets, text } = part;
    const taken = this.#takenBack.get(part);
    if (way === "redo") {
      return () => {
        if (taken) this.say({ kind: "switch", hide: taken.hide, on: false });
        return () => (taken ? this.#hiddenOf(targets) : "skipped");
      };
    }
    const standing = targets.filter((target) => !this.view.hides(target));
    // Nobody's words go with what I made.
    const isShared = text !== undefined && this.view.chars(text).some(({ author }) => author !== this.client);
    return () => {
      if (standing.length === 0 || isShared) return () => "skipped";
      const hide = this.hide(standing);
      if (hide.kind === "hid") this.#takenBack.set(part, { hide: hide.hide, targets: standing.join(",") });
      return () => (standing.length < targets.length ? "partly" : "done");
    };
  }

  #hiddenOf(targets: readonly string[]): Outcome {
    const hidden = targets.filter((target) => this.view.hides(target)).length;
    if (hidden === 0) return "done";
    return hidden === targets.length ? "skipped" : "partly";
  }
}
