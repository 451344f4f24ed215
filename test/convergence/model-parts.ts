/*
 * What a gesture consists of in the model, and what comes of taking it back or doing it again: of what is hidden,
 * of what was made, of values.
 */
import type { Step } from "../../src/board/document/board.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import type { Person } from "./model-person.ts";
import type { Client, ShownLayer, Value } from "./model.ts";

export type Outcome = Exclude<Step, "nothing">;
export type Way = "undo" | "redo";

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
      /** Whose value it wrote over. */
      readonly formerOwner: Client | undefined;
    };

/** A part that can be taken back; `act` writes, and what it gives looks at what came of it. */
export interface LivePart {
  can(way: Way): boolean;
  act(way: Way): () => Outcome;
}

export function liveOf(person: Person, part: Part): LivePart {
  if (part.kind === "made") return liveMade(person, part);
  return part.kind === "hid" ? liveHid(person, part) : liveWrote(person, part);
}

/** Another person because of whom nobody sees an item on this layer. */
function hiderOf(person: Person, layer: ShownLayer, item: string): Client | undefined {
  const { view } = person;
  if (!layer.hidden) return undefined;
  const meant = view.meantLayer(item, view.value(`${item} layer`));
  return (
    person.otherOwnerOf(`layer ${layer.id} hidden`) ??
    person.otherOwnerOf(`${item} layer`) ??
    person.otherOwnerOf(`layer ${String(meant)} removed`)
  );
}

export function isOnShown(person: Person, item: string): boolean {
  return hiderOf(person, person.view.layerOf(item), item) === undefined;
}

export function isSeen(person: Person, item: string): boolean {
  return !person.view.hides(item) && isOnShown(person, item);
}

function others(person: Person, targets: readonly string[]): Client[] {
  return person.view.hiders(targets).filter((client) => client !== person.client);
}

/** The items among targets; of stretches, those that they are of. */
function itemsOf(targets: readonly string[]): string[] {
  return targets.filter((target) => !target.includes(" "));
}

function liveHid(person: Person, { hide, targets }: Extract<Part, { kind: "hid" }>): LivePart {
  const { view } = person;
  const items = itemsOf(targets);
  const cut = targets.flatMap((target) => (target.startsWith("span ") ? [target.split(" ")[1]!] : []));
  let isUndone = false;
  const isUnseen = (): boolean => cut.length > 0 && !cut.some((item) => isSeen(person, item));
  return {
    can: (way) =>
      (way === "redo") === isUndone &&
      !isUnseen() &&
      (items.length === 0 || items.some((item) => isOnShown(person, item))),
    act(way) {
      if ((way === "redo") !== isUndone) return () => "done";
      const wasUnseen = isUnseen() || (items.length > 0 && !items.some((item) => isSeen(person, item)));
      const wasHidden = targets.length > 0 && targets.every((target) => view.hides(target));
      isUndone = way === "undo";
      person.say({ kind: "switch", hide, on: !isUndone });
      if (way === "redo") return () => (wasUnseen || wasHidden ? "shared" : "done");
      return () => {
        if (isUnseen()) return "shared";
        const came = hiddenOf(person, targets);
        if (came !== "partly") return came;
        if (items.length > 0 && !items.some((item) => isSeen(person, item))) return "shared";
        return others(person, targets).length > 0 ? "partly" : "done";
      };
    },
  };
}

function liveMade(person: Person, { targets, text }: Extract<Part, { kind: "made" }>): LivePart {
  const { view } = person;
  const items = itemsOf(targets);
  let hides: number[] = [];
  const standing = (): string[] => targets.filter((target) => !view.hides(target));
  // Nobody's words go with what I made.
  const isShared = (): boolean =>
    text !== undefined && view.chars(text).some(({ author }) => author !== person.client);
  return {
    can(way) {
      if (items.length > 0 && !items.some((item) => isOnShown(person, item))) return false;
      return way === "redo" ? hides.length > 0 : standing().length > 0 && !isShared();
    },
    act(way) {
      if (way === "redo") {
        for (const hide of hides) person.say({ kind: "switch", hide, on: false });
        hides = [];
        return () => hiddenOf(person, targets);
      }
      const left = standing();
      const areOthers = others(person, targets).length > 0 || isShared();
      if (left.length === 0 || isShared()) return () => (areOthers ? "skipped" : "done");
      const part = person.hide(left);
      if (part.kind === "hid") hides.push(part.hide);
      return () => (areOthers ? "partly" : "done");
    },
  };
}

