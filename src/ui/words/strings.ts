import { createMessages } from "./messages.ts";
import type { Language, Messages, TextRow, Translation } from "./messages.ts";

/*
 * All words that a person reads or hears, in English; the other languages are in languages/.
 *
 * To add one, add a line to TEXTS: `key: "Text"` is a string, `key: "{name} is here"` a function of the
 * name, `{ one: "{count} stroke", other: "{count} strokes" }` a function of the number (see messages.ts).
 * A comment above it tells translators what it is for, where the text does not. A language that lacks a
 * key shows the English text; test/ui/words/languages.test.ts tells which those are.
 */
export const TEXTS = {
  board: "Board",
  toolbar: "Drawing tools",
  backToChat: "Back to chat",
  showAll: "Show all",
  percent: "{percent} %",
  /** The button that shows the zoom, and brings it back to 100 %. */
  backToActualSize: "Zoom {zoom}. Back to 100 %",
  /** Goes to where a contact is at work. */
  showMe: "Show me {name}",
  fingersMove: "Fingers move the board",
  fingersDraw: "Draw with fingers",
  /** A pen was used for the first time. */
  penFound: "You draw with the pen. Fingers move the board.",
  color: "Colour",
  size: "Size",
  undo: "Undo",
  redo: "Redo",
  clear: "Clear the board",
  close: "Close",

  tools: {
    pen: "Pen",
    marker: "Marker",
    highlighter: "Highlighter",
    /** Takes whole strokes. */
    eraser: "Eraser",
    /** Takes what is under it. */
    cutter: "Partial eraser",
    line: "Line",
    arrow: "Arrow",
    rectangle: "Rectangle",
    ellipse: "Ellipse",
    text: "Text",
    note: "Note",
    select: "Select",
    /** A light that others see for a moment. */
    laser: "Laser",
    /** Moves the board, and draws nothing. */
    pan: "Hand",
  },
  /** Groups. */
  people: {
    /** The list of everybody. */
    title: "People",
    /** The button "+5" behind the pictures of some. */
    more: {
      one: "{count} more person. Show everybody",
      other: "{count} more people. Show everybody",
    },
    /** Beside a name in the list. */
    states: { here: "Here", drawing: "Drawing", away: "Away", waiting: "Not seen yet" },
    /** Buttons beside a name in the list: goes to where the person is; shows always what the person sees. */
    show: "Show me",
    follow: "Follow",
    /** Somebody without a name in a group that hides who is who. */
    guest: "Guest {number}",
    /** Two people, or one and `others`. */
    pair: "{first} and {second}",
    /** Behind the name of one person: "Ann and 4 others". */
    others: { one: "{count} other", other: "{count} others" },
    /** `names` in these are always several people. */
    areHere: "{names} are here",
    areAway: "{names} are away",
    drew: "{names} drew",
    erasedSomething: "{names} erased something",
    changedSomething: "{names} changed something",
    stepSkipped: "{names} have already erased or changed that.",
    stepPartly: "{names} have already erased or changed a part of that.",
    stepShared: "{names} have erased or changed the same: it stays so until that is taken back too.",
    /** A marker at the edge of the screen for several people; `name` is the nearest of them. */
    beyond: "{names} are over there. Show me {name}",
    /** The contact's app is too old. */
    outdated: "{name} has an older Inkmesh: it must be updated before you can draw together.",
    areOutdated: "{names} have an older Inkmesh: it must be updated before you can draw together.",
  },
  /** The buttons of the bar, each for a group of tools. */
  groups: {
    ink: "Draw",
    erase: "Erase",
    shape: "Shapes",
    words: "Text and notes",
    point: "Select and point",
  },
  selectMode: "Select with",
  selectModes: { lasso: "Lasso", box: "Frame" },
  colors: {
    ink: "Ink",
    grey: "Grey",
    brown: "Brown",
    red: "Red",
    orange: "Orange",
    yellow: "Yellow",
    green: "Green",
    teal: "Teal",
    sky: "Sky blue",
    blue: "Blue",
    violet: "Violet",
    pink: "Pink",
  },
  customColor: "Your own colour",
  hue: "Hue",
  lightness: "Lightness",
  pixels: "{size} px",

  connecting: "Connecting…",
  loading: "Opening the board…",
  privateBoard: "Private board",
  you: "You",
  /** Another tab of the same browser, where there is no messenger. */
  tab: "Tab {number}",
  waitingFor: "Waiting for {name}",
  isHere: "{name} is here",
  isDrawing: "{name} is drawing",
  isAway: "{name} is away",
  /** Several people at once. */
  areDrawing: { one: "{count} is drawing", other: "{count} are drawing" },
  /** The contacts do not have something yet. */
  sending: "Sending…",
  /** The contacts do not have so many strokes yet. */
  sendingStrokes: { one: "Sending {count} stroke", other: "Sending {count} strokes" },
  hasEverything: "{name} has everything",
  /** Everybody of several contacts who is here. */
  allHaveEverything: "All here have everything",
  savedHere: "Saved here",
  /** The same while the storage takes nothing. */
  notSaved: "Not saved at the moment",
  /** Nothing is drawn and nobody else is here. */
  startDrawing: "You can start drawing",
  boardEmpty: "The board is empty",
  /** Of `total` contacts, so many have the board open. */
  someHere: "{here} of {total} are here",

  youCleared: "Board cleared",
  /** Said when somebody clears it. */
  nothingToClear: "The board is empty already",
  contactCleared: "{name} cleared the board",
  /** It is not known by whom. */
  boardCleared: "The board was cleared",
  contactIsNewer: "{name} has a newer Inkmesh. Update yours to draw together.",
  boardIsNewer: "A newer Inkmesh drew on this board. Update yours to see all of it.",
  contactMuted: "{name}'s app sends damaged data and is ignored now.",
  storageDamaged: "A part of this board could not be read. The rest is here.",
  storageFailed: "This board cannot be saved at the moment.",
  storageRecovered: "This board is being saved again.",
  noHost: "No Spixi here: this board stays in this browser.",
  hostIsSilent: "No answer from Spixi yet: this drawing is not saved.",

  menu: "Menu",

  layers: "Layers",
  /** A layer without a name, counted from the bottom. */
  layerAt: "Layer {number}",
  addLayer: "Add a layer",
  layerName: "Layer name",
  showLayer: "Show {layer}",
  hideLayer: "Hide {layer}",
  lockLayer: "Lock {layer}",
  unlockLayer: "Unlock {layer}",
  raiseLayer: "Layer up",
  lowerLayer: "Layer down",
  opacity: "Opacity",
  removeLayer: "Remove layer",
  layerRemoved: "{layer} is removed. Its content is on {first} now.",
  layerIsLocked: "{layer} is locked.",
  layerIsHidden: "{layer} is hidden.",
  /** A clear took nothing, because of this layer. */
  lockedStays: "{layer} is locked: what is on it stays.",
  /** A button beside the notice that a layer is locked. */
  unlock: "Unlock",
  /** A button beside the notice that a layer is hidden. */
  show: "Show",

  /** A board has pages, in an order; each is drawn on by itself. */
  pages: {
    title: "Pages",
    /** A page without a name, by its place. */
    pageAt: "Page {number}",
    /** A removed page without a name. */
    unnamed: "Page without a name",
    /** The button that shows which page this is. */
    count: "{number} / {total}",
    place: "Page {number} of {total}",
    placeNamed: "Page {number} of {total}: {name}",
    add: "New page",
    /** The field below a page's picture. */
    nameOf: "Name of page {number}",
    /** A button that shows the buttons below. */
    options: "Options of {page}",
    duplicate: "Duplicate {page}",
    earlier: "Move {page} earlier",
    later: "Move {page} later",
    remove: "Remove {page}",
    /** What has just been done, read aloud or in a notice. */
    moved: "{page} is now number {number} of {total}",
    duplicated: "{page} is duplicated",
    removed: "{page} is removed",
    restored: "{page} is back",
    /** Times in words go in: "yesterday". */
    made: "Made {when}",
    changed: "Changed {when}",
    /** The button that shows a list of them. */
    removedPages: { one: "{count} removed page", other: "{count} removed pages" },
    /** A button beside a removed page. */
    restore: "Restore",
    restorePage: "Restore {page}",
    empty: "Empty removed pages",
    /** Asked before; below it the two answers. */
    askEmpty: {
      one: "{count} removed page will be gone for good, for everybody who takes part.",
      other: "{count} removed pages will be gone for good, for everybody who takes part.",
    },
    emptyYes: "Delete for good",
    emptyNo: "Keep",
    emptied: "The removed pages are gone",
    /** This page, while somebody looks at it. */
    gone: "This page was removed",
    isOn: "{name} is on page {number}",
    added: "{name} added page {number}",
    /** A button beside these. */
    goThere: "Go there",
    /** A button beside the notice of a clear: it takes that back and begins a page. */
    instead: "New page instead",
    full: "There is no room for another page.",
    /** Told when there is little room for further ones. */
    left: { one: "There is room for {count} more page.", other: "There is room for {count} more pages." },
  },

  /** The ways in which a person puts pictures on the board. */
  intake: {
    file: "Choose a file",
    photo: "Take a photo",
    /** A button beside the shutter. */
    otherCamera: "Other camera",
    /** In a field: phones paste there, and nowhere else. */
    pasteHere: "Hold here to paste a picture",
    noChooser: "Files cannot be chosen here.",
    noCamera: "The camera cannot be used here.",
    /** Why something that was chosen, pasted or dropped is not on the board. */
    kind: "Only PNG, JPEG and WebP pictures of up to 16 megapixels can be put on the board.",
    animated: "Animated pictures cannot be put on the board.",
    /** It has the four inks of a printer instead of a screen's three colours. */
    cmyk: "This picture is for printing (CMYK). Save it as RGB first.",
    damaged: "This picture is damaged.",
    noRoom: "This device has no room for another picture.",
    /** A button: what is beyond edges that are chosen is not shown any more. */
    crop: "Crop",
  },

  /** What the canvas looks like. */
  background: "Background",
  backgrounds: { plain: "Plain", dots: "Dots", grid: "Grid", lines: "Lines" },

  settings: "Settings",
  yourName: "Your name",
  yourNameHint: "Your contacts see it at your cursor.",
  /** Asked once, when the first contact is here; below it the two answers. */
  askName: "What should your contacts call you? Without a name they see a part of your address.",
  askNameYes: "Enter a name",
  askNameNo: "Not now",
  chooseLanguage: "Language",
  deviceLanguage: "As on this device",
  leftHanded: "Left-handed",
  recognizeShapes: "Shapes held still become even",
  /** Short vibrations of the phone. */
  haptics: "Vibrations",
  /** A switch: what others drew while this person was away draws itself, or is there at once. */
  playAway: "Replay what I missed",

  help: "Help",
  helpSections: {
    gestures: "Fingers",
    tools: "Tools",
    page: "Board",
    pages: "Pages",
    selection: "Selection",
    view: "View",
  },
  /** What keys do. */
  commands: {
    options: "Colour and size",
    smaller: "Smaller",
    larger: "Larger",
    dismiss: "Close or deselect",
    "select-all": "Select all",
    "select-next": "Select next",
    "select-previous": "Select previous",
    edit: "Write or edit text",
    copy: "Copy",
    cut: "Cut",
    paste: "Paste",
    duplicate: "Duplicate",
    delete: "Delete",
    forward: "Bring forward",
    backward: "Send backward",
    front: "Bring to front",
    back: "Send to back",
    pan: "Move the board or the selection",
    grab: "Hold down and drag the board",
    "zoom-in": "Zoom in",
    "zoom-out": "Zoom out",
    "actual-size": "Zoom to 100 %",
    "previous-page": "Previous page",
    "next-page": "Next page",
    "page-earlier": "Move this page earlier",
    "page-later": "Move this page later",
    "rename-page": "Name this page",
    "duplicate-page": "Duplicate this page",
    "remove-page": "Remove this page",
    follow: "Follow your contact",
    "show-me": "Go to your contact",
  },
  /** What fingers do, and what comes of it. */
  gestures: {
    draw: { how: "One finger", does: "Draw" },
    move: { how: "Two fingers", does: "Move and zoom the board" },
    undo: { how: "Tap with two fingers", does: "Undo" },
    redo: { how: "Tap with three fingers", does: "Redo" },
    swipe: { how: "Swipe with three fingers", does: "Next or previous page" },
    snap: { how: "Draw a shape and hold still", does: "It becomes even" },
    constrain: { how: "Second finger beside a shape", does: "Square, round, even angles" },
    options: { how: "Tap a tool again, or hold it", does: "Colour, size and kind" },
  },
  /** Keys that have a name on the keyboard. */
  keys: {
    ctrl: "Ctrl",
    shift: "Shift",
    space: "Space",
    escape: "Esc",
    delete: "Del",
    backspace: "Backspace",
    home: "Home",
    enter: "Enter",
    pageUp: "Page Up",
    pageDown: "Page Down",
  },

  /** What is selected, and the buttons beside it. */
  selection: "Selection",
  selectionHandles: "Size and rotation",
  /** The handles of the box around it, each for a keyboard too. */
  handles: {
    nw: "Top left",
    n: "Top",
    ne: "Top right",
    e: "Right",
    se: "Bottom right",
    s: "Bottom",
    sw: "Bottom left",
    w: "Left",
    rotate: "Rotate",
  },
  /** Strokes, shapes and texts. */
  selected: { one: "{count} thing selected", other: "{count} things selected" },
  /** One selected thing, read aloud: its kind, its colour, and its words where it has any. */
  item: "{kind}, {color}",
  itemWithWords: "{kind}, {color}: {words}",
  /** `selected` says how many, `items` each of them. */
  selectedItems: "{selected}: {items}",
  /** `item`, and its place among all things from the bottom. */
  itemPlace: "{item}, {number} of {total}",
  recolor: "Change colour",
  toLayer: "Move to layer",

  copied: "Copied",
  /** The clipboard of the phone is closed to this app. */
  copiedHere: "Copied for this board only.",
  tooLargeToCopy: "That is too much to copy at once.",
  tooLargeToPaste: "That is too much to paste at once.",
  nothingToPaste: "There is nothing to paste.",
  pasteRefused: "This app may not look into the clipboard. Paste with Ctrl+V.",
  pasteNewer: "Copied in a newer Inkmesh. Update yours to paste it.",
  pasteBroken: "The copy is damaged.",

  /** Shown once, before anything was drawn. */
  hint: "Draw with one finger, move the board with two. Tap with two to undo.",

  /** One of several contacts, when it is not known which. */
  somebody: "Somebody",
  drew: "{name} drew",
  erasedSomething: "{name} erased something",
  changedSomething: "{name} changed something",
  /** Somebody else took away what a person was typing in. */
  typedTextErased: "{name} erased the text you were writing",
  typedTextLocked: "{name} hid or locked the layer you were writing on",
  /** A button beside that: what was typed becomes a new text. */
  putTextBack: "Put it back",
  /** What a person types in has little room left, or none. */
  textNearlyFull: "This text is nearly full. What does not fit goes into another text below it.",
  textFull: "This text is full. What you type now goes into another text below it when you are done.",

  /** An undo or a redo found nothing that it could do. */
  stepSkipped: "{name} has already erased or changed that.",
  /** An undo or a redo could not do all of it. */
  stepPartly: "{name} has already erased or changed a part of that.",
  /** An undo or a redo was done, but nothing looks otherwise: somebody else did the same. */
  stepShared: "{name} has erased or changed the same: it stays so until that is taken back too.",

  /** Shows always what a contact sees. */
  follow: "Follow {name}",
  following: "Following {name}",

  /** What there is room for on a page. Nothing that was drawn is ever thrown away, so it fills up at last. */
  room: {
    nearly: "This page is nearly full. Soon you need a new one.",
    full: "This page is full: nothing more can be drawn on it. All that is on it stays; go on on a new page.",
    /** So much was erased, or undone, that soon nothing more can be. */
    marksNearly:
      "So much was erased on this page that soon nothing more can be erased. You can go on drawing.",
    marksFull:
      "So much was erased on this page that nothing more can be erased now. You can still draw and undo.",
    /** Each time a person opens it and draws counts. */
    sessionsNearly: "This page was opened and drawn on so often that soon it can only be looked at.",
    sessionsFull:
      "This page was opened and drawn on too often: it can only be looked at now. Go on on a new page.",
    /** What a contact drew is not taken here any more. */
    refused: "This board is full: not everything that {name} draws fits on it.",
    /** The other way round. */
    contactFull: "{name}'s board is full: not everything that you draw gets there.",
    /** The same in the line that otherwise says whether the contact has everything. */
    isFull: "{name}'s board is full",
  },

  /** The ways out of this page and into it. */
  transfer: {
    title: "Export and import",
    /** What is exported, in place of the page or of what is selected. */
    view: "What is in view",
    /** Buttons: as a file; with the system's list of apps; on the whole screen. */
    save: "Save",
    share: "Share",
    show: "Show picture",
    /** Below that picture. */
    hold: "Hold to copy or share, or take a screenshot.",
    /** The system got it, and does not say whether it did anything. */
    handed: "Handed on. If nothing arrives, try another way.",
    /** `ways` are names of buttons, or of a setting. */
    missing: "Not possible here: {ways}.",
    cancel: "Cancel",
    failed: "That did not work.",
    foreign: "This is no file of Inkmesh or Excalidraw.",
    /** Buttons: a file, whose drawing comes onto the page that is shown, or on new ones. */
    open: "Open here",
    asPages: "Open on new pages",
    /** Of a drawing of another app; `kinds` are some of those that follow. */
    leftOut: "Left out: {kinds}.",
    kinds: {
      pictures: "pictures",
      fills: "fills",
      dashes: "dashed lines",
      rest: "other things",
    },
  },

  /** What boards take on this device. */
  storage: {
    title: "Storage",
    /** Of the open board, all its pages together. */
    takes: "This board takes {size} on this device.",
    /** A page: "92 % full". */
    full: "{percent} full",
    boards: "Boards on this device",
    /** Beside the board that is open: it is listed, and cannot be removed. */
    open: "Open now, so it stays",
    /** It was stored by an older version. */
    unknown: "Size not known before it is opened",
    remove: "Remove",
    /** `names`: one or more people. Below it "Remove" and "Keep". */
    ask: "Remove the board with {names} from this device? What they have of it stays with them, and comes back when it is opened again.",
    askPrivate: "Remove the private board from this device? Nobody else has it: it will be gone for good.",
    removed: "Removed from this device: {board}",
  },

  /** The board as it was. */
  lookBack: {
    title: "Look back",
    /** The slider that goes through time. */
    moment: "Moment",
    start: "Before the first stroke",
    /** `deed`: what somebody did. */
    when: "{deed}, {moment}",
    /** Of so many steps. */
    place: "{number} of {total}",
    play: "Play",
    pause: "Pause",
    earlier: "One step back",
    later: "One step forward",
    speed: "Speed: {speed} times",
    now: "Back to now",
    /** There is no moment to go to. */
    nothing: "Nothing has been drawn here yet.",
    /** The button. What is gone of the moment that is shown, or what was chosen of it. */
    bringBack: { one: "Bring back {count} thing", other: "Bring back {count} things" },
    nothingGone: "Nothing of this is gone",
    back: { one: "{count} thing is back", other: "{count} things are back" },
    wrote: "{name} wrote",
    /** An undo of erasing. */
    broughtSomethingBack: "{name} brought something back",
    /** What this person did. */
    own: {
      drew: "You drew",
      wrote: "You wrote",
      erased: "You erased something",
      broughtBack: "You brought something back",
      changed: "You changed something",
    },
    /** In the help. */
    unknown: {
      away: "What others drew while you were away plays itself in; any touch shows all of it at once. With reduced motion, or switched off in the settings, one line tells of it.",
      taps: "Tap what you want to have back, or bring back everything that is gone since.",
      looks:
        "How something looked between two changes is not known: until the latest one it is shown as it was drawn.",
      erased: "Where very much was erased, some of it is shown for longer than it was there.",
      times:
        "Times are those of the devices, also where a clock was wrong. When older versions drew is not known: that comes first.",
      people: "Who drew before you opened the app is not always known.",
    },
  },

  /** What the others drew before this person opened the app; `name` may be several people. */
  away: {
    drew: {
      one: "{name} drew {count} stroke while you were away",
      other: "{name} drew {count} strokes while you were away",
    },
    /** Always several of both. */
    onPages: "{name} drew {strokes} strokes on {pages} pages while you were away",
    /** A button beside these. */
    again: "See again",
  },

  /** The app was opened with nearly the same people as before, and the drawing of before can be copied. */
  carry: {
    offer: "You have a drawing with {members}. Bring a copy of it to this board?",
    /** `added`: those who are on this board and were not on that one, one or two. */
    offerTo: "You have a drawing with {members}. Bring a copy of it to this board? {added} will see it.",
    accept: "Bring it",
    decline: "Leave it there",
    failed: "The drawing could not be read. It stays where it is.",
    /** The drawing does not fit on this board. */
    tooLarge: "There is no room on this board for the drawing. It stays where it is.",
    partly: "A part of the drawing could not be read. The rest is here.",
  },

  picture: {
    /** What it is called among other things on the board. */
    title: "Picture",
    /** A picture is on its way here from the person who put it on the board. */
    coming: "{name}'s picture: {percent} %",
    /** One's own is on its way to the others. */
    going: "Your picture: {percent} %",
    /** In the place of a picture whose bytes are on no device that is here; they come as soon as one of them has them. */
    nobodyHas: "Nobody here has this picture",
    /** Copied pictures came without their bytes, which are looked for among those who are here. */
    withoutBytes: "Not all of the pasted pictures are on this device.",
  },

  /** Calls from device to device. */
  direct: {
    /** Which way sound takes; what it costs stands behind that. */
    way: "Direct",
    through: "Through Spixi",
    /** A setting, and what it means. */
    setting: "Direct calls",
    hint: "If you both choose this, calls between two connect the devices directly: sooner, and without messages. Each device sees the other’s network address.",
  },

  /** Calls. */
  voice: {
    /** A button: begins a call, and takes one. */
    talk: "Talk",
    rings: "{name} wants to talk",
    ringing: "Calling…",
    hangUp: "Hang up",
    mute: "Mute",
    /** Held down, it lets this person be heard as long as it is held. */
    unmute: "Unmute, or hold this or F9 to talk",
    volume: "Volume of {name}",
    /** What this person's voice takes, and how late the others are heard. */
    cost: "{count} characters a second, {delay} ms",
    /** Notices. */
    missed: "{name} called",
    declined: "{name} cannot talk now",
    unanswered: "No answer",
    ended: "The call is over",
    noMicrophone: "The microphone cannot be used here. You can listen.",
    refused: "Inkmesh may not use the microphone. You can listen, or press it to ask again.",
    /** It was unplugged. */
    lost: "The microphone is gone. Press it to try again.",
    /** A phone call perhaps. */
    taken: "Something else is using the microphone.",
    /** In groups. */
    full: "Four people are talking: you are not heard.",
    /** More is to be sent than the messenger takes. */
    heldUp: "Too much is being sent: parts of what you say are lost.",
  },
} as const;

/** What a language's file holds. */
export type TranslatedTexts = Translation<typeof TEXTS>;

/** The words in one language. */
export interface Strings extends Messages<typeof TEXTS> {
  /** The language as BCP 47 has it. */
  readonly language: string;
  readonly direction: Language["direction"];
}

export function createStrings({ code, direction }: Language, translated: TranslatedTexts | TextRow): Strings {
  return { ...createMessages(TEXTS, translated, { code, direction }), language: code, direction };
}

export const ENGLISH = createStrings({ code: "en", name: "English", direction: "ltr" }, {});
