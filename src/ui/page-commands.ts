/*
 * What the commands about the page, the view and the tools do.
 */
import type { MenuPanel } from "./bar/menu.ts";
import type { Toolbar } from "./bar/toolbar.ts";
import { runViewCommand } from "./camera/view-commands.ts";
import type { Choices } from "./choices/choices.ts";
import { nextSize } from "./choices/sizes.ts";
import type { ToolName } from "./choices/tool-names.ts";
import { hasSize, TOOLS } from "./choices/tool-names.ts";
import type {
  Command,
  CommandHandler,
  CommandHandlers,
  Commands,
  PageCommand,
  ViewCommand,
} from "./input/commands.ts";
import type { Strings } from "./words/strings.ts";
import type { Stage } from "./stage/stage.ts";

export interface PageCommandDeps {
  readonly commands: Pick<Commands, "run">;
  readonly choices: Choices;
  readonly toolbar: Pick<Toolbar, "openPanel" | "togglePanel" | "toggleOptions" | "closePanel">;
  readonly view: Stage["view"];
  /** Follows the first contact who is here, or stops. */
  readonly follow: () => void;
  /** Shows the board as it was. */
  readonly lookBack: () => void;
  /** Back to the chat. */
  readonly leave: () => void;
  /** The person moves the view. */
  readonly onView: () => void;
  readonly strings: Strings;
  /** Says aloud what is otherwise only seen. */
  readonly announce: (text: string) => void;
}

/**
 * What keys do with the page, the view and the tools. Some keys mean the first of several things that
 * there is any use for: an arrow moves what is selected, or else the view.
 */
export function pageCommands(
  deps: PageCommandDeps,
): CommandHandlers<PageCommand | ViewCommand> & Partial<CommandHandlers<ToolName>> {
  const { commands, choices, toolbar, strings, announce } = deps;

  const takeTools: Partial<Record<ToolName, CommandHandler>> = {};
  for (const tool of TOOLS)
    takeTools[tool] = () => {
      choices.setTool(tool);
      announce(strings.tools[tool]);
    };

  const resize = (direction: 1 | -1) => (): void => {
    const tool = choices.tool();
    const sized = hasSize(tool) ? tool : choices.brush().tool;
    const size = nextSize(sized, choices.sizeOf(sized), direction);
    choices.setSize(size);
    announce(strings.pixels(size));
  };
  const togglePanel = (name: MenuPanel) => (): void => toolbar.togglePanel(name, true);
  const moveView = (command: ViewCommand) => (): void => {
    deps.onView();
    runViewCommand(command, deps.view);
  };
  const either = (first: Command, otherwise: () => void) => (): void => {
    if (!commands.run(first)) otherwise();
  };

  return {
    ...takeTools,
    options: either("colors", () => toolbar.toggleOptions(true)),
    smaller: resize(-1),
    larger: resize(1),
    picture: togglePanel("picture"),
    layers: togglePanel("layers"),
    background: togglePanel("background"),
    people: togglePanel("people"),
    storage: togglePanel("storage"),
    export: togglePanel("export"),
    settings: togglePanel("settings"),
    help: togglePanel("help"),
    follow: deps.follow,
    "look-back": deps.lookBack,
    leave: deps.leave,
    dismiss() {
      if (commands.run("break-off")) return true;
      if (toolbar.openPanel() === undefined) return commands.run("deselect");
      toolbar.closePanel();
      return true;
    },
    "pan-left": either("nudge-left", moveView("pan-left")),
    "pan-right": either("nudge-right", moveView("pan-right")),
    "pan-up": either("nudge-up", moveView("pan-up")),
    "pan-down": either("nudge-down", moveView("pan-down")),
    "zoom-in": moveView("zoom-in"),
    "zoom-out": moveView("zoom-out"),
    "actual-size": moveView("actual-size"),
    "show-all": moveView("show-all"),
  };
}
