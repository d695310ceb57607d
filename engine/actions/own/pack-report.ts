import { format } from 'node:util';
import type { LogSource } from '../action.ts';
import type { PackMessage } from './pack-messages.ts';

type Reported = Extract<PackMessage, { type: 'reported' }>;

/** The engine keeps no more lines of an action, and no more of a line. */
const MOST_LINES = 1000;
const LONGEST_LINE = 4000;

/** Between two messages of one action, in milliseconds. */
const PAUSE = 50;

/** Modules shall not talk to the engine themselves. */
const channel = process.send?.bind(process);
delete process.send;

/** @param sent called when the message is on its way, or cannot be sent any more */
export function send(message: PackMessage, sent: () => void = () => {}): void {
  if (process.connected) channel?.(message, undefined, undefined, sent);
  else sent();
}

/**
 * What an action says of its work, sent in batches: the first at once, and the next when that one has left. An action that
 * says more than that loses its older lines.
 */
export class PackReport {
  private readonly id: number;
  private lines: Reported['lines'] = [];
  private latest: Reported['progress'] = null;
  private readonly partial = { stdout: '', stderr: '' };
  private isSending = false;
  private hasEnded = false;

  constructor(id: number) {
    this.id = id;
  }

  log(values: readonly unknown[]): void {
    this.add(format(...values), null);
  }

  progress(fraction: unknown, text: unknown): void {
    this.latest = {
      fraction: typeof fraction === 'number' && Number.isFinite(fraction) ? fraction : null,
      text: text === undefined || text === null ? null : String(text).slice(0, LONGEST_LINE),
    };
    this.flush();
  }

  /** Any piece of what goes to a stream; lines are made of it. */
  write(text: string, source: LogSource): void {
    const all = this.partial[source] + text;
    const whole = all.lastIndexOf('\n') + 1;
    // Of a line that is too long only the beginning is kept, as of one that comes at once.
    this.partial[source] = all.slice(whole, whole + LONGEST_LINE);
    if (whole > 0) this.add(all.slice(0, whole), source);
  }

  /** Sends what is left; nothing is taken afterwards. */
  end(): void {
    for (const source of ['stdout', 'stderr'] as const) {
      if (this.partial[source] !== '') this.add(this.partial[source], source);
    }
    this.isSending = false;
    this.flush();
    this.hasEnded = true;
  }

  private add(text: string, source: LogSource | null): void {
    const lines = text
      .replace(/\r?\n$/, '')
      .split('\n')
      .slice(-MOST_LINES);
    for (const line of lines) this.lines.push({ text: line.slice(0, LONGEST_LINE), source });
    if (this.lines.length > 2 * MOST_LINES) this.lines = this.lines.slice(-MOST_LINES);
    this.flush();
  }

  private flush(): void {
    if (this.isSending || this.hasEnded || (this.lines.length === 0 && this.latest === null)) return;
    this.isSending = true;
    const lines = this.lines.slice(-MOST_LINES);
    const { latest } = this;
    this.lines = [];
    this.latest = null;
    send({ type: 'reported', id: this.id, lines, progress: latest }, () => {
      setTimeout(() => {
        this.isSending = false;
        this.flush();
      }, PAUSE);
    });
  }
}
