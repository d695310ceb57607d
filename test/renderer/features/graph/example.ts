import type { TaskNode } from '../../../../engine/api/resources.ts';
import { checkWorkflows } from '../../../../engine/language/check-definitions.ts';
import type { WorkflowDefinition } from '../../../../engine/language/definition.ts';
import type { TaskRun } from '../../../../renderer/features/graph/task-runs.ts';
import { task } from '../../example-nodes.ts';

/** The only workflow of a text; `body` is indented by two spaces and begins with `tasks:` or before it. */
export function definitionOf(body: string): WorkflowDefinition {
  const { workflows, problems } = checkWorkflows(`version: '2.0'\nflow:\n${body}`);
  const [first] = workflows;
  if (first === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return first.definition;
}

/** Each task ran once, in this order. */
export function ran(states: Readonly<Record<string, TaskNode['state']>>): ReadonlyMap<string, TaskRun> {
  return new Map(
    Object.entries(states).map(([name, state], order) => [name, { node: task(name, { state, order }), count: 1 }]),
  );
}
