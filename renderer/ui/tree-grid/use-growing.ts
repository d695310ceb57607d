import { useEffect, useState } from 'react';

/** What is made at one go: some milliseconds on a slow machine. */
const STEP = 3;

/** A number that comes up to the one that is wanted in small steps, whenever the window has nothing else to do. */
export function useGrowing(wanted: number): number {
  const [reached, setReached] = useState(0);
  useEffect(() => {
    if (reached >= wanted) return;
    const step = requestIdleCallback(() => setReached((now) => Math.min(wanted, now + STEP)));
    return () => cancelIdleCallback(step);
  }, [reached, wanted]);
  return Math.min(reached, wanted);
}
