import { lazily } from "../../base/lazily.ts";
import type { Board } from "../../board/document/board.ts";
import type { Refusal } from "../choices/active-layer.ts";
import type { Choices } from "../choices/choices.ts";
import { createLayersPanel } from "./layers-panel.ts";
import { activeLayerOf } from "../choices/active-layer.ts";
import { layerTitle } from "../words/layer-title.ts";
import type { NoticeAction, Notices } from "../notices/notices.ts";
import { ROOM_KINDS, roomText } from "../notices/room-text.ts";
import { NOTICE_SECONDS } from "../notices/session-notices.ts";
import type { Strings } from "../words/strings.ts";

/** The layers of the board: their panel, and what there is to say about them. */
export interface LayerControls {
  readonly panel: { readonly content: () => HTMLElement; readonly update: () => void };
  /** A tool was tried where it must not do anything. */
  refuse(reason: Refusal): void;
}

export function createLayerControls({
  board,
  choices,
  strings,
  notices,
  newPage,
}: {
  readonly board: () => Board | undefined;
  readonly choices: Choices;
  readonly strings: Strings;
  readonly notices: Notices;
  /** Begins a page, where there is room for one. */
  readonly newPage: () => NoticeAction | undefined;
}): LayerControls {
  const panel = lazily(() =>
    createLayersPanel({
      strings,
      choices,
      board,
      onRemoved: (text) => notices.show({ kind: "layer", text, seconds: NOTICE_SECONDS }),
    }),
  );
  return {
    panel: { content: () => panel().content, update: () => panel().update() },
    refuse(reason) {
      const on = board();
      if (!on) return;
      if (reason === "no-room-to-draw" || reason === "no-room-to-erase") {
        const of = on.noRoomFor(reason === "no-room-to-draw" ? "drawing" : "erasing");
        const action = newPage();
        const text = of && roomText(of, "full", strings);
        if (text !== undefined) notices.show({ kind: ROOM_KINDS[of!], text, ...(action ? { action } : {}) });
        return;
      }
      const layers = on.layers();
      const { id } = activeLayerOf(layers, choices.activeLayer());
      const title = layerTitle(layers, id, strings);
      const isLocked = reason === "locked";
      notices.show({
        kind: "layer",
        text: isLocked ? strings.layerIsLocked(title) : strings.layerIsHidden(title),
        seconds: NOTICE_SECONDS,
        action: {
          label: isLocked ? strings.unlock : strings.show,
          run: () => void on.changeLayer(id, isLocked ? { locked: false } : { hidden: false }),
        },
      });
    },
  };
}
