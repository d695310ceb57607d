import { findInJson } from './find-in-json.ts';
import { buffersOf, indexJson, type JsonIndex } from './json-index.ts';

/** First the text in parts, the last of which is answered with its index; then what is to be looked for in it. */
export type JsonQuestion = { readonly part: string; readonly isLast: boolean } | { readonly words: string };
export type JsonAnswer =
  | { readonly index: JsonIndex | null }
  | { readonly words: string; readonly matches: Int32Array };

let text = '';
let index: JsonIndex | null = null;

self.onmessage = ({ data }: MessageEvent<JsonQuestion>) => {
  if ('part' in data) {
    text += data.part;
    if (!data.isLast) return;
    index = indexJson(text);
    // What is sent has to be given away, and it is needed here for looking things up.
    const copy = index === null ? null : structuredClone(index);
    answer({ index: copy }, copy === null ? [] : buffersOf(copy));
  } else {
    const matches = index === null ? new Int32Array(0) : findInJson(text, index, data.words);
    answer({ words: data.words, matches }, [matches.buffer as ArrayBuffer]);
  }
};

function answer(message: JsonAnswer, transfer: Transferable[]): void {
  self.postMessage(message, { transfer });
}
