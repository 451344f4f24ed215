/*
 * Looking back: the board at any moment, over the board of now, until the person returns. Nobody can change anything
 * there but bring things back; what others draw meanwhile is on the board of now.
 *
 *   away --open, all steps are known--> looking --moments, playing--> looking
 *   looking --back to now, Escape, things are back, another board--> away
 */
import type { PictureSource } from "../../render/shapes/bitmaps.ts";
import type { Board } from "../../board/document/board.ts";
import type { BringingBack, PastStep } from "../../board/document/past.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Insets } from "../camera/auto-camera.ts";
import { runViewCommand } from "../camera/view-commands.ts";
import type { CameraState } from "../camera/view.ts";
import type { Commands, ViewCommand } from "../input/commands.ts";
import { element } from "../widgets/dom.ts";
import { pageClock } from "../widgets/page-clock.ts";
import type { Strings } from "../words/strings.ts";
import { createChoice } from "./choice.ts";
import { createLookBackBar } from "./look-back-bar.ts";
import { keepClipboardOff, listenToSteps } from "./look-back-keys.ts";
import type { StepKeys } from "./look-back-keys.ts";
import { createPastCanvas } from "./past-canvas.ts";
import type { PastCanvas } from "./past-canvas.ts";
import { createAuthors, makeItems, showAll } from "./past-reading.ts";
import type { Author, PastOfBoard } from "./past-reading.ts";
import { createPlayer } from "./player.ts";
import { inSlices } from "./slices.ts";
import { createStepWords } from "./step-words.ts";
import { trackImage } from "./track.ts";
import { createWalk } from "./walk.ts";

