import type { Family } from '../../ui/glyph.tsx';

/** The colours and the type that the canvas is drawn with, as the style sheets have them at the moment. */
export interface Palette {
  readonly surface: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly hover: string;
  readonly selected: string;
  readonly accent: string;
  readonly hues: Readonly<Record<Family, string>>;
  readonly font: string;
}

/** With forced colours everything has the one that the system gives to text; marks tell the states apart. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const { color: text, backgroundColor: surface, fontFamily: font } = style;
  if (window.matchMedia('(forced-colors: active)').matches) {
    const hues = { inert: text, active: text, attention: text, good: text, bad: text };
    return { surface, text, dim: text, line: text, hover: surface, selected: surface, accent: text, hues, font };
  }
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface,
    text,
    dim: token('text-dim'),
    line: token('line'),
    hover: token('surface-hover'),
    selected: token('accent-wash'),
    accent: token('accent'),
    hues: {
      inert: token('inert'),
      active: token('active'),
      attention: token('attention'),
      good: token('good'),
      bad: token('bad'),
    },
    font,
  };
}

/** Calls back when the theme or the contrast has become another; returns the function that ends it. */
export function onPaletteChange(listener: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}
