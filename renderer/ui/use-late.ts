import { useEffect, useState } from 'react';

/** How long one waits before one is told that one waits, in milliseconds. */
const PATIENCE = 150;

/** True when `waiting` has been true for so long that it should be shown. */
export function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = window.setTimeout(() => setLate(true), PATIENCE);
    return () => {
      window.clearTimeout(timer);
      setLate(false);
    };
  }, [waiting]);
  return waiting && late;
}
