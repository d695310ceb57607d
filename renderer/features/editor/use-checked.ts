import { useEffect, useRef, useState } from 'react';
import type { DocumentKind } from '../../state/text-document.ts';
import { type Checked, checkText } from './check-text.ts';

/** In characters: checking more than this takes longer than a frame, and is done beside the window. */
const AT_ONCE = 60_000;
/** How long nobody has typed before the text is checked again, in milliseconds. */
const PAUSE = 120;

/** The check of a text, of how it was a moment ago while somebody types. Null until a large text was checked first. */
export function useChecked(kind: DocumentKind, text: string): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(() => (text.length > AT_ONCE ? null : checkText(kind, text)));
  const newest = useRef(checked);
  newest.current = checked;
  useEffect(() => {
    if (newest.current?.text === text && newest.current.kind === kind) return;
    let worker: Worker | null = null;
    const timer = window.setTimeout(
      () => {
        if (text.length <= AT_ONCE) return setChecked(checkText(kind, text));
        worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
        worker.onmessage = ({ data }: MessageEvent<Checked>) => {
          setChecked(data);
          worker?.terminate();
        };
        worker.postMessage({ kind, text });
      },
      newest.current === null ? 0 : PAUSE,
    );
    return () => {
      window.clearTimeout(timer);
      worker?.terminate();
    };
  }, [kind, text]);
  return checked;
}
