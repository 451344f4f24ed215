import { PLACE } from "../../src/board/document/attributes.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import type { LayerId } from "../../src/board/document/board.ts";
import type { Part } from "./model-parts.ts";
import { oneOf, record, same } from "./model-step.ts";
import type { Action, Peer } from "./model-step.ts";
import { layerKey } from "../../src/board/document/keys.ts";

/** What becomes of the layers. */
export const LAYERS = {
  layer(run, peer, { a }) {
    const { board, person } = peer;
    const below = person.view.layers().map(({ id }) => id);
    const id = board.addLayer(`n${a}`);
    record(person, [setPlace(peer, id), person.set(`layer ${id} name`, `n${a}`)]);
    sameOrder(peer, [...below, id]);
  },
  name: (run, peer, { a, b }) => changeLayer(peer, a, "name", `n${b}`),
  hide: (run, peer, { a, b }) => changeLayer(peer, a, "hidden", b % 4 === 0),
  lock: (run, peer, { a, b }) => changeLayer(peer, a, "locked", b % 4 === 0),
  fade: (run, peer, { a, b }) => changeLayer(peer, a, "opacity", (b % 5) / 4),
  reorder(run, peer, { a, b }) {
    const { board, person } = peer;
    const order = person.view.layers().map(({ id }) => id);
    const id = oneOf(order, a)!;
    const at = b % order.length;
    const others = order.filter((other) => other !== id);
    const after = [...others.slice(0, at), id, ...others.slice(at)];
    const does = after.join() !== order.join();
    same(board.changeLayer(id, { at }), does);
    if (!does) return;
    const placeOf = (neighbour: LayerId | undefined, otherwise: number): number =>
      neighbour === undefined ? otherwise : person.view.placeOf(neighbour);
    const hasRoom = placeOf(others[at - 1], -Infinity) < placeOf(others[at], Infinity);
    // Two that were added at once have one place: where nothing fits between, each gets its own.
    record(
      person,
      (hasRoom ? [id] : after).map((each) => setPlace(peer, each)),
    );
    sameOrder(peer, after);
  },
  remove(run, { board, person }, { a }) {
    const { id } = oneOf(person.view.layers(), a)!;
    same(board.removeLayer(id), id !== FIRST_LAYER);
    if (id !== FIRST_LAYER) record(person, [person.set(`layer ${id} removed`, true)]);
  },
} as const satisfies Record<string, Action>;

function changeLayer(
  { board, person }: Peer,
  a: number,
  field: "name" | "hidden" | "locked" | "opacity",
  value: string | boolean | number,
): void {
  const layer = oneOf(person.view.layers(), a)!;
  same(board.changeLayer(layer.id, { [field]: value }), layer[field] !== value);
  if (layer[field] !== value) record(person, [person.set(`layer ${layer.id} ${field}`, value)]);
}

/** Takes from the board which number it gave to a layer's place; the order that comes of it is the model's. */
function setPlace({ doc, person }: Peer, layer: LayerId): Part {
  const bytes = doc.getMap<Uint8Array>("attrs").get(layerKey(layer, "o"))!;
  return person.set(`layer ${layer} place`, PLACE.decode(bytes));
}

function sameOrder({ person }: Peer, expected: readonly LayerId[]): void {
  same(
    person.view.layers().map(({ id }) => id),
    expected,
  );
}
