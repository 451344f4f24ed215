/*
 * What a board must show, told in sets of facts: who hid what by which gesture, who wrote what over
 * what. It knows nothing of documents, clocks, marks or encodings.
 */

export type Client = number;

/** The value of an attribute; undefined: as it was in the beginning. */
export type Value = string | number | boolean | undefined;

export type Fact =
  | {
      readonly kind: "item";
      readonly id: string;
      readonly author: Client;
      /** What lay on top of all when it was made. */
      readonly over: string | undefined;
      /** Where it begins. */
      readonly x: number;
      readonly color: number;
      readonly isText: boolean;
    }
  /** Ink grows by stretches, each of which can be cut out; `isOpen`: it is still under the pen. */
  | { readonly kind: "ink"; readonly item: string; readonly spans: number; readonly isOpen: boolean }
  | { readonly kind: "char"; readonly item: string; readonly char: string; readonly author: Client }
  /** Somebody saw these characters one after another. */
  | { readonly kind: "words"; readonly item: string; readonly chars: readonly string[] }
  | {
      readonly kind: "hide";
      readonly hide: number;
      readonly targets: readonly string[];
      readonly author: Client;
    }
  | { readonly kind: "switch"; readonly hide: number; readonly on: boolean }
  | {
      readonly kind: "write";
      readonly write: number;
      readonly key: string;
      readonly value: Value;
      readonly over: number | undefined;
      readonly author: Client;
    };

export type ItemFact = Extract<Fact, { kind: "item" }>;
type Write = Extract<Fact, { kind: "write" }>;

/** Targets of hiding: an item, a character of its words, a stretch of its ink. */
export const charTarget = (char: string): string => `char ${char}`;
export const spanTarget = (id: string, span: number): string => `span ${id} ${span}`;

export interface ShownLayer {
  readonly id: string;
  readonly name: Value;
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly opacity: Value;
}

/** What somebody sees who knows these facts. */
export class View {
  readonly items = new Map<string, ItemFact>();
  readonly #ink = new Map<string, { spans: number; isOpen: boolean }>();
  readonly #chars = new Map<string, { char: string; author: Client }[]>();
  readonly #words = new Map<string, (readonly string[])[]>();
  readonly #hides = new Map<number, { targets: readonly string[]; author: Client; on: boolean }>();
  readonly #writes = new Map<string, Write[]>();
  readonly #layers = new Set<string>([""]);
  readonly #winners = new Map<string, Write | undefined>();
  #hidden: Set<string> | undefined;
  #drawn: readonly string[] | undefined;
  #shownLayers: readonly ShownLayer[] | undefined;

  constructor(facts: Iterable<Fact>) {
    for (const fact of facts) this.add(fact);
  }

  add(fact: Fact): void {
    if (fact.kind === "hide" || fact.kind === "switch") this.#hidden = undefined;
    if (fact.kind === "item") {
      this.#drawn = undefined;
      this.items.set(fact.id, fact);
    } else if (fact.kind === "ink") {
      const spans = this.spanCount(fact.item) + fact.spans;
      this.#ink.set(fact.item, { spans, isOpen: fact.isOpen });
    } else if (fact.kind === "char") {
      this.#chars.set(fact.item, [...(this.#chars.get(fact.item) ?? []), fact]);
    } else if (fact.kind === "words") {
      this.#words.set(fact.item, [...this.words(fact.item), fact.chars]);
    } else if (fact.kind === "hide") {
      const { targets, author } = fact;
      this.#hides.set(fact.hide, { targets, author, on: true });
    } else if (fact.kind === "switch") this.#hides.get(fact.hide)!.on = fact.on;
    else {
      this.#winners.delete(fact.key);
      this.#shownLayers = undefined;
      this.#writes.set(fact.key, [...(this.#writes.get(fact.key) ?? []), fact]);
      const layer = /^layer (.*) place$/u.exec(fact.key);
      if (layer) this.#layers.add(layer[1]!);
    }
  }

  /** Whether some gesture that stands hides it. */
  hides(target: string): boolean {
    this.#hidden ??= new Set([...this.#hides.values()].flatMap(({ targets, on }) => (on ? targets : [])));
    return this.#hidden.has(target);
  }

