/*
 * What is on the page only as long as there is a board: the canvas, the commands, and who listens to the
 * board.
 */
import type { Board } from "../board/document/board.ts";
import type { PastStep } from "../board/document/past.ts";
import { encodeThumbnail } from "../board/document/thumbnail.ts";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { Log } from "../env/log.ts";
import type { Contact, Session } from "../session.ts";
import type { CameraState } from "./camera/view.ts";
import type { InkTheme } from "../render/canvas/theme.ts";
import type { PictureSource } from "../render/shapes/bitmaps.ts";
import type { Choices } from "./choices/choices.ts";
import { personColor } from "./choices/colors.ts";
import type { Commands } from "./input/commands.ts";
import { createAwayPlay } from "./memory/away-play.ts";
import type { AwayPlay } from "./memory/away-play.ts";
import { createLookBack } from "./memory/look-back.ts";
import type { Author } from "./memory/past-reading.ts";
import type { Notices } from "./notices/notices.ts";
import { NOTICE_SECONDS } from "./notices/session-notices.ts";
import type { OwnPresence } from "./own-presence.ts";
import { createAbsentPictures } from "./pictures/absent-pictures.ts";
import { createPictureIntake, type PictureIntake } from "./pictures/picture-intake.ts";
import { pageCommands } from "./page-commands.ts";
import type { PageControls } from "./page-controls.ts";
import type { PagePeople } from "./page-people.ts";
import { boxOn, coveredBy, type Page } from "./page.ts";
import type { TakeIn } from "./selection/clipboard-access.ts";
import type { Stage } from "./stage/stage.ts";
import { createStage } from "./stage/stage.ts";
import { pageClock } from "./widgets/page-clock.ts";
import type { Strings } from "./words/strings.ts";

/** How long the notice of what is back offers to take it away again. */
const UNDO_SECONDS = 10;

