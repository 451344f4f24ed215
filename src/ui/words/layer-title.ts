import { visibleLine } from "../../base/visible-line.ts";
import type { Layer, LayerId } from "../../board/document/board.ts";
import { MAX_NAME_CHARS } from "../../sync/wire/name.ts";
import type { Strings } from "./strings.ts";

/** What a layer is called: by its name, or by its place from the bottom. */
export function layerTitle(layers: readonly Layer[], id: LayerId, strings: Strings): string {
  const at = layers.findIndex((layer) => layer.id === id);
  const name = visibleLine(layers[at]?.name ?? "", MAX_NAME_CHARS);
  return name === "" ? strings.layerAt(at + 1) : name;
}
