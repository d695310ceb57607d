/** A project that breaks no rule, and goes as far as each of them allows: file to text. */
export const soundProject: Readonly<Record<string, string>> = {
  'engine/model/json.ts': `export const json = 1;
`,
  'engine/yaml/parse.ts': `import { json } from '../model/json.ts';

export const parse = (text: string) => [text, json];
`,
  'engine/expressions/day.ts': `import { json } from '../model/json.ts';
import { parse } from '../yaml/parse.ts';

export const day = [new Date(json).toISOString(), Date.UTC(2000), Date.parse('2000-01-01'), parse('1')];
`,
  'engine/api/methods.ts': `import { z } from 'zod';
import { json } from '../model/json.ts';

export const methods = z.literal(json);
export type Method = z.infer<typeof methods>;
`,
  'engine/language/read.ts': `import { parse } from '../yaml/parse.ts';

export const read = (text: string): unknown => parse(text);
`,
  'engine/core/decide.ts': `import { List } from 'immutable';
import { day } from '../expressions/day.ts';
import { read } from '../language/read.ts';

export const decide = () => List([day, read('1')]);
`,
  'engine/store/keep.ts': `import { Memory } from 'lowdb';

export const keep = () => new Memory();
`,
  'engine/runtime/run.ts': `import fs from 'node:fs';
import { decide } from '../core/decide.ts';
import { keep } from '../store/keep.ts';

export const run = () => [fs.existsSync(process.cwd()), Date.now(), decide(), keep()];
`,
  'engine/backends/local/local.ts': `import { methods } from '../../api/methods.ts';
import { run } from '../../runtime/run.ts';

export const local = () => [methods, run()];
`,
  'electron/contract.ts': `export interface Bridge {
  readonly name: string;
}
`,
  'electron/ipc.ts': `import { ipcMain } from 'electron';
import { local } from '../engine/backends/local/local.ts';

export const serve = () => ipcMain.handle('x', () => local());
`,
  'electron/main.ts': `import { app } from 'electron';
import { serve } from './ipc.ts';

serve();
app.quit();
`,
  'electron/preload.ts': `import { ipcRenderer } from 'electron';

ipcRenderer.send('x');
`,
  'renderer/index.html': `<!doctype html>
<html lang="en">
  <script type="module" src="./main.tsx"></script>
</html>
`,
  'renderer/main.tsx': `import { createRoot } from 'react-dom/client';
import { First } from './features/first/first.tsx';

createRoot(document.body).render(<First name="x" />);
`,
  'renderer/features/first/first.tsx': `import type { ReactNode } from 'react';
import type { Bridge } from '../../../electron/contract.ts';
import type { Method } from '../../../engine/api/methods.ts';
import { method } from '../../ui/method.ts';

export function First({ name }: Bridge): ReactNode {
  const used: Method = method;
  return name + used;
}
`,
  'renderer/ui/method.ts': `export const method = 1;
`,
};
