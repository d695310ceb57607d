import type { JsonObject } from '../model/json.ts';
import type { Publishing, TaskDefinition, Transitions } from './definition.ts';
import { requirementsOf, targetsOf } from './links.ts';
import { transitionsOf } from './on-clause.ts';
import { mergePolicies } from './policies.ts';
import { mergePublishing } from './publishing.ts';
import type { SourceText } from './source-text.ts';
import type { TaskDraft } from './task.ts';
import type { CommonParts, OnClauseName } from './task-defaults.ts';

/** The task with everything that the workflow's `task-defaults` add to it. */
export function completeTask(
  draft: TaskDraft,
  type: 'direct' | 'reverse',
  defaults: CommonParts | null,
  source: SourceText,
): TaskDefinition {
  const transitions = (clause: OnClauseName): Transitions =>
    type === 'direct' ? transitionsOf(targetsOf(draft, clause, defaults)) : [];
  const publishing = (own: JsonObject | null, clause: OnClauseName): Publishing | null =>
    mergePublishing(
      own,
      draft.common.clauses.get('on-complete')?.publish ?? null,
      draft.common.clauses.get(clause)?.publish ?? null,
    );
  return {
    name: draft.name,
    description: draft.description,
    tags: draft.tags,
    runs: draft.runs,
    input: draft.input,
    withItems: draft.withItems,
    join: draft.join,
    requires: type === 'reverse' ? requirementsOf(draft, defaults) : [],
    onSuccess: transitions('on-success'),
    onError: transitions('on-error'),
    onComplete: transitions('on-complete'),
    onSkip: transitions('on-skip'),
    publish: {
      onSuccess: publishing(draft.publish, 'on-success'),
      onError: publishing(draft.publishOnError, 'on-error'),
      onSkip: publishing(draft.publishOnSkip, 'on-skip'),
    },
    policies: defaults === null ? draft.common.policies : mergePolicies(draft.common.policies, defaults.policies),
    keepResult: draft.keepResult,
    // An expression is never evaluated, and text is true.
    safeRerun: Boolean(draft.common.safeRerun ?? defaults?.safeRerun ?? false),
    target: draft.target,
    spec: draft.spec,
    line: source.line(draft.place.start),
  };
}
