/** One file that breaks one rule, and the part of `npm run check` that must see it. */
export interface Breach {
  readonly what: string;
  readonly seenBy: 'lint' | 'types' | 'folders' | 'dead';
  readonly file: string;
  readonly text: string;
  /** What the report says in a line that names the file. */
  readonly says: string;
}

const pureFolders = ['model', 'yaml', 'language', 'expressions', 'core', 'api'];

const style = breachesSeenBy('lint', [
  ['another format', 'engine/core/ugly.ts', 'export const a  = 1\n', 'format'],
  ['a default export', 'engine/core/default.ts', 'export default 1;\n', 'noDefaultExport'],
  ['a barrel', 'engine/core/barrel.ts', "export * from './decide.ts';\n", 'noBarrelFile'],
  ['a file name in camelCase', 'engine/core/camelCase.ts', 'export const a = 1;\n', 'useFilenamingConvention'],
  ['any', 'engine/core/any.ts', 'export const a: any = 1;\n', 'noExplicitAny'],
  ['a non-null assertion', 'engine/core/assert.ts', 'export const a = (b?: 1) => b!;\n', 'noNonNullAssertion'],
  ['a promise that nobody awaits', 'engine/store/lost.ts', 'async function f() {}\nf();\n', 'noFloatingPromises'],
  ['an import without extension', 'engine/core/bare.ts', "import './decide';\n", 'useImportExtensions'],
]);

const cycles = breachesSeenBy('lint', [
  ['a cycle', 'engine/core/a.ts', "import { b } from './b.ts';\n\nexport const a = () => b;\n", 'noImportCycles'],
  [
    'its other half',
    'engine/core/b.ts',
    "import { a } from './a.ts';\n\nexport const b = () => a;\n",
    'noImportCycles',
  ],
  [
    'a cycle of types',
    'engine/core/c.ts',
    "import type { D } from './d.ts';\n\nexport type C = D[];\n",
    'noImportCycles',
  ],
  [
    'its other half',
    'engine/core/d.ts',
    "import type { C } from './c.ts';\n\nexport type D = C[];\n",
    'noImportCycles',
  ],
]);

const messages = breachesSeenBy(
  'lint',
  [
    ['ipcMain elsewhere', "import { ipcMain } from 'electron';\n\nipcMain.on('x', () => {});\n"],
    ['ipcRenderer elsewhere', "import { ipcRenderer } from 'electron';\n\nipcRenderer.send('x');\n"],
    ['ipcMain by a detour', "import * as all from 'electron';\n\nall.ipcMain.on('x', () => {});\n"],
  ].map(([what = '', text = ''], index) => [what, `electron/messages-${index}.ts`, text, 'noRestrictedImports']),
);

const clocks = breachesSeenBy(
  'lint',
  pureFolders.flatMap((folder) =>
    ['Date.now()', 'new Date()', 'Date()', 'Math.random()', '[0].map(Date.now)'].map((clock, index) => [
      `${clock} in engine/${folder}`,
      `engine/${folder}/clock-${index}.ts`,
      `export const clock = () => ${clock};\n`,
      'plugin',
    ]),
  ),
);

const world = breachesSeenBy(
  'types',
  pureFolders.flatMap((folder) =>
    ['console', 'setTimeout', 'process', 'document', 'fetch', 'crypto', 'structuredClone'].map((name) => [
      `${name} in engine/${folder}`,
      `engine/${folder}/world-${name.toLowerCase()}.ts`,
      `export const a = ${name};\n`,
      `'${name}'`,
    ]),
  ),
);

const types = breachesSeenBy('types', [
  ['a page in the engine', 'engine/store/page.ts', 'export const a = document;\n', "'document'"],
  ['a page in the shell', 'electron/shell.ts', 'export const a = document;\n', "'document'"],
  ['Node in the window', 'renderer/ui/node.ts', 'export const a = process.pid;\n', "'process'"],
  ['an enum', 'engine/core/enum.ts', 'export enum A {}\n', 'erasableSyntaxOnly'],
  ['an index taken for granted', 'engine/core/index.ts', 'export const a = (b: 1[]): 1 => b[0];\n', 'undefined'],
  ['an optional undefined', 'engine/core/opt.ts', 'export const a: { b?: 1 } = { b: undefined };\n', 'exactOptional'],
]);

