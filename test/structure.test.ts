import { fileURLToPath } from "node:url";
import { API } from "typescript/unstable/sync";
import { isCallExpression, isObjectLiteralExpression, type Node } from "typescript/unstable/ast";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = `${ROOT}src/`;

/** A reader keeps no more in mind. What needs more is to be split by who needs it. */
const MOST_FIELDS = 12;
/** The table of all texts is made from one object. */
const TABLES = ["createStrings"];

interface ParameterObject {
  /** The function that takes it. */
  readonly taker: string;
  readonly fields: number;
}

/** Every object that a call in `src` writes for a function of `src`, with the fields that it may have. */
function parameterObjects(): ParameterObject[] {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${ROOT}tsconfig.json`] }).getProjects();
    const { program, checker } = project!;
    const found: ParameterObject[] = [];
    const look = (node: Node): void => {
      if (isCallExpression(node)) {
        for (const argument of node.arguments) {
          const type = isObjectLiteralExpression(argument) && checker.getContextualType(argument);
          if (!type) continue;
          const fields = checker
            .getPropertiesOfType(type)
            .filter(({ declarations }) => declarations[0]?.path.startsWith(SOURCES));
          found.push({ taker: node.expression.getText(), fields: fields.length });
        }
      }
      node.forEachChild(look);
    };
    for (const name of program.getSourceFileNames()) {
      const file = name.startsWith(SOURCES) && program.getSourceFile(name);
      if (file) look(file);
    }
    return found;
  } finally {
    api.close();
  }
}

it("no function takes an object of more fields than a reader keeps in mind", () => {
  const all = parameterObjects();
  expect(all.length).toBeGreaterThan(300);
  expect(Math.max(...all.map(({ fields }) => fields))).toBe(MOST_FIELDS);
  const tooLarge = all
    .filter(({ fields }) => fields > MOST_FIELDS)
    .filter(({ taker }) => !TABLES.includes(taker))
    .map(({ taker, fields }) => `${taker} takes ${fields}`);
  expect(tooLarge).toEqual([]);
});
