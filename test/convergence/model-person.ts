import type { Step } from "../../src/board/document/board.ts";
import { View } from "./model.ts";
import type { Client, Fact, Value } from "./model.ts";
import { isOnShown, isSeen, liveOf } from "./model-parts.ts";
import type { LivePart, Outcome, Part, Way } from "./model-parts.ts";

export interface Gesture {
  readonly parts: readonly Part[];
  /** The text that was typed in: where somebody else took it away, there is nothing to take back. */
  readonly typedIn?: string;
  /** The text that was made, or emptied, and went: it may come back. */
  readonly emptied?: string;
  readonly isNew?: boolean;
  /** Nothing of it is to be seen until the gesture after it is taken back, and nobody is told so. */
  readonly isBehind?: boolean;
  /** What it put in the place of ink: where somebody else took that away, the ink does not come back. */
  readonly instead?: string;
}

/** A gesture in the history, and which way a press passes over it without a word where it can do nothing. */
interface Kept {
  readonly gesture: Gesture;
  readonly parts: readonly LivePart[];
  readonly isQuiet: Record<Way, boolean>;
}

/** One person's history, and the writing of facts. */
export class Person {
  readonly client: Client;
  /** What the person knows. */
  view: View;
  #fresh: Fact[] = [];
  readonly #next: () => number;
  readonly #done: Kept[] = [];
  #undone: Kept[] = [];
  readonly #owners = new Map<string, { write: number; owner: Client | undefined }>();
  #cleared: Gesture | undefined;
  #orderBefore = "";

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
    this.say({ kind: "hide", hide, targets, author: this.client });
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

  /** `item`: of which it is an attribute. */
  set(key: string, value: Value, item?: string): Part {
    const before = this.view.value(key);
    const formerOwner = this.#ownerOf(key);
    this.write(key, value);
    return { kind: "wrote", key, before, after: value, item, formerOwner };
  }

  /** Who wrote the value that counts, where that is another; who put one back did not. */
  otherOwnerOf(key: string): Client | undefined {
    const owner = this.#ownerOf(key);
    return owner === this.client ? undefined : owner;
  }

  setOwner(key: string, owner: Client | undefined): void {
    this.#owners.set(key, { write: this.view.winner(key)!.write, owner });
  }

  /** Things lie on one another as they did before the step that is being taken. */
  isOrderAsBefore(): boolean {
    return this.#order() === this.#orderBefore;
  }

  #order(): string {
    return JSON.stringify([...this.view.stacks().values()].filter(({ length }) => length > 0));
  }

  #ownerOf(key: string): Client | undefined {
    const now = this.view.winner(key);
    const known = this.#owners.get(key);
    return known && known.write === now?.write ? known.owner : now?.author;
  }

  record(gesture: Gesture): void {
    if (gesture.parts.length === 0) return;
    const parts = gesture.parts.map((part) => liveOf(this, part));
    this.#done.push({ gesture, parts, isQuiet: { undo: gesture.isBehind ?? false, redo: false } });
    this.#undone = [];
  }

  recordClear(gesture: Gesture): void {
    this.record(gesture);
    this.#cleared = gesture;
  }

  can(way: Way): boolean {
    return (way === "undo" ? this.#done : this.#undone).some((kept) => this.#isNext(kept, way));
  }

  step(way: Way): Step {
    const list = way === "undo" ? this.#done : this.#undone;
    const kept = [...list].reverse().find((each) => this.#isNext(each, way));
    return kept ? this.#run(kept, way) : "nothing";
  }

  undoClear(): Step {
    const cleared = this.#cleared;
    this.#cleared = undefined;
    const kept = this.#done.find(({ gesture }) => gesture === cleared);
    return kept && this.#isNext(kept, "undo") ? this.#run(kept, "undo") : "nothing";
  }

  #isNext(kept: Kept, way: Way): boolean {
    return !kept.isQuiet[way] || this.#canRun(kept, way);
  }

  #canRun({ gesture, parts }: Kept, way: Way): boolean {
    const { typedIn, emptied, isNew, instead } = gesture;
    if (way === "undo" && instead !== undefined && this.view.hides(instead)) return false;
    if (emptied !== undefined && !isOnShown(this, emptied)) return false;
    if (typedIn !== undefined) {
      const isThere = isNew && way === "redo" ? isOnShown(this, typedIn) : isSeen(this, typedIn);
      if (!isThere) return false;
    }
    return parts.some((part) => part.can(way));
  }

  #run(kept: Kept, way: Way): Step {
    const { isQuiet } = kept;
    if (!this.#canRun(kept, way)) {
      isQuiet[way] = true;
      return "skipped";
    }
    const outcome = this.#outcomeOf(kept, way);
    const isWaiting = this.#undone.includes(kept) && !isQuiet.redo;
    if (way === "redo" || !isWaiting) this.#undone = this.#undone.filter((other) => other !== kept);
    if (way === "redo") this.#undone.unshift(kept);
    else if (!isWaiting) this.#undone.push(kept);
    isQuiet.undo = way === "undo";
    isQuiet.redo = way === "redo";
    return outcome;
  }

  #outcomeOf({ gesture, parts }: Kept, way: Way): Outcome {
    const text = gesture.typedIn ?? gesture.emptied;
    const wasSeen = text === undefined || isSeen(this, text);
    // The latest is taken back first.
    this.#orderBefore = this.#order();
    const inOrder = way === "undo" ? [...parts].reverse() : parts;
    const outcomes = inOrder.map((part) => part.act(way)).map((look) => look());
    if (!wasSeen && !isSeen(this, text)) return "shared";
    const areAll = (...some: readonly Outcome[]): boolean => outcomes.every((each) => some.includes(each));
    if (areAll("skipped")) return "skipped";
    if (areAll("shared", "skipped")) return "shared";
    return areAll("done") ? "done" : "partly";
  }
}
