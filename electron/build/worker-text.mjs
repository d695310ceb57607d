// @ts-check
import { build } from 'vite';

const SUFFIX = '?worker-text';

/**
 * `import { workerText } from './x.ts?worker-text'`: the module and all that it imports as one script, to be run by a Node worker
 * with `eval: true`. A worker that comes as text needs no file of its own, wherever the program is bundled to.
 * @returns {import('vite').Plugin}
 */
export function workerText() {
  return {
    name: 'worker-text',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const entry = id.slice(0, -SUFFIX.length);
      const result = await build({
        configFile: false,
        logLevel: 'warn',
        // A script has no address, and Emscripten's loader wants one.
        define: { 'import.meta.url': '"file:///worker"' },
        ssr: { noExternal: true },
        build: {
          ssr: entry,
          write: false,
          minify: false,
          target: 'node20.18',
          rolldownOptions: { platform: 'node', output: { format: 'cjs', codeSplitting: false } },
        },
      });
      const { code, moduleIds } = /** @type {import('vite').Rolldown.RolldownOutput} */ (result).output[0];
      for (const file of moduleIds) if (!file.startsWith('\0')) this.addWatchFile(file);
      return `export const workerText = ${JSON.stringify(code)};`;
    },
  };
}
