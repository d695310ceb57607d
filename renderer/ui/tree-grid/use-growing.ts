import { useEffect, useState } from 'react';

/** What is made at one go: some milliseconds on a slow machine. */
const STEP = 6;
/** So long nothing must have changed before each step, in milliseconds: what somebody waits for comes first. */
const REST = 200;

/** A number that comes up to the one that is wanted in steps, each once `watched` has been the same for a moment. */
export function useGrowing(wanted: number, watched: unknown): number {
  const [reached, setReached] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time begins anew with each change
  useEffect(() => {
    if (reached >= wanted) return;
    const step = window.setTimeout(() => setReached((now) => Math.min(wanted, now + STEP)), REST);
    return () => window.clearTimeout(step);
  }, [reached, wanted, watched]);
  return Math.min(reached, wanted);
}
