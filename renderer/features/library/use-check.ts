import { useEffect, useState } from 'react';
import type { Output } from '../../../engine/api/methods.ts';
import { checkWorkflows } from '../../state/library-actions.ts';

type Checked = Output<'workflows.check'>;

/** How long nobody has typed before the text is checked again, in milliseconds. */
const PAUSE = 200;

export interface Check {
  /** The latest result; while the person types it may be of a text that is a moment old. */
  readonly checked: Checked | null;
  /** Why the text could not be checked, as a sentence. */
  readonly failure: string | null;
}

/** Checks a text at once, and again whenever it has changed. */
export function useCheck(text: string): Check {
  const [check, setCheck] = useState<Check>({ checked: null, failure: null });
  const first = check.checked === null && check.failure === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: that a result has come is no reason to check again
  useEffect(() => {
    let current = true;
    const timer = window.setTimeout(
      async () => {
        const reply = await checkWorkflows(text);
        if (!current) return;
        if (reply.ok) setCheck({ checked: reply.output, failure: null });
        else setCheck({ checked: null, failure: reply.error.message });
      },
      first ? 0 : PAUSE,
    );
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [text]);
  return check;
}