/** Shows the board of other moments. */
export interface LookBack {
  open(): void;
  /** Who somebody is, or what they are called, may be known otherwise. */
  update(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface LookBackDeps {
  readonly board: Board;
  readonly pictures: PictureSource;
  readonly strings: Strings;
  readonly commands: Commands;
  /** Where it is put on the page, which carries `data-look-back` meanwhile. */
  readonly elements: { readonly root: HTMLElement; readonly strip: HTMLElement; readonly dock: HTMLElement };
  readonly insets: () => Insets;
  readonly reducedMotion: () => boolean;
  readonly authorOf: (step: PastStep) => Author;
  /** As Session has it. */
  readonly knowsPeople: () => boolean;
  /** Where the person looks now. */
  readonly start: () => CameraState;
  readonly messages: {
    /** Reads aloud. */
    readonly announce: (text: string) => void;
    readonly nothing: () => void;
    /** So many things are back. */
    readonly back: (count: number, undo: () => void) => void;
  };
}

/** After so long at one moment it is found out what of it is gone. In milliseconds. */
const REST_MS = 150;
/** Where somebody looks back as soon as the app is open, it waits so long for the names of people. */
const NAMES_MS = 1000;

export function createLookBack(deps: LookBackDeps): LookBack {
  const { board, strings, messages } = deps;
  let theme: InkTheme = { dark: false };
  let looking: Looking | undefined;
  let stopReading: (() => void) | undefined;

  function close(): void {
    stopReading?.();
    stopReading = undefined;
    looking?.close();
    looking = undefined;
  }

  return {
    open() {
      if (looking || stopReading) return;
      const past = board.lookBack();
      const stopMaking = makeItems(past);
      const nameless = pageClock.now() + NAMES_MS;
      const hasNames = (): boolean => deps.knowsPeople() || pageClock.now() >= nameless;
      stopReading = inSlices(
        (enough) => past.prepare(enough) && showAll(past, enough) && hasNames(),
        () => {
          stopReading = undefined;
          stopMaking();
          if (past.steps.length === 0) return messages.nothing();
          looking = lookAt(past, { ...deps, onClose: close });
          looking.setTheme(theme);
          messages.announce(strings.lookBack.title);
        },
      );
    },
    update: () => looking?.update(),
    setTheme(next) {
      theme = next;
      looking?.setTheme(next);
    },
    close,
  };
}

type Looking = Pick<LookBack, "update" | "setTheme" | "close">;

function lookAt(past: PastOfBoard, deps: LookBackDeps & { readonly onClose: () => void }): Looking {
  const { strings, elements, messages, onClose } = deps;
  const { steps } = past;
  const root = coverPage(elements);
  const canvas = createPastCanvas(
    {
      root,
      board: past.board,
      start: deps.start(),
      onTap: (item) => item && choice.toggle(item.id),
      onEnclose: (items) => choice.add(items.map(({ id }) => id)),
    },
    deps,
  );
  const told = createTold(past, deps);
  const choice = createChoice(past, (chosen) => {
    player.pause();
    canvas.choose(chosen);
    bar.showMissing(chosen.size > 0 ? chosen.size : past.missing().length);
  });
  let stopResting: (() => void) | undefined;
  let bringing: BringingBack | undefined;
  let stopBringing: (() => void) | undefined;

  const walk = createWalk(past, pageClock.requestFrame, moved);
  const player = createPlayer({
    steps,
    at: past.at,
    show: walk.leap,
    reducedMotion: deps.reducedMotion,
    requestFrame: (task) => pageClock.requestFrame(() => task(pageClock.now())),
    onChange: () => bar.showPlayer({ isPlaying: player.isPlaying(), speed: player.speed() }),
  });
  const bar = createLookBackBar({
    strings,
    steps: steps.length,
    track: told.track(),
    events: {
      onMove: goTo,
      onStep: goBy,
      onPlay: play,
      onSpeed: player.nextSpeed,
      onLasso: canvas.setLasso,
      onBringBack: bringBack,
      onClose,
    },
  });
  elements.dock.append(bar.root);

  const words = (): string => told.words(steps[past.at() - 1]);

  /** Another moment is shown. */
  function moved(): void {
    canvas.choose(choice.clear());
    bar.showPlace(past.at(), words());
    stopResting?.();
    stopResting = pageClock.after(REST_MS, () => bar.showMissing(past.missing().length));
  }

  function goTo(at: number): void {
    player.pause();
    walk.goTo(at);
  }

  function goBy(by: number): void {
    goTo(walk.target() + by);
    messages.announce(words());
  }

  function play(): void {
    if (player.isPlaying()) {
      player.pause();
      messages.announce(words());
    } else if (!walk.isUnderWay()) player.play();
  }

  function bringBack(): void {
    if (bringing) return;
    player.pause();
    const back = past.bringBack(choice.all().size > 0 ? [...choice.all()] : past.missing());
    bringing = back;
    stopBringing = inSlices(back.go, () => {
      const { length } = back.ids();
      onClose();
      messages.back(length, back.undo);
    });
  }

  const end: StepKeys["end"] = (isLast) => goBy(isLast ? steps.length : -steps.length);
  const keys = { direction: strings.direction, step: goBy, end, play };
  const stopListening = listenTo(deps, canvas, keys, bar.toggleLasso);
  moved();
  bar.showPlayer({ isPlaying: false, speed: player.speed() });
  bar.showMissing(0);
  bar.focus();

  return {
    update() {
      if (!told.update()) return;
      bar.showTrack(told.track());
      bar.showPlace(past.at(), words());
    },
    setTheme: canvas.setTheme,
    close() {
      player.pause();
      walk.stop();
      stopResting?.();
      stopBringing?.();
      // Half of it would be no step of the history.
      bringing?.go(() => false);
      stopListening();
      canvas.close();
      bar.root.remove();
      root.remove();
      delete elements.root.dataset["lookBack"];
    },
  };
}

/** What is told of steps and those who did them; `update` says whether that is something else by now. */
function createTold({ steps, madeAt }: PastOfBoard, { strings, authorOf }: LookBackDeps) {
  const authors = createAuthors(steps, authorOf);
  return {
    update: authors.update,
    words: createStepWords(strings, madeAt, authors.of),
    track: (): string => trackImage(steps, ({ by }) => authors.of(by).color, strings.direction),
  };
}

/** Puts an element over the board of now. */
function coverPage({ root: page, strip }: LookBackDeps["elements"]): HTMLElement {
  const root = element("div", { id: "past" });
  strip.before(root);
  page.dataset["lookBack"] = "on";
  return root;
}

/** All keys of the page are about the other moment; returns how to stop that. */
function listenTo(
  {
    commands,
    elements: { root },
    onClose,
  }: Pick<LookBackDeps, "commands" | "elements"> & { readonly onClose: () => void },
  { view }: Pick<PastCanvas, "view">,
  keys: StepKeys,
  onLasso: () => void,
): () => void {
  const moveView = (command: ViewCommand) => (): void => runViewCommand(command, view);
  const stops = [
    commands.takeOver({
      dismiss: onClose,
      "look-back": onClose,
      select: onLasso,
      "zoom-in": moveView("zoom-in"),
      "zoom-out": moveView("zoom-out"),
      "actual-size": moveView("actual-size"),
      "show-all": moveView("show-all"),
    }),
    keepClipboardOff(root),
    listenToSteps(root, keys),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
