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
    // The usual mode opens a second page, which this application does not allow.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      `${name}, ${colorScheme}`,
    ).toEqual([]);
  }
}