  /** Whose gestures that stand hide some of it. */
  hiders(targets: readonly string[]): Client[] {
    const about = new Set(targets);
    const hides = [...this.#hides.values()].filter(({ on }) => on);
    return hides
      .filter((hide) => hide.targets.some((target) => about.has(target)))
      .map(({ author }) => author);
  }

  /** Whether the value that counts was written by somebody who knew of this write. */
  isOver(key: string, write: number): boolean {
    const writes = new Map((this.#writes.get(key) ?? []).map((each) => [each.write, each] as const));
    for (let now = this.winner(key); now; now = now.over === undefined ? undefined : writes.get(now.over)) {
      if (now.write === write) return true;
    }
    return false;
  }

  /** Who writes without knowing of one another: the greater client's value counts. */
  winner(key: string): Write | undefined {
    if (!this.#winners.has(key)) this.#winners.set(key, this.#findWinner(key));
    return this.#winners.get(key);
  }

  #findWinner(key: string): Write | undefined {
    const writes = this.#writes.get(key) ?? [];
    let winner: Write | undefined;
    for (;;) {
      const next = writes.filter(({ over }) => over === winner?.write).sort((a, b) => b.author - a.author)[0];
      if (!next) return winner;
      winner = next;
    }
  }

  value(key: string): Value {
    return this.winner(key)?.value;
  }

  layers(): readonly ShownLayer[] {
    return (this.#shownLayers ??= this.#findLayers());
  }

  #findLayers(): ShownLayer[] {
    return [...this.#layers]
      .filter(
        (id) =>
          id === "" || (this.value(`layer ${id} place`) !== undefined && !this.value(`layer ${id} removed`)),
      )
      .map((id) => ({
        id,
        name: this.value(`layer ${id} name`) ?? "",
        hidden: this.value(`layer ${id} hidden`) === true,
        locked: this.value(`layer ${id} locked`) === true,
        opacity: this.value(`layer ${id} opacity`) ?? 1,
      }))
      .sort((a, b) => this.placeOf(a.id) - this.placeOf(b.id) || (a.id < b.id ? -1 : 1));
  }

  /** Where a layer is among the others. */
  placeOf(layer: string): number {
    return Number(this.value(`layer ${layer} place`) ?? 0);
  }

  layerOf(id: string): ShownLayer {
    return this.layerWith(id, this.value(`${id} layer`));
  }

  /** The layer that an item is meant to be on, moved there or drawn there, whether or not it is there. */
  meantLayer(id: string, moved: Value): Value {
    return moved ?? this.value(`${id} drawn`) ?? "";
  }

  layerWith(id: string, moved: Value): ShownLayer {
    const layers = this.layers();
    const own = this.meantLayer(id, moved);
    return layers.find((layer) => layer.id === own) ?? layers.find((layer) => layer.id === "")!;
  }

  visible(): ItemFact[] {
    return [...this.items.values()].filter(({ id }) => !this.hides(id) && !this.layerOf(id).hidden);
  }

  /** What tools may touch. */
  touchable(): ItemFact[] {
    return this.visible().filter(({ id }) => !this.layerOf(id).locked);
  }

  /**
   * All that was ever made, the first below: each right over what lay on top for its author, and of
   * those made over the same thing at once the greater client's higher.
   */
  drawn(): readonly string[] {
    if (this.#drawn) return this.#drawn;
    const above = new Map<string | undefined, ItemFact[]>();
    for (const item of this.items.values()) above.set(item.over, [...(above.get(item.over) ?? []), item]);
    const found: string[] = [];
    const climb = (under: string | undefined): void => {
      for (const { id } of (above.get(under) ?? []).sort((a, b) => a.author - b.author)) {
        found.push(id);
        climb(id);
      }
    };
    climb(undefined);
    this.#drawn = found;
    return found;
  }

  /** The visible things of each layer, bottom first: as they were made, but for those put beside another. */
  stacks(): ReadonlyMap<string, readonly string[]> {
    const places = new Map(this.drawn().map((id, place) => [id, place] as const));
    const rankOf = (id: string): readonly [number, number, number] => {
      const own = places.get(id)!;
      const [beside = id, offset = 0] = String(this.value(`${id} place`) ?? id).split(" ");
      return [places.get(beside)!, Number(offset), own];
    };
    const ranked = this.visible()
      .map(({ id }) => ({ id, rank: rankOf(id) }))
      .sort(({ rank: a }, { rank: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    const stacks = new Map(this.layers().map(({ id }) => [id, [] as string[]] as const));
    for (const { id } of ranked) stacks.get(this.layerOf(id).id)!.push(id);
    return stacks;
  }

  isOpen(id: string): boolean {
    return this.#ink.get(id)?.isOpen === true;
  }

  /** How many stretches it has, those included that are cut out. */
  spanCount(id: string): number {
    return this.#ink.get(id)?.spans ?? 0;
  }

  /** What people saw of a text, each in the order in which it was. */
  words(id: string): readonly (readonly string[])[] {
    return this.#words.get(id) ?? [];
  }

  chars(id: string): { char: string; author: Client }[] {
    return (this.#chars.get(id) ?? []).filter(({ char }) => !this.hides(charTarget(char)));
  }

  spansOf(id: string): number[] {
    return Array.from({ length: this.spanCount(id) }, (_, span) => span).filter(
      (span) => !this.hides(spanTarget(id, span)),
    );
  }
}
