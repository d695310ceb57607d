import { useEffect, useMemo, useRef, useState } from 'react';
import { findInJson } from './find-in-json.ts';
import { JsonDocument } from './json-document.ts';
import { indexJson } from './json-index.ts';
import type { JsonAnswer, JsonQuestion } from './json-worker.ts';

/** In characters. What is longer is read beside the window, which must not stand still for it. */
const LARGE = 200_000;
/** So much of it is given to the worker in a turn: copying it takes some milliseconds, and ten megabytes a tenth of a second. */
const PART = 1_000_000;

export interface JsonReader {
  /** `undefined` until it has been read; null when the text is not JSON. */
  readonly document: JsonDocument | null | undefined;
  /** What was found last, and by which words; null before anything was looked for. */
  readonly found: { readonly words: string; readonly matches: Int32Array } | null;
  readonly find: (words: string) => void;
}

/** Reads a JSON text and looks things up in it; a large one in a worker. */
export function useJson(text: string): JsonReader {
  const small = useMemo(() => (text.length <= LARGE ? read(text) : undefined), [text]);
  const [large, setLarge] = useState<{ readonly text: string; readonly document: JsonDocument | null } | null>(null);
  const [found, setFound] = useState<{ readonly of: string; readonly words: string; readonly matches: Int32Array }>();
  const worker = useRef<Worker | null>(null);

  useEffect(() => {
    if (text.length <= LARGE) return;
    const own = new Worker(new URL('./json-worker.ts', import.meta.url), { type: 'module' });
    worker.current = own;
    own.onmessage = ({ data }: MessageEvent<JsonAnswer>) => {
      if ('index' in data)
        setLarge({ text, document: data.index === null ? null : new JsonDocument(text, data.index) });
      else setFound({ of: text, ...data });
    };
    own.onerror = () => setLarge({ text, document: null });
    let next: number | undefined;
    const sendFrom = (at: number) => {
      const end = at + PART;
      own.postMessage({ part: text.slice(at, end), isLast: end >= text.length } satisfies JsonQuestion);
      next = end >= text.length ? undefined : window.setTimeout(() => sendFrom(end));
    };
    sendFrom(0);
    return () => {
      window.clearTimeout(next);
      own.terminate();
    };
  }, [text]);

  const document = small !== undefined ? small : large?.text === text ? large.document : undefined;
  return {
    document,
    found: found?.of === text ? found : null,
    find: (words) => {
      if (small === undefined) worker.current?.postMessage({ words } satisfies JsonQuestion);
      else if (small !== null) setFound({ of: text, words, matches: findInJson(text, small.index, words) });
    },
  };
}

function read(text: string): JsonDocument | null {
  const index = indexJson(text);
  return index === null ? null : new JsonDocument(text, index);
}
