import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { launch, type Windrose } from '../../e2e/app.ts';
import { median } from '../figures.ts';
import { framesDuring, longestTask, plainFrames, scrollFrames, shownAfter, timersIn, untilPainted } from './in-page.ts';
import { storeGraph, storeLarge, storeMany, storePaced, storeResult } from './stores.ts';

/** What one work has measured, by the ids of the rows of the table. */
export type Figures = Readonly<Record<string, number>>;

interface Work {
  /** It has been started on this data folder before, as on every day but the first. */
  readonly isKnown?: true;
  readonly store: (userData: string) => Promise<void>;
  /** The work whose store it uses, where that is kept. */
  readonly storedAs?: string;
  readonly measure: (windrose: Windrose, startedAt: number) => Promise<Figures>;
}

const grid = '[role="treegrid"][aria-label="Executions"]';
const SECONDS = 30;
/** In pixels: what a fast fling scrolls with each frame, and a page, as the scroll bar does that is dragged. */
const FLING = 120;
const PAGE = 700;

function large(tasks: number): Work {
  return {
    store: (userData) => storeLarge(userData, tasks),
    measure: async ({ app, page }) => {
      const id = (name: string) => `${name}-${tasks}`;
      await page.getByRole('row', { name: /^large/ }).waitFor();
      const figures: Record<string, number> = {};
      const began = Date.now();
      figures[id('open')] = await untilPainted(page, { click: `${grid} [data-twisty]` }, `${grid} [aria-level="2"]`);
      // The rest of a large tree comes in behind what is shown.
      await page.getByText(/^Loading/).waitFor({ state: 'hidden', timeout: 60_000 });
      figures[id('whole')] = Date.now() - began;
      await page.getByRole('row', { name: /^batches/ }).click();
      figures[id('expand')] = await untilPainted(page, { press: 'ArrowRight' }, `${grid} [aria-level="3"]`);
      figures[id('expand-all')] = await untilPainted(page, { press: 'e' }, `${grid} [aria-level="5"]`);
      figures[id('scroll')] = p95(await scrollFrames(page, grid, FLING));
      figures[id('jump')] = p95(await scrollFrames(page, grid, PAGE));
      await page.keyboard.press('o');
      const field = page.getByLabel('Filter by name, action or message');
      await field.focus();
      figures[id('filter')] = await untilPainted(
        page,
        { write: 'task_77' },
        `${grid} [aria-label^="task_77"]:not([aria-label^="batch"])`,
      );
      figures[id('memory')] = await app.evaluate(({ app: electron }) => {
        const window = electron.getAppMetrics().find(({ type }) => type === 'Tab');
        return (window?.memory.workingSetSize ?? Number.NaN) / 1024;
      });
      return figures;
    },
  };
}

/** Drags with the mouse, to and fro, so often that some two hundred frames are needed. */
async function drag(page: Page, view: string): Promise<void> {
  const { x, y } = await middleOf(page, view);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < 200; step++)
    await page.mouse.move(x + 120 * Math.sin(step / 8), y + 60 * Math.sin(step / 5));
  await page.mouse.up();
}

/** In and out, with the wheel. */
async function zoomInAndOut(page: Page, view: string): Promise<void> {
  const { x, y } = await middleOf(page, view);
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  for (let step = 0; step < 120; step++) await page.mouse.wheel(0, step < 60 ? -20 : 20);
  await page.keyboard.up('Control');
}

async function middleOf(page: Page, view: string) {
  const box = await page.locator(view).boundingBox();
  if (box === null) throw new Error(`There is no ${view}`);
  return { x: box.x + box.width * 0.7, y: box.y + box.height / 2 };
}

const timeline = '[role="listbox"][aria-label^="Timeline"]';
const events = '[role="treegrid"][aria-label="Events"]';

