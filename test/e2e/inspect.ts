import path from 'node:path';
import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { expect } from './app.ts';

const screenshots = path.join(import.meta.dirname, '../output/screenshots');

/**
 * Looks at what is shown in both themes: nothing that keeps somebody from using it, and a picture for people.
 *
 * @param within a selector: only there, by all rules in both themes, and nothing at all that axe finds
 */
export async function inspect(page: Page, name: string, within: string | null = null): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: path.join(screenshots, `${name}-${colorScheme}.png`) });
    // The themes are two sets of colours of one page: all that can differ is the contrast.
    const options: RunOptions = colorScheme === 'light' || within !== null ? {} : { runOnly: ['color-contrast'] };
    await expectUsable(page, `${name}, ${colorScheme}`, options, within);
  }
}

/** The same for somebody who has colours of their own and no motion. */
export async function inspectForced(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active', reducedMotion: 'reduce' });
  await page.screenshot({ path: path.join(screenshots, `${name}-forced-colours.png`) });
  // What is painted are the person's own colours; the styles, which axe reads, still name ours.
  await expectUsable(page, `${name}, forced colours`, { rules: { 'color-contrast': { enabled: false } } }, null);
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect, playState }) => playState === 'running' && Number(effect?.getTiming().duration) > 0)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? effect.target?.outerHTML : null)),
  );
  expect(moving, `${name}: nothing moves`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' });
}

async function expectUsable(page: Page, what: string, options: RunOptions, within: string | null): Promise<void> {
  // Once for each page: to hand it over takes as long as a look.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async ([selector, chosen]) => {
      const { axe: inPage } = window as unknown as { axe: typeof axe };
      // Where everything that is right stands takes axe as long to say as all the rest.
      const found = await inPage.run(selector ?? document, { ...chosen, resultTypes: ['violations'] });
      return found.violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.map(({ html }) => html) }));
    },
    [within, options] as const,
  );
  const serious = violations.filter(({ impact }) => within !== null || impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, html }) => `${id}: ${html.join(' ')}`),
    what,
  ).toEqual([]);
}
