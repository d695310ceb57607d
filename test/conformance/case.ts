/** A case as the corpus writes it; README.md beside it explains every field. */
export interface Case {
  readonly id: string;
  readonly feature: string;
  readonly title: string;
  readonly quirk?: string;
  readonly requires?: readonly string[];
  readonly environments?: readonly { readonly name: string; readonly variables: Record<string, unknown> }[];
  readonly definitions: readonly {
    readonly kind: 'workflow' | 'workbook' | 'action';
    readonly yaml: string;
    readonly namespace?: string;
  }[];
  readonly run?: {
    readonly workflow?: string;
    readonly action?: string;
    readonly namespace?: string;
    readonly input: Record<string, unknown>;
    readonly params: Record<string, unknown>;
  };
  readonly steps?: readonly Step[];
  readonly final?: 'settle';
  readonly expect: Record<string, unknown>;
}

export interface Step {
  readonly op: string;
  readonly on?: readonly string[];
  readonly task?: string;
  readonly state?: string;
  readonly count?: number;
  readonly seconds?: number;
  readonly state_info?: string;
  readonly env?: Record<string, unknown>;
  readonly reset?: boolean;
  readonly description?: string;
  readonly output?: unknown;
  readonly index?: number;
  readonly from?: string;
  readonly key?: string;
  readonly query?: string | Record<string, unknown>;
  readonly force?: boolean;
  readonly expect?: Record<string, unknown>;
}

export interface CaseResult {
  readonly id: string;
  readonly feature: string;
  /** Whether the corpus itself says that what Mistral did here may be a mistake of Mistral. */
  readonly isQuirk: boolean;
  /** Differences at level 1, which must match, and at level 2, which should. */
  readonly level1: readonly string[];
  readonly level2: readonly string[];
}

/** The parts of an expectation that only level 2 compares. */
const LEVEL_2 = new Set([
  'state_info_contains',
  'error_contains',
  'published_global',
  'input',
  'params',
  'retry_no',
  'action_executions',
  'triggered_by',
]);

const DATA = new Set(['output', 'result', 'published', 'input', 'params', 'published_global']);

/** The expectation without what only level 2 compares; the values of workflows are left alone. */
export function levelOne(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map(levelOne);
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(
    Object.entries(expected)
      .filter(([key]) => !LEVEL_2.has(key))
      .map(([key, value]) => [key, DATA.has(key) ? value : levelOne(value)]),
  );
}
