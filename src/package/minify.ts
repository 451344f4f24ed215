import { minify } from "terser";

/**
 * A script that does the same in fewer bytes. esbuild has minified it already,
 * within a moment; this takes seconds and a twentieth of the zipped script more. None of Terser's options
 * that it calls unsafe, and none that assumes getters to be pure, is on.
 */
export async function minifyScript(script: string): Promise<string> {
  const { code } = await minify(script, {
    ecma: 2020,
    toplevel: true,
    // A third pass takes as long again and finds nothing that is left after zipping.
    // Functions beside one another zip a little better than with what is between them.
    compress: { passes: 2, hoist_funs: true },
  });
  return `${code!}\n`;
}