const imports = breachesSeenBy(
  'folders',
  [
    ['engine/model', '../api/methods.ts'],
    ['engine/model', 'immutable'],
    ['engine/expressions', '../language/read.ts'],
    ['engine/api', '../core/decide.ts'],
    ['engine/language', '../core/decide.ts'],
    ['engine/core', '../api/methods.ts'],
    ['engine/core', '../store/keep.ts'],
    ['engine/core', './../store/keep.ts'],
    ['engine/core/rules', '../../runtime/run.ts'],
    ['engine/core', 'zod'],
    ['engine/core', 'node:fs'],
    ['engine/core', 'fs'],
    ['engine/actions', '../core/decide.ts'],
    ['engine/store', '../runtime/run.ts'],
    ['engine/runtime', '../api/methods.ts'],
    ['engine/runtime', '../../electron/ipc.ts'],
    ['engine/runtime', '../../renderer/ui/method.ts'],
    ['engine/runtime', 'lowdb'],
    ['engine/runtime', 'electron'],
    ['engine/runtime', 'react'],
    ['engine/backends/local', '../../../renderer/ui/button.tsx'],
    ['engine/backends/remote', '../local/local.ts'],
    ['engine/backends/remote', '../../runtime/run.ts'],
    ['engine/elsewhere', '../model/json.ts'],
    ['electron', '../engine/core/decide.ts'],
    ['electron', '../renderer/ui/method.ts'],
    ['electron', 'lowdb'],
    ['renderer/ui', '../../engine/runtime/run.ts'],
    ['renderer/ui', '../../electron/contract.ts'],
    ['renderer/ui', '../../electron/ipc.ts'],
    ['renderer/ui', '../features/first/first.tsx'],
    ['renderer/ui', 'node:fs'],
    ['renderer/ui', 'electron'],
    ['renderer/state', '../features/first/first.tsx'],
    ['renderer/features/second', '../first/first.tsx'],
    ['engine/core', '../../test/e2e/app.ts'],
    ['electron', '../test/e2e/app.ts'],
    ['renderer/ui', '../../test/e2e/app.ts'],
  ].map(([from = '', to = ''], index) => [
    `${from} imports ${to}`,
    `${from}/import-${index}.ts`,
    `import { x } from '${to}';\n\nexport const a = x;\n`,
    to,
  ]),
);

const formsOfImport = breachesSeenBy(
  'folders',
  [
    ['import type', "import type { x } from '../store/keep.ts';\n\nexport type X = typeof x;\n"],
    ['a bare import', "import '../store/keep.ts';\n"],
    ['export from', "export { x } from '../store/keep.ts';\n"],
    ['import()', "export const x = () => import('../store/keep.ts');\n"],
    ['the type of an import', "export type X = import('../store/keep.ts').X;\n"],
    ['a worker', "export const x = new URL('../store/keep.ts', import.meta.url);\n"],
  ].map(([what, text = ''], index) => [
    `a forbidden import as ${what}`,
    `engine/core/form-${index}.ts`,
    text,
    '../store/keep.ts',
  ]),
);

const dead = breachesSeenBy('dead', [
  [
    'an export that nobody imports',
    'engine/model/json.ts',
    'export const json = 1;\nexport const unused = 1;\n',
    'unused',
  ],
  ['a type that nobody imports', 'renderer/ui/method.ts', 'export const method = 1;\nexport type T = 1;\n', 'T'],
  ['a file that nobody imports', 'engine/store/nobody.ts', 'export const a = 1;\n', 'engine/store/nobody.ts'],
]);

export const breaches: readonly Breach[] = [
  ...style,
  ...cycles,
  ...messages,
  ...clocks,
  ...world,
  ...types,
  ...imports,
  ...formsOfImport,
  ...dead,
];

function breachesSeenBy(seenBy: Breach['seenBy'], cases: readonly (readonly string[])[]): readonly Breach[] {
  return cases.map(([what = '', file = '', text = '', says = '']) => ({ what, seenBy, file, text, says }));
}
