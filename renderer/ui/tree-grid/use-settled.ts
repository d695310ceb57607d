import { useEffect, useState } from 'react';

/** Whether the value has been the same for so long, in milliseconds. */
export function useSettled<T>(value: T, rest: number): boolean {
  const [settled, setSettled] = useState({ value });
  useEffect(() => {
    if (settled.value === value) return;
    const timer = window.setTimeout(() => setSettled({ value }), rest);
    return () => window.clearTimeout(timer);
  }, [value, settled, rest]);
  return settled.value === value;
}
