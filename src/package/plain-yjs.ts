import { join } from "node:path";
import type { Plugin } from "esbuild";

/** What Yjs uses of lib0/logging, which brings colours, a DOM and schemas with it: for one line of text. */
const LOGGING = `
  const plain = "";
  export { plain as BOLD, plain as UNBOLD, plain as ORANGE, plain as RED };
  export const print = (...words) => console.log(...words);
  export const warn = print;
`;
/** What is used of lib0/environment, which looks for arguments of a command line. */
const ENVIRONMENT = `
  export const isBrowser = true;
  export const getVariable = () => null;
`;

/**
 * Yjs without its XML types: a document of this app has none, and the guard lets none in
 * (src/board/guard), so they would be shipped for nothing. Taken from its source files, of which there is
 * one for each type; the bundle that it comes with has them in one. A number of such a type in an update
 * is then to Yjs what a number beyond its types is: it throws when it reads it. What it logs is plain.
 */
export function plainYjs(root: string): Plugin {
  return {
    name: "plain-yjs",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^yjs$/ }, () => ({
        path: join(root, "node_modules/yjs/src/index.js"),
        sideEffects: false,
      }));
      onLoad({ filter: /[\\/]lib0[\\/]logging\.js$/ }, () => ({ contents: LOGGING }));
      onLoad({ filter: /[\\/]lib0[\\/]environment\.js$/ }, () => ({ contents: ENVIRONMENT }));
      onLoad({ filter: /[\\/]yjs[\\/]src[\\/]types[\\/]YXml\w+\.js$/ }, ({ path }) => {
        const name = /\w+(?=\.js$)/.exec(path)![0];
        return { contents: `export class ${name} {}\nexport const read${name} = undefined;` };
      });
    },
  };
}
