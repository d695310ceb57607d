// @ts-check
// Who may import whom: the table of the architecture, on resolved paths. Prints each breach and fails.
import fs from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'vite';

/**
 * @typedef {object} Rule
 * @property {readonly string[]} folders besides itself
 * @property {readonly string[]} packages `node:` stands for all of Node
 * @property {readonly string[]} [types] files of which only types may be used
 */

const pure = ['engine/model', 'engine/yaml', 'engine/language', 'engine/expressions', 'engine/core', 'engine/api'];
/** What the window may use of everybody else's. */
const shared = [...pure, 'electron/commands.ts'];
const window = {
  folders: shared,
  types: ['electron/contract.ts', 'electron/bridge.ts'],
  packages: [
    'react',
    'react-dom',
    'react-aria-components',
    '@codemirror/autocomplete',
    '@codemirror/commands',
    '@codemirror/lang-yaml',
    '@codemirror/language',
    '@codemirror/lint',
    '@codemirror/merge',
    '@codemirror/search',
    '@codemirror/state',
    '@codemirror/view',
    '@lezer/highlight',
    '@dagrejs/dagre',
    '@tanstack/react-virtual',
    '@fontsource-variable/inter',
    '@fontsource-variable/jetbrains-mono',
    'lucide-react',
    'zustand',
    'zod',
  ],
};

/**
 * The rule of a file is that of the innermost folder. A folder `x/*` has each of its own folders apart from the others.
 * @type {Readonly<Record<string, Rule>>}
 */
const rules = {
  'engine/model': { folders: [], packages: [] },
  'engine/yaml': { folders: ['engine/model'], packages: [] },
  'engine/expressions': { folders: ['engine/model', 'engine/yaml'], packages: [] },
  'engine/api': { folders: ['engine/model'], packages: ['zod'] },
  'engine/language': { folders: ['engine/model', 'engine/yaml', 'engine/expressions'], packages: [] },
  'engine/core': { folders: ['engine/model', 'engine/language', 'engine/expressions'], packages: ['immutable'] },
  'engine/actions': {
    folders: ['engine/model', 'engine/expressions'],
    packages: [
      'node:',
      '@jitl/quickjs-singlefile-mjs-release-sync',
      'nodemailer',
      'quickjs-emscripten-core',
      'ssh2',
      'sucrase',
      'undici',
      'zod',
      'file', // own/pack-module.ts loads the modules that it is told to, in a process of their own
      'stripping', // there, too: the address of own/strip-types.ts, which is loaded only where it is needed
    ],
  },
  'engine/store': { folders: ['engine/model'], packages: ['node:', 'lowdb'] },
  'engine/runtime': {
    folders: ['engine/core', 'engine/model', 'engine/language', 'engine/expressions', 'engine/store', 'engine/actions'],
    packages: ['node:', 'croner'],
  },
  'engine/backends/local': {
    folders: [...pure, 'engine/actions', 'engine/runtime', 'engine/store'],
    packages: ['node:', 'zod'],
  },
  'engine/backends/remote': { folders: ['engine/api'], packages: ['node:'] },
  electron: {
    folders: ['electron/commands.ts', 'engine/api', 'engine/backends'],
    packages: ['node:', 'electron', 'electron-log', 'zod'],
  },
  'electron/commands.ts': { folders: [], packages: [] },
  'electron/preload.ts': { folders: ['electron'], packages: ['electron'] },
  'electron/build': { folders: [], packages: ['node:', '@electron/fuses', 'vite', '@vitejs/plugin-react'] },
  renderer: { ...window, folders: [...shared, 'renderer/ui', 'renderer/state', 'renderer/features'] },
  'renderer/ui': window,
  'renderer/state': window,
  'renderer/features/*': { ...window, folders: [...shared, 'renderer/ui', 'renderer/state'] },
};

const root = process.argv[2] ?? process.cwd();
const sources = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /^(engine|electron|renderer)\/.*\.(ts|tsx|mts|mjs|js)$/.test(file));
const breaches = sources.flatMap((file) =>
  importsOf(file).flatMap((used) => {
    const reason = breach(file, used);
    return reason === null ? [] : [`${file}:${used.line} imports ${used.specifier}: ${reason}`];
  }),
);
for (const each of breaches) console.error(each);
if (breaches.length > 0) process.exit(1);

/** @typedef {{ specifier: string, onlyTypes: boolean, line: number }} Use */

/**
 * @param {string} file
 * @returns {readonly Use[]}
 */
function importsOf(file) {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const { module, program } = parseSync(file, text);
  /** @type {Use[]} */
  const uses = [];
  /**
   * @param {string} specifier
   * @param {number} start
   * @param {boolean} onlyTypes
   */
  const add = (specifier, start, onlyTypes) =>
    uses.push({ specifier, onlyTypes, line: text.slice(0, start).split('\n').length });
  for (const { moduleRequest, start } of module.staticImports)
    add(moduleRequest.value, start, text.startsWith('import type', start));
  for (const { entries, start } of module.staticExports)
    for (const { moduleRequest } of entries)
      if (moduleRequest) add(moduleRequest.value, start, text.startsWith('export type', start));
  new Visitor({
    TSImportType: ({ source, start }) => add(source.value, start, true),
    ImportExpression: ({ source, start }) =>
      add(source.type === 'Literal' ? String(source.value) : text.slice(source.start, source.end), start, false),
    NewExpression({ callee, arguments: [url, base], start }) {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || url?.type !== 'Literal' || !base) return;
      if (text.slice(base.start, base.end) === 'import.meta.url') add(String(url.value), start, false);
    },
  }).visit(program);
  return uses;
}

/**
 * @param {string} file
 * @param {Use} use
 * @returns {string | null} why it may not; null when it may
 */
function breach(file, { specifier, onlyTypes }) {
  const { folder, rule } = placeOf(file);
  if (rule === null) return `${folder} is not in the table of test/checks/folder-rules.mjs`;
  if (!specifier.startsWith('.')) {
    const allowed = rule.packages.some((name) =>
      name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
    );
    return allowed ? null : `${folder} may use ${rule.packages.join(', ') || 'no packages'}`;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (rule.types?.includes(target)) return onlyTypes ? null : 'only as `import type`';
  const { folder: targetFolder } = placeOf(target);
  const allowed = targetFolder === folder || rule.folders.some((name) => `${targetFolder}/`.startsWith(`${name}/`));
  return allowed ? null : `${folder} may import ${rule.folders.join(', ') || 'nothing outside itself'}`;
}

/**
 * @param {string} file
 * @returns {{ folder: string, rule: Rule | null }}
 */
function placeOf(file) {
  const parts = file.split('/');
  for (let depth = parts.length; depth > 0; depth--) {
    const folder = parts.slice(0, depth).join('/');
    const rule = rules[folder] ?? (depth < parts.length ? rules[`${path.posix.dirname(folder)}/*`] : undefined);
    if (rule !== undefined) return { folder, rule };
  }
  return { folder: path.posix.dirname(file), rule: null };
}
