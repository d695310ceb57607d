import { nearName } from './near-name.ts';
import type { Problem } from './problem.ts';
import type { SourceText } from './source-text.ts';

/** Part of the text, by offsets: any node of the tree is one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Nobody reads more, and a text of nothing but mistakes must not cost more than one without. */
const MOST_PROBLEMS = 1000;
/** Looking for near names compares with every name there is. */
const MOST_SUGGESTIONS = 20;

/** Collects what is wrong with one text. */
export class Report {
  readonly source: SourceText;
  private readonly found: Problem[] = [];
  private readonly doubts: Problem[] = [];
  private readonly told = new Set<string>();
  private suggestions = 0;

  constructor(source: SourceText) {
    this.source = source;
  }

  /** In the order of the text. */
  get problems(): readonly Problem[] {
    return inOrder(this.found);
  }

  /** What Mistral accepts and hardly anybody means, in the order of the text. */
  get hints(): readonly Problem[] {
    return inOrder(this.doubts);
  }

  hint(range: Range, message: string): void {
    if (this.isNew(this.doubts, range, message)) this.doubts.push(this.at(range, message, null));
  }

  add(range: Range, message: string): void {
    if (this.isNew(this.found, range, message)) this.push(range, message, null);
  }

  /** A name is wrong; the nearest of the candidates is offered instead. */
  addUnknown(range: Range, message: string, name: string, candidates: Iterable<string>): void {
    if (!this.isNew(this.found, range, message)) return;
    this.suggestions += 1;
    const suggestion = this.suggestions > MOST_SUGGESTIONS ? null : nearName(name, candidates);
    this.push(range, suggestion === null ? message : `${message} Did you mean '${suggestion}'?`, suggestion);
  }

  /** The same place may be looked at more than once: what stands in `task-defaults` belongs to every task. */
  private isNew(among: readonly Problem[], range: Range, message: string): boolean {
    if (among.length >= MOST_PROBLEMS) return false;
    const key = `${range.start} ${message}`;
    if (this.told.has(key)) return false;
    this.told.add(key);
    return true;
  }

  private push(range: Range, message: string, suggestion: string | null): void {
    this.found.push(this.at(range, message, suggestion));
  }

  private at({ start, end }: Range, message: string, suggestion: string | null): Problem {
    return this.source.problem(message, start, Math.max(end, start + 1), suggestion);
  }
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((left, right) => left.line - right.line || left.column - right.column);
}
