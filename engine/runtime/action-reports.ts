import type { LogSource } from '../actions/action.ts';
import type { Logger } from '../model/logger.ts';

/** How far an action is. */
export interface Progress {
  /** From 0 to 1; null when nobody knows how much is left. */
  readonly fraction: number | null;
  readonly text: string | null;
}

interface LogLine {
  /** From 1, in the order in which they were logged. Numbers that are missing were dropped: only the newest are kept. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly source: LogSource | null;
  readonly text: string;
}

export interface ActionLog {
  readonly lines: readonly LogLine[];
  /** The last that was reported. */
  readonly progress: Progress | null;
}

/** What an action says of its work while it is at it. */
export interface Reporter {
  progress(fraction: number | null, text?: string): void;
  /** A text of several lines becomes several lines. */
  log(text: string, source?: LogSource): void;
  /** Resolves when all of it is in its file; nothing is taken afterwards. */
  end(): Promise<void>;
}

interface ReportFiles {
  readonly appendLog: (id: string, part: string, entries: readonly unknown[]) => Promise<void>;
  readonly readLog: (id: string, part: string) => Promise<readonly unknown[]>;
}

type Entry = LogLine | { readonly at: number; readonly progress: Progress };

/** What is kept of one action's lines. */
const MOST_LINES = 1000;
const MOST_CHARACTERS = 256 * 1024;
const LONGEST_LINE = 4000;
const LONGEST_PROGRESS_TEXT = 200;

/** How often what was reported is written and told, in milliseconds. */
const PAUSE = 100;

/**
 * What actions report while they run: gathered, written in batches beside the execution, and told once it is written.
 * An action that reports faster than the disk takes it loses its older lines, and holds nobody up.
 */
export class ActionReports {
  private readonly files: ReportFiles;
  private readonly logger: Logger;
  private readonly open = new Map<string, Report>();
  private readonly changed = new Set<Report>();
  private readonly listeners = new Set<(rootId: string, actionId: string) => void>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(files: ReportFiles, logger: Logger) {
    this.files = files;
    this.logger = logger;
  }

  /** Hears of every action that has reported something new. Returns the function that ends it. */
  onChange(listener: (rootId: string, actionId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  report(rootId: string, actionId: string): Reporter {
    const report = new Report(rootId, actionId, () => this.touch(report));
    this.open.set(actionId, report);
    return {
      progress: (fraction, text) => report.setProgress(fraction, text),
      log: (text, source) => report.add(text, source),
      end: async () => {
        if (report.hasEnded) return;
        report.hasEnded = true;
        if (this.changed.has(report)) await this.write();
        else await this.writing;
        this.open.delete(actionId);
      },
    };
  }

  /** Of an action that runs: how far it is, and the number of its newest line; null when it has reported nothing. */
  current(actionId: string): { readonly progress: Progress | null; readonly lines: number } | null {
    const told = this.open.get(actionId)?.told;
    return told === undefined || (told.progress === null && told.lines === 0) ? null : told;
  }

  /** What is kept of an action's reports, whether it still runs or not. */
  async read(rootId: string, actionId: string): Promise<ActionLog> {
    const entries = (await this.files.readLog(rootId, actionId)) as readonly Entry[];
    const lines = new Map<number, LogLine>();
    let progress: Progress | null = null;
    for (const entry of entries) {
      if ('progress' in entry) progress = entry.progress;
      else lines.set(entry.number, entry);
    }
    return { lines: [...lines.values()].slice(-MOST_LINES), progress };
  }

  /** Writes what has not been written yet; nothing is taken afterwards. */
  async close(): Promise<void> {
    for (const report of this.open.values()) report.hasEnded = true;
    await this.write();
  }

  private touch(report: Report): void {
    this.changed.add(report);
    this.timer ??= setTimeout(() => void this.write(), PAUSE);
  }

  private write(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.writeChanged());
    return this.writing;
  }

  private async writeChanged(): Promise<void> {
    const changed = [...this.changed];
    this.changed.clear();
    for (const report of changed) {
      try {
        // An action that is run again after a restart goes on with its log.
        report.base ??= (await this.read(report.rootId, report.actionId)).lines.at(-1)?.number ?? 0;
        const { entries, told } = report.take(report.base);
        await this.files.appendLog(report.rootId, report.actionId, entries);
        report.told = told;
      } catch (error) {
        this.logger.warn(`What the action ${report.actionId} reported could not be written.`, error);
      }
      for (const listener of this.listeners) listener(report.rootId, report.actionId);
    }
  }
}

class Report {
  readonly rootId: string;
  readonly actionId: string;
  /** The number of the last line of an earlier run; null while nobody has looked. */
  base: number | null = null;
  told: { readonly progress: Progress | null; readonly lines: number } = { progress: null, lines: 0 };
  hasEnded = false;
  private readonly touched: () => void;
  private pending: LogLine[] = [];
  private size = 0;
  private count = 0;
  private progress: Progress | null = null;
  private isProgressNew = false;

  constructor(rootId: string, actionId: string, touched: () => void) {
    this.rootId = rootId;
    this.actionId = actionId;
    this.touched = touched;
  }

  setProgress(fraction: number | null, text: string | undefined): void {
    if (this.hasEnded) return;
    this.progress = {
      fraction: fraction === null || Number.isNaN(fraction) ? null : Math.min(1, Math.max(0, fraction)),
      text: text === undefined ? null : shortened(text, LONGEST_PROGRESS_TEXT),
    };
    this.isProgressNew = true;
    this.touched();
  }

  add(text: string, source: LogSource | undefined): void {
    if (this.hasEnded) return;
    const at = Date.now();
    const lines = text.replace(/\r?\n$/, '').split('\n');
    this.count += Math.max(0, lines.length - MOST_LINES);
    for (const line of lines.slice(-MOST_LINES)) {
      this.count++;
      const kept = shortened(line.replace(/\r$/, ''), LONGEST_LINE);
      this.pending.push({ number: this.count, at, source: source ?? null, text: kept });
      this.size += kept.length;
    }
    // Not line by line: taking the first of many away costs as much as there are.
    if (this.pending.length > 2 * MOST_LINES || this.size > 2 * MOST_CHARACTERS) this.dropOldest();
    this.touched();
  }

  /** @param base what is added to the numbers of the lines */
  take(base: number): { readonly entries: readonly Entry[]; readonly told: Report['told'] } {
    this.dropOldest();
    const entries: Entry[] = this.pending.map((line) => ({ ...line, number: base + line.number }));
    if (this.isProgressNew && this.progress !== null) entries.push({ at: Date.now(), progress: this.progress });
    this.pending = [];
    this.size = 0;
    this.isProgressNew = false;
    return { entries, told: { progress: this.progress, lines: base + this.count } };
  }

  private dropOldest(): void {
    let first = Math.max(0, this.pending.length - MOST_LINES);
    for (const { text } of this.pending.slice(0, first)) this.size -= text.length;
    for (; this.size > MOST_CHARACTERS; first++) this.size -= this.pending[first]?.text.length ?? 0;
    if (first > 0) this.pending = this.pending.slice(first);
  }
}

function shortened(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
