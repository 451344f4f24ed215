import type { Choices } from "./choices/choices.ts";
import type { Command } from "./input/shortcuts.ts";
import { nextSize } from "./choices/sizes.ts";
import type { Stage } from "./stage/stage.ts";
import type { Toolbar } from "./bar/toolbar.ts";
import type { ToolName } from "./choices/tool-names.ts";
import { hasSize, TOOLS } from "./choices/tool-names.ts";
import { runViewCommand } from "./camera/view-commands.ts";

export interface CommandDeps {
  readonly choices: Choices;
  readonly toolbar: Pick<Toolbar, "openPanel" | "togglePanel" | "toggleOptions" | "closePanel">;
  readonly stage: () => Stage | undefined;
  undo(): void;
  redo(): void;
  /** Follows the first contact who is here, or stops. */
  follow(): void;
  /** Back to the chat. */
  leave(): void;
  /** The person moves the view. */
  onView(): void;
}

const isTool = (command: Command): command is ToolName => (TOOLS as readonly string[]).includes(command);

/** Does what a key asks for; says whether it did anything. */
export function createCommands(deps: CommandDeps): (command: Command) => boolean {
  const { choices, toolbar } = deps;

  const resize = (direction: 1 | -1): void => {
    const tool = choices.tool();
    const sized = hasSize(tool) ? tool : choices.brush().tool;
    choices.setSize(nextSize(sized, choices.sizeOf(sized), direction));
  };
  const dismiss = (stage: Stage): boolean => {
    if (stage.breakOff()) return true;
    if (toolbar.openPanel() === undefined) return stage.command("deselect");
    toolbar.closePanel();
    return true;
  };

  return (command) => {
    const stage = deps.stage();
    if (!stage) return false;
    if (isTool(command)) {
      choices.setTool(command);
      return true;
    }
    switch (command) {
      case "undo":
      case "redo":
      case "follow":
      case "leave":
        deps[command]();
        return true;
      case "options":
        if (!stage.command("colors")) toolbar.toggleOptions(true);
        return true;
      case "show-me":
        return stage.contacts.showMe();
      case "layers":
      case "background":
      case "people":
      case "settings":
      case "help":
        toolbar.togglePanel(command, true);
        return true;
      case "smaller":
        resize(-1);
        return true;
      case "larger":
        resize(1);
        return true;
      case "dismiss":
        return dismiss(stage);
      case "grab":
        return false;
      case "pan-left":
        if (stage.command("nudge-left")) return true;
        break;
      case "pan-right":
        if (stage.command("nudge-right")) return true;
        break;
      case "pan-up":
        if (stage.command("nudge-up")) return true;
        break;
      case "pan-down":
        if (stage.command("nudge-down")) return true;
        break;
      case "zoom-in":
      case "zoom-out":
      case "actual-size":
      case "show-all":
        break;
      default:
        return stage.command(command);
    }
    deps.onView();
    runViewCommand(command, stage.view);
    return true;
  };
}