/** Each starts the application on a store of its own. */
const works: Readonly<Record<string, Work>> = {
  'large-1000': large(1000),
  'large-10000': large(10_000),
  'large-100000': large(100_000),
  views: {
    storedAs: 'large-100000',
    store: (userData) => storeLarge(userData, 100_000),
    measure: async ({ page }) => {
      await page.getByRole('row', { name: /^large/ }).click();
      await page
        .getByText(/^Loading/)
        .first()
        .waitFor();
      await page.getByText(/^Loading/).waitFor({ state: 'hidden', timeout: 60_000 });
      await page.keyboard.press('g');
      await page.getByRole('tab', { name: 'Events' }).waitFor();
      const figures: Record<string, number> = {};
      figures['events-shown'] = await untilPainted(
        page,
        { click: '[data-tab="events"]' },
        `${events} [aria-rowindex="20"]`,
      );
      await page.locator(`${events} [role="row"][tabindex="0"]`).focus();
      const began = Date.now();
      await page.keyboard.press('Control+End');
      await page.locator(`${events} [role="row"][aria-label^="large succeeded"]`).waitFor();
      figures['events-end'] = Date.now() - began;
      figures['events-scroll'] = p95(await scrollFrames(page, events, FLING));
      figures['timeline-shown'] = await untilPainted(page, { click: '[data-tab="timeline"]' }, timeline);
      await page.getByRole('button', { name: 'Attempts and items' }).click();
      figures['timeline-scroll'] = p95(await scrollFrames(page, timeline, FLING));
      figures['timeline-zoom'] = p95(await framesDuring(page, () => zoomInAndOut(page, timeline)));
      await page.locator(timeline).press('+');
      await page.locator(timeline).press('+');
      figures['timeline-pan'] = p95(await framesDuring(page, () => drag(page, timeline)));
      return figures;
    },
  },
  graph: {
    store: (userData) => storeGraph(userData, 2000),
    measure: async ({ page }) => {
      await page.getByRole('row', { name: /^graph/ }).click();
      await page.keyboard.press('g');
      const view = '[role="tabpanel"] section[aria-label^="Graph of"]';
      const began = Date.now();
      await page.locator(`${view} [aria-label^="task_0,"]`).waitFor();
      const shown = Date.now() - began;
      const pan = p95(await framesDuring(page, () => drag(page, view)));
      const zoom = p95(await framesDuring(page, () => zoomInAndOut(page, view)));
      return { 'graph-shown': shown, 'graph-pan': pan, 'graph-zoom': zoom };
    },
  },
  paced: {
    store: (userData) => storePaced(userData, SECONDS),
    measure: async ({ page }) => {
      await page.evaluate(() => window.windrose.call('executions.start', { workflow: 'paced' }));
      await page.getByRole('row', { name: /^paced/ }).click();
      await page.keyboard.press('e');
      const { delays, changes, frames } = await shownAfter(page, (SECONDS - 5) * 1000);
      const pausing = await untilPainted(
        page,
        { click: 'button[title^="Ctrl+."]' },
        `${grid} [role="row"][aria-label*="Paus"]`,
      );
      return {
        'live-shown': p95(delays),
        'live-rate': changes / (SECONDS - 5),
        'live-missing': await missingRows(page),
        'live-frames': p95(frames),
        pausing,
      };
    },
  },
  machine: {
    store: async () => {},
    measure: async ({ page }) => ({
      'machine-frame': p95(await plainFrames(page, FLING)),
      'machine-start': median([await emptyStart(), await emptyStart(), await emptyStart()]),
    }),
  },
  many: {
    store: (userData) => storeMany(userData, 100_000, 1),
    measure: async ({ page }) => {
      await page.getByRole('row', { name: /^many/ }).first().waitFor();
      return { 'many-page': p95(await pageTimes(page)) };
    },
  },
  list: {
    isKnown: true,
    store: (userData) => storeMany(userData, 10_000, 3),
    measure: async ({ app, page }, startedAt) => {
      await page.getByRole('row', { name: /^many/ }).first().waitFor();
      const start = Date.now() - startedAt;
      const idle = await app.evaluate(async ({ app: electron }) => {
        // The first figures are those of the start.
        await new Promise((resolve) => setTimeout(resolve, 3000));
        electron.getAppMetrics();
        await new Promise((resolve) => setTimeout(resolve, 5000));
        return electron.getAppMetrics().reduce((sum, { cpu }) => sum + cpu.percentCPUUsage, 0);
      });
      const timers = await timersIn(page, 5000);
      const pages = await pageTimes(page);
      return {
        start,
        idle,
        timers,
        'list-page': p95(pages),
        'list-scroll': p95(await scrollFrames(page, grid, FLING)),
      };
    },
  },
  result: {
    store: storeResult,
    measure: async ({ page }) => {
      await page.getByRole('row', { name: /^result/ }).click();
      await page.keyboard.press('e');
      const result = { shown: Number.NaN };
      const freeze = await longestTask(page, async () => {
        await page.getByRole('row', { name: /^make/ }).click();
        const button = page.getByRole('button', { name: 'Show it' }).first();
        const value = page.getByRole('treegrid', { name: 'Result' });
        await button.or(value).first().waitFor();
        const began = Date.now();
        if (await button.isVisible()) await button.click();
        await value.waitFor();
        result.shown = Date.now() - began;
      });
      return { 'result-shown': result.shown, 'result-freeze': freeze };
    },
  },
};

