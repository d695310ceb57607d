import { create } from 'zustand';
import type { WindowState } from './window-state.ts';
import { initialState } from './window-state.ts';

/**
 * Everything the window knows, in one place. Components read it through a selector: `useStore((state) => state.library)`.
 * Only the functions in `state/` change it; components call those and never `setState`.
 */
export const useStore = create<WindowState>()(() => initialState);

export function getState(): WindowState {
  return useStore.getState();
}

/** Changes what the function returns and leaves the rest. */
export function update(change: (state: WindowState) => Partial<WindowState>): void {
  useStore.setState(change);
}
