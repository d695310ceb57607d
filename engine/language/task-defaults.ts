import type { MapNode } from '../yaml/node.ts';
import { Attributes, META } from './attributes.ts';
import type { Policies } from './definition.ts';
import { checkText } from './expression-syntax.ts';
import { type OnClause, readOnClause } from './on-clause.ts';
import { POLICIES, readPolicies } from './policies.ts';
import type { Range, Report } from './report.ts';

export const ON_CLAUSES = ['on-success', 'on-error', 'on-complete', 'on-skip'] as const;

export type OnClauseName = (typeof ON_CLAUSES)[number];

/** What tasks and `task-defaults` have in common. */
export interface CommonParts {
  readonly policies: Policies;
  readonly clauses: ReadonlyMap<OnClauseName, OnClause>;
  readonly requires: readonly string[];
  readonly requiresPlace: Range;
  /** Null when not given. */
  readonly safeRerun: boolean | string | null;
}

const ATTRIBUTES = [...POLICIES, ...ON_CLAUSES, 'safe-rerun', 'requires', ...META];

export function readTaskDefaults(node: MapNode, report: Report): CommonParts {
  const attributes = new Attributes(node, "'task-defaults'", report);
  attributes.allow(ATTRIBUTES);
  attributes.checkMeta();
  return readCommonParts(attributes, report);
}

export function readCommonParts(attributes: Attributes, report: Report): CommonParts {
  const clauses = new Map<OnClauseName, OnClause>();
  for (const name of ON_CLAUSES) {
    const node = attributes.node(name);
    if (node !== undefined) clauses.set(name, readOnClause(node, `'${name}' of ${attributes.owner}`, report));
  }
  const safeRerun = attributes.node('safe-rerun');
  if (safeRerun?.kind === 'scalar') checkText(safeRerun, report);
  return {
    policies: readPolicies(attributes, report),
    clauses,
    requires: attributes.nameOrNames('requires') ?? [],
    requiresPlace: attributes.node('requires') ?? attributes.range,
    safeRerun: attributes.truth('safe-rerun'),
  };
}
