// @ts-check
import { build } from 'vite';

const SUFFIX = /^(.*)\?(worker|module)-text$/;

/**
 * `import { workerText } from './x.ts?worker-text'`: the module and all that it imports as one script, to be run by a Node worker
 * with `eval: true`. A worker that comes as text needs no file of its own, wherever the program is bundled to.
 * `import { moduleText } from './x.ts?module-text'`: the same as an ES module.
 * @returns {import('vite').Plugin}
 */
export function workerText() {
  return {
    name: 'worker-text',
    enforce: 'pre',
    async load(id) {
      const [, entry, form] = SUFFIX.exec(id) ?? [];
      if (entry === undefined) return null;
      const isModule = form === 'module';
      const result = await build({
        configFile: false,
        logLevel: 'warn',
        // A script has no address, and Emscripten's loader wants one.
        define: isModule ? {} : { 'import.meta.url': '"file:///worker"' },
        ssr: { noExternal: true },
        build: {
          ssr: entry,
          write: false,
          minify: false,
          target: 'node20.18',
          rolldownOptions: { platform: 'node', output: { format: isModule ? 'es' : 'cjs', codeSplitting: false } },
        },
      });
      const { code, moduleIds } = /** @type {import('vite').Rolldown.RolldownOutput} */ (result).output[0];
      for (const file of moduleIds) if (!file.startsWith('\0')) this.addWatchFile(file);
      return `export const ${form}Text = ${JSON.stringify(code)};`;
    },
  };
}
