import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { workerText } from './worker-text.mjs';

const root = path.join(import.meta.dirname, '../..');

/**
 * Code for Electron's main process or its preload. Everything but Electron and Node is bundled, so that what is
 * shipped needs no node_modules.
 */
function electron(name: 'main' | 'preload', output: { readonly format: 'es' | 'cjs'; readonly banner?: string }) {
  return {
    consumer: 'server',
    resolve: { noExternal: true, conditions: ['node', 'import', 'module', 'default'] },
    build: {
      outDir: path.join(root, 'dist', name),
      emptyOutDir: true,
      target: 'node20.18', // of the oldest Electron that this is run on, 33
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: path.join(root, 'electron', `${name}.ts`),
        platform: 'node',
        external: [
          'electron',
          ...builtinModules.flatMap((module) => [module, `node:${module}`]),
          // Compiled parts that ssh2 does without where they are not there.
          'cpu-features',
          /\.node$/,
        ],
        output: {
          ...output,
          entryFileNames: output.format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  } satisfies EnvironmentOptions;
}

export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [react(), workerText()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: path.join(root, 'dist/renderer'),
        rolldownOptions: { input: ['index.html', 'crash.html'].map((page) => path.join(root, 'renderer', page)) },
        emptyOutDir: true,
        target: 'chrome130',
        sourcemap: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0, // the page's content security policy has no room for data: fonts
        chunkSizeWarningLimit: 2_000, // it is read from the disk
      },
    },
    main: electron('main', {
      format: 'es',
      // CommonJS packages that are bundled into it ask for these.
      banner: 'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    }),
    preload: electron('preload', { format: 'cjs' }), // a sandboxed preload can be nothing else
  },
});
