import { useSyncExternalStore } from 'react';

const SECOND = 1000;

const listeners = new Set<() => void>();
let timer: number | undefined;
let now = Date.now();

/**
 * The time, counted on once a second as long as `ticking` and the window is in view. All who count share one timer, and
 * without anybody who counts there is none.
 */
export function useNow(ticking: boolean): number {
  return useSyncExternalStore(ticking ? subscribe : stand, () => now);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', follow);
  listeners.add(listener);
  follow();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener('visibilitychange', follow);
    follow();
  };
}

function stand(): () => void {
  return () => {};
}

/** Lets the timer run exactly while somebody counts and can be seen. */
function follow(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible';
  if (wanted && timer === undefined) {
    timer = window.setInterval(tick, SECOND);
    // The time may have stood still for long.
    queueMicrotask(tick);
  } else if (!wanted && timer !== undefined) {
    window.clearInterval(timer);
    timer = undefined;
  }
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}
