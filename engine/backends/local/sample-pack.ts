import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const README = `# Your own actions

Every .js, .mjs, .ts or .mts file in this folder is a module; every object that it exports and that has a function \`run\` is an
action that the tasks of your workflows can name. greet.js is as short as one can be; count-words.ts shows the rest.

- name: as tasks write it, with a word of your own in front: acme.greet. std. and local. belong to Windrose.
- description, and those of the inputs, are shown in the library and while you write.
- input: a JSON schema of what the action takes. output: one of what it gives. Both are checked.
- timeout: seconds; an hour unless told otherwise.
- run(input, { signal, log, progress }): what it returns, or what its promise resolves to, is the result; what it throws is
  the failure. signal is an AbortSignal: end soon when it is aborted, or you are killed. log(...) writes a line for the
  inspector, as console.log does. progress(fraction, text) moves the bar, from 0 to 1.

Modules are loaded again when they are saved. Each runs in a process of its own, with all that you may do yourself: a
workflow that uses one is asked about before it runs. Put what several modules share into a folder beside them and import
it with its ending: import { x } from './lib/x.js'.
`;

const GREET = `export const greet = {
  name: 'sample.greet',
  description: 'Greets somebody.',
  input: { properties: { name: { type: 'string', description: 'Whom.' } }, required: ['name'] },
  output: { type: 'string', description: 'the greeting' },
  run: ({ name }) => \`Hello, \${name}!\`,
};
`;

const COUNT_WORDS = `import { setTimeout } from 'node:timers/promises';

interface Input {
  readonly texts: readonly string[];
}

interface Context {
  readonly signal: AbortSignal;
  log(...values: readonly unknown[]): void;
  progress(fraction: number | null, text?: string): void;
}

export const countWords = {
  name: 'sample.count_words',
  description: 'Counts the words of texts, one after another.',
  input: {
    properties: { texts: { type: 'array', items: { type: 'string' }, description: 'A list of texts.' } },
    required: ['texts'],
  },
  output: {
    type: 'object',
    properties: { words: { type: 'integer' } },
    description: 'words: how many there are in all',
  },
  timeout: 60,
  async run({ texts }: Input, { signal, log, progress }: Context) {
    let words = 0;
    for (const [index, text] of texts.entries()) {
      const found = text.split(/\\s+/).filter((word) => word !== '').length;
      words += found;
      log(\`text \${index + 1}: \${found} words\`);
      progress((index + 1) / texts.length, \`\${words} words\`);
      await setTimeout(200, undefined, { signal });
    }
    return { words };
  },
};
`;

const FILES = { 'README.md': README, 'greet.js': GREET, 'count-words.ts': COUNT_WORDS };

/** Puts two actions and an explanation into the folder of the person's own actions, unless there is something in it. */
export async function addSamplePack(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) return;
  for (const [name, text] of Object.entries(FILES)) {
    await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' });
  }
}
