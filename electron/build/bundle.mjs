// @ts-check
import path from 'node:path';
import { build } from 'vite';
import { workerText } from './worker-text.mjs';

const root = path.join(import.meta.dirname, '../..');

/**
 * Turns a TypeScript program into one that Node 20 runs. Packages stay outside and are found as usual.
 * @param {string} entry an absolute path
 * @returns {Promise<string>} the program's path
 */
export async function bundle(entry) {
  const name = path
    .relative(root, entry)
    .replace(/\.\w+$/, '')
    .replaceAll(path.sep, '-');
  const outDir = path.join(root, 'node_modules/.cache/windrose', name);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [sourceFolders(), workerText()],
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      target: 'node20.19',
      rolldownOptions: { output: { entryFileNames: 'main.js' } },
    },
  });
  return path.join(outDir, 'main.js');
}

/** A file asks for its own folder in order to find data next to it: that is the source's folder, not the bundle's. */
function sourceFolders() {
  return {
    name: 'source-folders',
    /**
     * @param {string} code
     * @param {string} id
     */
    transform(code, id) {
      if (!code.includes('import.meta.dirname')) return null;
      return { code: code.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id))), map: null };
    },
  };
}
