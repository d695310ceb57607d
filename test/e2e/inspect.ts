import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

const screenshots = path.join(import.meta.dirname, '../output/screenshots');

/** Looks at what is shown in both themes: nothing that keeps somebody from using it, and a picture for people. */
export async function inspect(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: path.join(screenshots, `${name}-${colorScheme}.png`) });
    // The themes are two sets of colours of one page: all that can differ is the contrast.
    await expectUsable(page, `${name}, ${colorScheme}`, (axe) =>
      colorScheme === 'light' ? axe : axe.withRules(['color-contrast']),
    );
  }
}

/** The same for somebody who has colours of their own and no motion. */
export async function inspectForced(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active', reducedMotion: 'reduce' });
  await page.screenshot({ path: path.join(screenshots, `${name}-forced-colours.png`) });
  // What is painted are the person's own colours; the styles, which axe reads, still name ours.
  await expectUsable(page, `${name}, forced colours`, (axe) => axe.disableRules(['color-contrast']));
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect, playState }) => playState === 'running' && Number(effect?.getTiming().duration) > 0)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? effect.target?.outerHTML : null)),
  );
  expect(moving, `${name}: nothing moves`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' });
}

async function expectUsable(page: Page, what: string, rules: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  // The usual mode opens a second page, which this application does not allow.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  // Where everything that is right stands takes axe as long to say as all the rest.
  const { violations } = await rules(axe.options({ resultTypes: ['violations'] })).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    what,
  ).toEqual([]);
}