/** The board that is on the page. As long as it is, there are commands. */
export interface PageBoard {
  readonly stage: Stage;
  readonly away: Pick<AwayPlay, "again" | "isPlaying">;
  readonly pictures: PictureIntake;
  /** Contacts, or what is here of pictures, are others than before. */
  update(contacts: readonly Contact[]): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface PageBoardDeps {
  readonly shown: {
    readonly board: Board;
    /** Where the person looks at first; undefined: at all there is. */
    readonly start: CameraState | undefined;
  };
  readonly bitmaps: PictureSource;
  readonly page: Page;
  readonly session: Session;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly commands: Commands;
  readonly notices: Notices;
  readonly people: PagePeople;
  readonly controls: PageControls;
  readonly events: {
    readonly onLocalPresence: OwnPresence["moved"];
    /** What draws itself begins, or is done. */
    readonly onPlay: () => void;
    readonly takeIn: TakeIn;
  };
  readonly log: Log;
}

export function openPageBoard(deps: PageBoardDeps): PageBoard {
  const { page, session, bitmaps, strings, choices, commands, notices, people, controls } = deps;
  const { board, start } = deps.shown;
  const { toolbar, history } = controls;
  const say = (text: string): void => void notices.show({ kind: "canvas", text, seconds: NOTICE_SECONDS });

  /** How many texts were taken from under the hands: one notice must not replace another with its words. */
  let taken = 0;
  const absent = createAbsentPictures({
    surface: page.surface,
    board,
    nowhere: session.blobs.nowhere,
    camera: () => stage.view.camera(),
    clock: pageClock,
    strings,
  });
  const stage = createStage({
    elements: page,
    covers: {
      insets: () => coveredBy(page),
      viewTools: () => boxOn(page.surface, controls.viewTools),
    },
    board,
    start,
    pictures: bitmaps,
    choices,
    strings,
    nameOf: people.nameOf,
    commands,
    messages: {
      say,
      takeFiles: (files, at) => pictures.take(files, at),
      takeIn: deps.events.takeIn,
      pictureBytes: session.blobs,
      textTaken({ settings, by }, lost) {
        const { names } = people.whoWrote(by);
        const text = settings ? strings.typedTextLocked(names) : strings.typedTextErased(names);
        const kind = `text-taken-${++taken}`;
        const offer = (): void => {
          const run = (): void => void (lost.putBack() || offer());
          notices.show({ kind, text, action: { label: strings.putTextBack, run } });
        };
        offer();
        lost.onReturn(() => notices.dismiss(kind));
      },
    },
    events: {
      onPress() {
        people.follow.stop();
        const closes = toolbar.openPanel() !== undefined && !controls.staysOpen();
        if (closes) toolbar.closePanel();
        return closes;
      },
      onWheel: people.follow.stop,
      onViewChange() {
        controls.showView();
        absent.place();
      },
      onLocalPresence: deps.events.onLocalPresence,
      onPreview: session.setPreview,
      onRefused: controls.refuse,
    },
    onError: (error) => deps.log.warn("stage: a listener failed", error),
  });
  const lookBack = lookBackOn(stage, say, deps);
  const away = awayPlayOn(stage, deps);
  const pictures = picturesFor(stage, say, deps);
  const stops = [
    board.history.onChange(controls.showBoard),
    board.onChange((change) => {
      // That is told in one line when all of it is here.
      if (!away.take(change)) people.news.boardChanged(change, people.whoWrote(change.by));
      if (change.settings) controls.showBoard();
      else controls.showHistory();
    }),
    commands.handle({
      undo: history.undo,
      redo: history.redo,
      clear: history.clear,
      retract: history.retract,
    }),
    commands.handle(
      pageCommands({
        commands,
        choices,
        toolbar,
        view: stage.view,
        follow: people.toggleFollow,
        lookBack() {
          people.follow.stop();
          toolbar.closePanel();
          for (const command of ["break-off", "stop-typing", "deselect"] as const) commands.run(command);
          lookBack.open();
        },
        leave: controls.leave,
        onView: people.follow.stop,
        strings,
        announce: people.news.say,
      }),
    ),
  ];
  return {
    stage,
    away,
    pictures,
    update(contacts) {
      stage.contacts.update(contacts);
      absent.update();
      lookBack.update();
    },
    setTheme(theme) {
      for (const part of [stage, lookBack]) part.setTheme(theme);
    },
    close() {
      for (const part of [lookBack, away, pictures, absent, stage]) part.close();
      for (let i = 1; i <= taken; i++) notices.dismiss(`text-taken-${i}`);
      for (const stop of stops) stop();
    },
  };
}

function lookBackOn(
  stage: Stage,
  say: (text: string) => void,
  deps: PageBoardDeps,
): ReturnType<typeof createLookBack> {
  const { page, strings, commands, people, bitmaps } = deps;
  return createLookBack({
    board: deps.shown.board,
    pictures: bitmaps,
    strings,
    commands,
    elements: page,
    insets: () => coveredBy({ ...page, bar: document.getElementById("look-back") ?? page.bar }),
    reducedMotion,
    authorOf: (step) => authorOf(step, deps),
    knowsPeople: deps.session.knowsPeople,
    start: () => ({ camera: stage.view.camera(), byHand: stage.view.byHand() }),
    messages: {
      announce: people.news.say,
      nothing: () => say(strings.lookBack.nothing),
      back: (count, undo) => sayBack(count, undo, deps),
    },
  });
}

/** Pictures come to the canvas, and their bytes to where the session keeps them. */
function picturesFor(
  stage: Stage,
  say: (text: string) => void,
  { session, strings }: PageBoardDeps,
): PictureIntake {
  return createPictureIntake({
    strings,
    say,
    place({ bytes, thumbnail, ...look }, at, nth) {
      const hash = session.blobs.put(bytes);
      if (hash === undefined) return say(strings.intake.noRoom);
      const record = { ...look, hash, bytes: bytes.length, thumbnail: encodeThumbnail(thumbnail) };
      stage.placePicture(record, at, nth);
    },
  });
}

/** What the others drew while this person was away draws itself on the canvas. */
function awayPlayOn({ playback, view }: Stage, deps: PageBoardDeps): AwayPlay {
  const { session, choices, people } = deps;
  const { board } = deps.shown;
  return createAwayPlay({
    board,
    canvas: playback,
    isAway: (id) => session.away()?.includes(session.pages()?.current() ?? FIRST_PAGE, id) === true,
    mayMove: () => !reducedMotion(),
    isWanted: () => choices.preferences().playAway,
    goTo(box) {
      people.follow.stop();
      view.goTo(box);
    },
    onChange: deps.events.onPlay,
  });
}

/** Who did something, as far as that is known. */
function authorOf({ by, isOwn }: PastStep, { session, strings, people }: PageBoardDeps): Author {
  const own = session.own();
  const address = isOwn ? own : session.whoIs(by);
  if (address === undefined) return { isOwn, name: strings.somebody, color: personColor(String(by)) };
  return { isOwn: address === own, name: people.nameOf(address), color: personColor(address) };
}

function sayBack(
  count: number,
  undo: () => void,
  { notices, strings }: Pick<PageBoardDeps, "notices" | "strings">,
): void {
  // Why nothing came has been told.
  if (count === 0) return;
  const action = { label: strings.undo, run: undo };
  notices.show({ kind: "history", text: strings.lookBack.back(count), seconds: UNDO_SECONDS, action });
}

function reducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