/** How long it takes until an Electron that does nothing else shows one word, in milliseconds: measured as `start` is. */
async function emptyStart(): Promise<number> {
  const cwd = await mkdtemp(join(tmpdir(), 'windrose-empty-'));
  await writeFile(
    join(cwd, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<p>There</p>'));`,
  );
  const began = Date.now();
  const app = await _electron.launch({
    cwd,
    args: ['main.cjs'],
    chromiumSandbox: process.env.WINDROSE_TEST_SANDBOX !== 'off',
  });
  const page = await app.firstWindow();
  await page.getByText('There').waitFor();
  const took = Date.now() - began;
  await app.close();
  await rm(cwd, { recursive: true });
  return took;
}

/** How long each of 20 pages of the list takes, in milliseconds. */
function pageTimes(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => {
    const times: number[] = [];
    let cursor: string | null = null;
    for (let at = 0; at < 20; at++) {
      const began = performance.now();
      const reply = JSON.parse(await window.windrose.read('executions.list', { cursor, limit: 200 })) as {
        readonly output: { readonly next: string | null };
      };
      times.push(performance.now() - began);
      cursor = reply.output.next;
    }
    return times;
  });
}

/** How many rows the execution has, now that it stands still, that the window does not know. */
async function missingRows(page: Page): Promise<number> {
  await page.getByRole('row', { name: /^paced.*Paused/ }).waitFor();
  await page.keyboard.press('o');
  const said = await page.getByRole('status').filter({ hasText: /rows$/ }).textContent();
  const there = await page.evaluate(async () => {
    const list = await window.windrose.call('executions.list', { limit: 1 });
    const id = list.ok ? (list.output.executions[0]?.id ?? '') : '';
    const watch = await window.windrose.call('executions.watch', { id });
    return watch.ok ? watch.output.nodes.length + watch.output.left : Number.NaN;
  });
  return there - Number(said?.replace(/\D/g, ''));
}

/**
 * Stores in a folder what a work needs.
 * @param stores where filled stores are kept, so that they are there the next time; null: nowhere
 */
export async function fill(name: string, userData: string, stores: string | null): Promise<void> {
  const { store, storedAs = name, isKnown } = workOf(name);
  const kept = stores === null ? null : join(stores, storedAs);
  if (kept !== null && existsSync(kept)) return cp(kept, userData, { recursive: true });
  await store(userData);
  if (isKnown) {
    const first = await launch(userData);
    await first.page.getByRole('row').first().waitFor();
    await first.close();
  }
  if (kept === null) return;
  // Under its name only once it is whole.
  await cp(userData, `${kept}.part`, { recursive: true });
  await rename(`${kept}.part`, kept);
}

/** Starts the application on what was filled for a work, measures, and ends it. */
export async function measure(name: string, userData: string): Promise<Figures> {
  const work = workOf(name);
  const startedAt = Date.now();
  const windrose = await launch(userData);
  try {
    await windrose.page.setViewportSize({ width: 1280, height: 800 }).catch(() => {});
    return await work.measure(windrose, startedAt);
  } finally {
    await windrose.kill();
  }
}

function workOf(name: string): Work {
  const work = works[name];
  if (work === undefined) throw new Error(`There is no work ${name}.`);
  return work;
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN;
}