function liveWrote(person: Person, part: Extract<Part, { kind: "wrote" }>): LivePart {
  const { key, before, after, item, formerOwner } = part;
  const { view } = person;
  const field = key.slice(key.lastIndexOf(" ") + 1);
  const layer = item === undefined && key.startsWith("layer ") ? key.split(" ")[1]! : undefined;
  const keyOf = (id: Value, end: string): string => `layer ${String(id)} ${end}`;
  const from = (way: Way): Value => (way === "undo" ? after : before);
  const to = (way: Way): Value => (way === "undo" ? before : after);
  let isUndone = false;
  let putBack: { readonly write: number; readonly value: Value } | undefined;

  function isNext(way: Way): boolean {
    const isOver =
      putBack !== undefined && !view.isOver(key, putBack.write) && view.value(key) !== putBack.value;
    return (way === "redo") === (isOver ? !isUndone : isUndone);
  }

  function isGone(): boolean {
    if (item !== undefined) return view.hides(item);
    if (layer === undefined) return false;
    const isRemoved = view.value(keyOf(layer, "removed")) === true;
    const isMade = layer === FIRST_LAYER || view.value(keyOf(layer, "place")) !== undefined;
    if (field === "place") return isRemoved;
    return field === "removed" ? !isMade : isRemoved || !isMade;
  }

  function isShown(way: Way): boolean {
    if (item === undefined) return true;
    const now = view.layerOf(item);
    if (field !== "layer") return hiderOf(person, now, item) === undefined;
    const then = view.layerWith(item, to(way));
    const areHidden = now.hidden && then.hidden;
    const isByOthers = [now, then].some((each) => hiderOf(person, each, item) !== undefined);
    return now.id !== then.id && !(areHidden && isByOthers);
  }

  function isAnybodyToBlame(way: Way): boolean {
    const keys = [key];
    if (layer !== undefined) keys.push(keyOf(layer, "place"), keyOf(layer, "removed"));
    if (item !== undefined && field === "layer") {
      for (const value of [before, after]) {
        const meant = view.meantLayer(item, value);
        keys.push(keyOf(meant, "removed"), keyOf(meant, "hidden"));
      }
    }
    return (
      keys.some((each) => person.otherOwnerOf(each) !== undefined) ||
      (way === "redo" && formerOwner !== undefined && formerOwner !== person.client) ||
      (item !== undefined && others(person, [item]).length > 0) ||
      (item !== undefined && hiderOf(person, view.layerOf(item), item) !== undefined)
    );
  }

  const isPossible = (way: Way): boolean => view.value(key) === from(way) && isNext(way) && !isGone();

  return {
    can: (way) => isPossible(way) && isShown(way),
    act(way) {
      if (!isPossible(way)) {
        if ((way === "undo" && !isNext(way)) || view.value(key) === to(way)) return () => "done";
        const areOthers = isAnybodyToBlame(way);
        return () => (areOthers ? "skipped" : "done");
      }
      person.write(key, to(way));
      if (way === "undo") person.setOwner(key, formerOwner);
      isUndone = way === "undo";
      putBack = { write: view.winner(key)!.write, value: to(way) };
      const isPlace = item !== undefined && field === "place";
      return () => (isPlace && person.isOrderAsBefore() ? "shared" : "done");
    },
  };
}

function hiddenOf({ view }: Person, targets: readonly string[]): Outcome {
  const hidden = targets.filter((target) => view.hides(target)).length;
  if (hidden === 0) return "done";
  return hidden === targets.length ? "shared" : "partly";
}
