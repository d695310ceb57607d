import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { breaches } from './breaches.ts';
import { soundProject } from './sound-project.ts';

const root = path.join(import.meta.dirname, '../..');
const { scripts, dependencies, devDependencies } = z
  .object({
    scripts: z.object({ check: z.string(), types: z.string() }),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')));

/** The commands of `npm run check`, which stops at the first that fails; here every one has its say. */
const [lint = '', types = '', folders = '', dead = ''] = scripts.check.split(' && ');
const commands = { lint: `${lint} --reporter=github --max-diagnostics=none`, types, folders, dead };

const settings = [
  '.biome.jsonc',
  '.ci',
  '.gitignore',
  '.knip.jsonc',
  'tsconfig.json',
  'engine/tsconfig.json',
  'engine/tsconfig.node.json',
  'electron/tsconfig.json',
  'electron/build',
  'renderer/tsconfig.json',
  'test/checks',
  'test/playwright.config.ts',
  'test/vitest.config.ts',
  'test/property-seed.ts',
];

/** A little project under the tools and settings of this one. */
let project: string;

beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'windrose-check-'));
  for (const name of settings) fs.cpSync(path.join(root, name), path.join(project, name), { recursive: true });
  write('package.json', `${JSON.stringify(packageOfProject(), null, 2)}\n`);
  writeSoundProject();
  linkPackages('.');
});

afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

test('a sound project passes', { timeout: 60_000 }, () => {
  for (const command of Object.values(commands)) {
    const { status, output } = run(command);
    expect(status, output).toBe(0);
  }
});

describe.each(['lint', 'types', 'folders', 'dead'] as const)('%s fails and names', (tool) => {
  const planted = breaches.filter(({ seenBy }) => seenBy === tool);
  let report: Report;

  beforeAll(() => {
    for (const { file, text } of planted) write(file, text);
    report = run(commands[tool]);
    for (const { file } of planted) fs.rmSync(path.join(project, file));
    writeSoundProject();
  }, 60_000);

  test.each(planted)('$what', ({ file, says }) => {
    expect(report.status).not.toBe(0);
    const lines = report.output.split('\n').filter((line) => line.includes(file));
    expect(lines.join('\n')).toContain(says);
  });
});

interface Report {
  readonly status: number | null;
  readonly output: string;
}

function run(command: string): Report {
  const { status, stdout, stderr } = spawnSync(command, {
    shell: true,
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${root}/node_modules/.bin${path.delimiter}${process.env.PATH}`, NO_COLOR: '1' },
  });
  return { status, output: stdout + stderr };
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  fs.writeFileSync(path.join(project, file), text);
}

function writeSoundProject(): void {
  for (const [file, text] of Object.entries(soundProject)) write(file, text);
}

/** Only the packages that the little project uses: to declare more would be a breach. */
function packageOfProject(): object {
  const texts = Object.values(soundProject).join('\n');
  const isImported = (name: string) => texts.includes(`from '${name}'`) || texts.includes(`from '${name}/`);
  // The others are what the checks themselves run with; this one only the tests of the window import.
  const isTool = (name: string) => name !== 'axe-core';
  const typesOf = (name: string) => name.replace(/^@types\/(?!node$)/, '');
  const kept = (all: Record<string, string>, keeps: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => keeps(name)));
  return {
    name: 'little',
    private: true,
    type: 'module',
    scripts: { ...scripts, task: 'node electron/build/task.mjs' },
    dependencies: kept(dependencies, isImported),
    devDependencies: kept(devDependencies, (name) =>
      typesOf(name) === name ? isTool(name) : isImported(typesOf(name)),
    ),
  };
}

/** One link for each package, so that what the tools cache stays apart from this checkout's. */
function linkPackages(folder: string): void {
  const from = path.join(root, 'node_modules', folder);
  const to = path.join(project, 'node_modules', folder);
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from)) {
    if (name.startsWith('@')) linkPackages(name);
    else if (!name.startsWith('.')) fs.symlinkSync(path.join(from, name), path.join(to, name));
  }
}
