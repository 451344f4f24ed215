/*
 * The bar under a board of another moment: where one is, how one gets on, and what can come back.
 */
import { element, listen } from "../widgets/dom.ts";
import { iconButton, nameButton } from "../widgets/icon-button.ts";
import type { IconName } from "../widgets/icons.ts";
import { icon } from "../widgets/icons.ts";
import { createSlider } from "../widgets/slider.ts";
import type { Strings } from "../words/strings.ts";

export interface LookBackBar {
  readonly root: HTMLElement;
  /** Under the slider, as a CSS image. */
  showTrack(track: string): void;
  /** So many steps are done; `words`: what the last of them was. */
  showPlace(at: number, words: string): void;
  showPlayer(state: { readonly isPlaying: boolean; readonly speed: number }): void;
  /** How many things could come back. */
  showMissing(count: number): void;
  toggleLasso(): void;
  focus(): void;
}

export interface LookBackBarDeps {
  readonly strings: Strings;
  readonly steps: number;
  /** The track of the slider, as a CSS image. */
  readonly track: string;
  readonly events: {
    readonly onMove: (at: number) => void;
    readonly onStep: (by: 1 | -1) => void;
    readonly onPlay: () => void;
    readonly onSpeed: () => void;
    readonly onLasso: (isOn: boolean) => void;
    readonly onBringBack: () => void;
    readonly onClose: () => void;
  };
}

export function createLookBackBar({ strings, steps, track, events }: LookBackBarDeps): LookBackBar {
  const { lookBack } = strings;
  const slider = createSlider({ label: lookBack.moment, kind: "moment", max: steps, onInput: events.onMove });
  slider.input.id = "look-back-slider";
  const showTrack = (image: string): void => slider.input.style.setProperty("--track", image);
  showTrack(track);

  const button = (name: string, label: string, picture: IconName, run: () => void): HTMLButtonElement => {
    const made = iconButton(label, picture, `look-back-${name}`);
    listen(made, "click", run);
    return made;
  };
  const textButton = (name: string, run: () => void): HTMLButtonElement => {
    const made = element("button", {
      id: `look-back-${name}`,
      class: "look-back-text-button",
      attributes: { type: "button" },
    });
    listen(made, "click", run);
    return made;
  };
  const earlier = button("earlier", lookBack.earlier, "stepBack", () => events.onStep(-1));
  const play = button("play", lookBack.play, "play", events.onPlay);
  const later = button("later", lookBack.later, "stepOn", () => events.onStep(1));
  const speed = textButton("speed", events.onSpeed);
  // A number and a sign, which are read in this order in every language.
  speed.dir = "ltr";
  const lasso = button("lasso", strings.selectModes.lasso, "select", toggleLasso);
  lasso.setAttribute("aria-pressed", "false");
  const bringBack = textButton("bring-back", () => {
    if (bringBack.getAttribute("aria-disabled") !== "true") events.onBringBack();
  });
  const now = textButton("now", events.onClose);
  now.append(icon("close"), element("span", { text: lookBack.now }));
  const words = element("p", { id: "look-back-words" });
  const place = element("span", { class: "percent", id: "look-back-place" });

  function toggleLasso(): void {
    const isOn = lasso.getAttribute("aria-pressed") !== "true";
    lasso.setAttribute("aria-pressed", String(isOn));
    events.onLasso(isOn);
  }

  return {
    root: element("section", { id: "look-back", attributes: { "aria-label": lookBack.title } }, [
      element("div", { class: "look-back-head" }, [words, place]),
      slider.root,
      element("div", { class: "look-back-row" }, [earlier, play, later, speed, lasso, bringBack, now]),
    ]),
    showTrack,
    showPlace(at, text) {
      const number = lookBack.place(at, steps);
      words.textContent = text;
      place.textContent = number;
      slider.set(at, `${text}, ${number}`);
    },
    showPlayer(state) {
      nameButton(play, state.isPlaying ? lookBack.pause : lookBack.play);
      play.replaceChildren(icon(state.isPlaying ? "pause" : "play"));
      speed.textContent = `${state.speed}×`;
      speed.setAttribute("aria-label", lookBack.speed(state.speed));
    },
    showMissing(count) {
      bringBack.textContent = count === 0 ? lookBack.nothingGone : lookBack.bringBack(count);
      bringBack.setAttribute("aria-disabled", String(count === 0));
    },
    toggleLasso,
    focus: () => slider.input.focus(),
  };
}
