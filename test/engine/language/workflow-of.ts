import { checkWorkflows } from '../../../engine/language/check-definitions.ts';
import type { TaskDefinition, WorkflowDefinition } from '../../../engine/language/definition.ts';

/** The one workflow of the text; its problems fail the test. */
export function workflowOf(text: string): WorkflowDefinition {
  const { workflows, problems } = checkWorkflows(text);
  const [workflow] = workflows;
  if (workflow === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return workflow.definition;
}

/** The task `t` of a workflow that has this task and `a` and `b` to go to. */
export function taskOf(body: string, before = ''): TaskDefinition {
  const text = `version: '2.0'\nw:\n${before}  tasks:\n    t: ${body}\n    a: {action: std.noop}\n    b: {action: std.noop}\n    start: {action: std.noop}\n`;
  const task = workflowOf(text).tasks.get('t');
  if (task === undefined) throw new Error('There is no task t.');
  return task;
}

/** `line:column-endColumn message` of every problem. */
export function problemsOf(text: string): readonly string[] {
  return checkWorkflows(text).problems.map(
    ({ line, column, endColumn, message }) => `${line}:${column}-${endColumn} ${message}`,
  );
}
