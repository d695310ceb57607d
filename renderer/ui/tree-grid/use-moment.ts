import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';

/** Whether something happens in this render, or did a moment ago: so many milliseconds. Renders once more when it is over. */
export function useMoment(happens: boolean, length: number): boolean {
  const lasts = useRef(false);
  const timer = useRef<number | undefined>(undefined);
  const [, end] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => {
    if (!happens) return;
    lasts.current = true;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      lasts.current = false;
      end();
    }, length);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return happens || lasts.current;
}
