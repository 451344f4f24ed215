import { transform } from "esbuild";
import { minify } from "terser";

/**
 * A script that does the same in fewer bytes, its legal comments kept. esbuild has minified it already,
 * within a moment; this takes seconds and a twentieth of the zipped script more. None of Terser's options
 * that it calls unsafe, and none that assumes getters to be pure, is on.
 */
export async function minifyScript(script: string): Promise<string> {
  const { code } = await minify(script, {
    ecma: 2020,
    toplevel: true,
    // A third pass takes as long again and finds nothing that is left after zipping.
    compress: { passes: 2 },
    format: { comments: "some" },
  });
  return `${code!}\n`;
}

/** A style sheet that says the same in fewer bytes; `targets` are browsers as esbuild names them. */
export async function minifyStyle(style: string, targets: readonly string[]): Promise<string> {
  const { code } = await transform(style, { loader: "css", minify: true, target: [...targets] });
  return code;
}
