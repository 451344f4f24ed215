/*
 * Where gestures become visible before they change the board: this person's, and the contacts'.
 */
import type { Point } from "../../base/geometry.ts";
import type { LayerId } from "../../board/document/board.ts";
import type { Preview } from "../../board/previews/preview.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { LaserTrail } from "../../render/layers/laser.ts";
import type { Renderer } from "../../render/renderer.ts";
import type { Contact } from "../../session.ts";
import type { ToolPreview } from "../../tools/tool.ts";

/** Shows what everybody's gestures are about to do. */
export interface GestureView {
  /** This person's; it is told to the contacts too. `predicted`: where the ink probably goes on. */
  showOwn(preview: ToolPreview | undefined, predicted: readonly InkPoint[]): void;
  /** What only this person sees of it: what is being enclosed, what an eraser covers. */
  showAids(aids: {
    readonly lasso: readonly Point[] | undefined;
    readonly ring: { readonly at: Point; readonly radius: number } | undefined;
  }): void;
  showContacts(contacts: readonly Contact[]): void;
}

/** No contact's address. */
const OWN = "";

export function createGestureView({
  renderer,
  previewed,
  layer,
  tell,
}: {
  readonly renderer: Pick<Renderer, "setPreviews" | "setLasers" | "setOverlay">;
  readonly previewed: Pick<PreviewedBoard, "setPreview">;
  /** Where this person draws. */
  readonly layer: () => LayerId;
  readonly tell: (preview: Preview | undefined) => void;
}): GestureView {
  let own: Preview | undefined;
  let ownLight: LaserTrail | undefined;
  let lights: readonly LaserTrail[] = [];
  let contactsSeen: ReadonlyMap<string, Preview> = new Map();
  let hasAids = false;

  const shine = (): void => {
    const all = [...lights, ...(ownLight ? [ownLight] : [])];
    renderer.setLasers(all);
  };

  return {
    showOwn(preview, predicted) {
      renderer.setPreviews(preview?.kind === "ink" ? [{ ...preview, predicted, layer: layer() }] : []);
      const next = preview?.kind === "ink" ? undefined : preview;
      if (next === own) return;
      own = next;
      const light = next?.kind === "laser" ? next : undefined;
      if (light || ownLight) {
        ownLight = light;
        shine();
      }
      previewed.setPreview(OWN, light ? undefined : next, layer());
      tell(next);
    },
    showAids({ lasso, ring }) {
      const some = lasso !== undefined || ring !== undefined;
      if (!some && !hasAids) return;
      hasAids = some;
      renderer.setOverlay({ ...(lasso ? { lasso } : {}), ...(ring ? { ring } : {}) });
    },
    showContacts(contacts) {
      const seen = new Map(
        contacts.flatMap(({ address, preview }) => (preview ? [[address, preview] as const] : [])),
      );
      const hadLight = lights.length > 0;
      lights = [...seen.values()].flatMap((preview) => (preview.kind === "laser" ? [preview] : []));
      if (hadLight || lights.length > 0) shine();
      for (const [address, preview] of seen) {
        if (contactsSeen.get(address) === preview) continue;
        previewed.setPreview(address, preview.kind === "laser" ? undefined : preview);
      }
      for (const address of contactsSeen.keys())
        if (!seen.has(address)) previewed.setPreview(address, undefined);
      contactsSeen = seen;
    },
  };
}
