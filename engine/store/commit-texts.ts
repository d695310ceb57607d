import { encodeJson } from '../model/json.ts';
import type { ExecutionFiles } from './execution-files.ts';
import { type Format, upcastTo } from './format.ts';
import type { HistoryLine } from './histories.ts';
import { LARGE, type LargeValue, restore, separate } from './large-values.ts';
import { decodeReferring, encodeReferring } from './line.ts';
import type { PayloadFiles } from './payload-files.ts';

/** Commits as they stand in lines, with their large values in files of their own. */
export class CommitTexts<C> {
  readonly #format: Format;
  readonly #files: ExecutionFiles;
  readonly #payloads: PayloadFiles;

  constructor(format: Format, files: ExecutionFiles, payloads: PayloadFiles) {
    this.#format = format;
    this.#files = files;
    this.#payloads = payloads;
  }

  /** The payload of the line, and what has to be kept before anybody may read it. */
  encode(commit: C): { readonly json: string; readonly values: readonly LargeValue[] } {
    const json = encodeJson(commit);
    // Most commits hold nothing large, and need not be looked into.
    if (json.length <= LARGE) return { json, values: [] };
    const { rest, references, values } = separate(commit);
    return references.length === 0 ? { json, values } : { json: encodeReferring(rest, references), values };
  }

  /** `lostValues`: how many of its large values could not be read; sentences stand in their places. */
  async decode({ head, bytes }: HistoryLine): Promise<{ readonly commit: C; readonly lostValues: number }> {
    const { payload, references } = decodeReferring(bytes.toString('utf8'));
    const { values, lost } = references.length === 0 ? nothing : await this.#payloads.read(references);
    restore(payload, references, (sha256) => values.get(sha256));
    const commit = upcastTo(this.#format, 'commit', payload, head.version, this.#files.historyPath(head.id)) as C;
    return { commit, lostValues: lost };
  }
}

const nothing = { values: new Map<string, unknown>(), lost: 0 };
