import type { ExecutionSummary } from '../engine/api/resources.ts';

/** What a notification says, and the execution that it leads to; null: to the list of them. */
export interface EndNotice {
  readonly title: string;
  readonly body: string;
  readonly id: string | null;
}

/** More than these at once become one. */
const MOST = 5;
/** What ends together is told together, in milliseconds. */
const TOGETHER = 400;
/** However many end, so long there is quiet after what was told, in milliseconds. */
const QUIET = 10_000;

/** Tells of executions that have ended, never in a storm: at most five in ten seconds. Without endings no timer runs. */
export class EndNotices {
  readonly #show: (notice: EndNotice) => void;
  #waiting: ExecutionSummary[] = [];
  #timer: NodeJS.Timeout | null = null;
  #quietUntil = 0;

  constructor(show: (notice: EndNotice) => void) {
    this.#show = show;
  }

  add(ended: readonly ExecutionSummary[]): void {
    if (ended.length === 0) return;
    this.#waiting.push(...ended);
    this.#timer ??= setTimeout(() => this.#tell(), Math.max(TOGETHER, this.#quietUntil - Date.now()));
    // The end of the app does not wait for it.
    this.#timer.unref();
  }

  #tell(): void {
    this.#timer = null;
    this.#quietUntil = Date.now() + QUIET;
    for (const notice of noticesOf(this.#waiting)) this.#show(notice);
    this.#waiting = [];
  }
}

/** What is told of executions that ended at about the same time. What was cancelled was cancelled by somebody who knows. */
export function noticesOf(ended: readonly ExecutionSummary[]): readonly EndNotice[] {
  const told = ended.filter(({ state }) => state === 'SUCCESS' || state === 'ERROR');
  if (told.length <= MOST) return told.map(noticeOf);
  const failed = told.filter(({ state }) => state === 'ERROR').length;
  const title = `${told.length} executions ended${failed === 0 ? '' : `, ${failed} failed`}`;
  return [{ title, body: namesOf(told), id: null }];
}

function noticeOf({ id, name, state, message }: ExecutionSummary): EndNotice {
  return { title: `${name} ${state === 'ERROR' ? 'failed' : 'succeeded'}`, body: message ?? '', id };
}

/** Those that failed first, each name once. */
function namesOf(ended: readonly ExecutionSummary[]): string {
  const worstFirst = ended.toSorted((a, b) => Number(b.state === 'ERROR') - Number(a.state === 'ERROR'));
  const names = [...new Set(worstFirst.map(({ name }) => name))];
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and others`;
}
