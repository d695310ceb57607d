import { update } from './store.ts';
import type { Notice, PaletteKind, Place } from './window-state.ts';

export function showPlace(place: Place): void {
  update(({ visits }) => ({ place, visits: visits + 1 }));
}

export function notify(notice: Notice): void {
  update(() => ({ notice }));
}

export function dismissNotice(): void {
  update(() => ({ notice: null }));
}

export function showSettings(shown: boolean): void {
  update(() => ({ settingsShown: shown }));
}

export function showShortcuts(shown: boolean): void {
  update(() => ({ shortcutsShown: shown }));
}

/** Null closes it. */
export function showPalette(palette: PaletteKind | null): void {
  update(() => ({ palette }));
}

export function showCentre(shown: boolean): void {
  update(({ centre }) => ({ centre: { ...centre, shown } }));
}

export function showCentreTab(tab: string): void {
  update(() => ({ centre: { shown: true, tab } }));
}

export function resizePane(name: string, size: number): void {
  update(({ paneSizes }) => ({ paneSizes: new Map(paneSizes).set(name, size) }));
}
