import * as fc from 'fast-check';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * Texts of small workflows of every shape: branches, joins, failures, guards, items, retries, delays, commands of the
 * engine, variables of a branch and of all, nested workflows (one that pauses, one of the type `reverse`), actions that
 * somebody else completes, what follows a skipped task, and defaults for all tasks.
 * Transitions lead only forward, so that each of them comes to an end.
 */
export const arbitraryWorkflow: fc.Arbitrary<string> = fc
  .record({
    drafts: fc.array(arbitraryTask(), { minLength: 1, maxLength: NAMES.length }),
    defaults: arbitraryDefaults(),
    required: fc.array(arbitraryRequiredTask(), { minLength: 1, maxLength: 5 }),
  })
  .map(
    ({ drafts, defaults, required }) =>
      `version: '2.0'\n${INNER}${PAUSING}${reverse(required)}${direct(drafts, defaults)}`,
  );

interface Task {
  readonly action: string;
  readonly success: readonly number[];
  readonly error: readonly number[];
  readonly complete: readonly number[];
  readonly skip: readonly number[];
  readonly guard: string;
  /** A command of the engine that follows a success. */
  readonly command: string;
  readonly join: string;
  readonly policy: string;
  readonly publish: '' | 'plain' | 'branch' | 'global';
  readonly publishOnSkip: '' | 'plain' | 'branch';
}

function arbitraryTask(): fc.Arbitrary<Task> {
  return fc.record({
    action: fc.constantFrom(
      'action: std.noop',
      'action: std.fail',
      'action: std.async_noop',
      `action: "std.echo output='x'"`,
      'action: "std.echo output=<% $.get(v, 0) %>"',
      'action: "std.echo output=<% $.get(g, 0) %>"',
      'workflow: inner',
      'workflow: pausing',
      'workflow: backward task_name="goal"',
    ),
    success: fc.subarray([1, 2, 3]),
    error: fc.subarray([1, 2]),
    complete: fc.subarray([1]),
    skip: fc.subarray([1, 2]),
    guard: fc.constantFrom('', '<% true %>', '<% false %>', '<% $.get(v, 0) < 2 %>'),
    command: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('', '', '', 'pause', 'noop') },
      { weight: 1, arbitrary: fc.constantFrom('succeed', "fail(msg='as asked')") },
    ),
    join: fc.constantFrom('', 'all', 'one', '2'),
    policy: fc.constantFrom(
      '',
      '',
      'wait-before: 1',
      'wait-after: 2',
      'retry: {count: 2, delay: 1}',
      'with-items: i in <% range(3) %>',
      'with-items: i in <% range(4) %>\n      concurrency: 2',
      'with-items: i in <% range(3) %>\n      retry: {count: 1, delay: 1}',
      'retry: {count: 2, delay: 1, break-on: "<% $.get(v, 0) = 1 %>"}',
      'retry: {count: 1, delay: 1, continue-on: "<% $.get(v, 0) = 1 %>"}',
      'wait-before: 1\n      wait-after: 1',
      'timeout: 5',
      'pause-before: true',
      'fail-on: <% $.get(v, 0) = 2 %>',
    ),
    publish: fc.constantFrom('', 'plain', 'branch', 'global'),
    publishOnSkip: fc.constantFrom('', '', 'plain', 'branch'),
  });
}

/** What the workflow says for all of its tasks; most say nothing. */
function arbitraryDefaults(): fc.Arbitrary<readonly string[]> {
  const clause = fc.constantFrom('', '', '[noop]', '[last]');
  const defaults = fc.record({
    policy: fc.constantFrom(
      '',
      'wait-before: 1',
      'wait-after: 1',
      'retry: {count: 1, delay: 1}',
      'timeout: 3',
      'pause-before: true',
      'concurrency: 1',
    ),
    success: clause,
    error: clause,
    complete: clause,
    skip: clause,
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: defaults.map(({ policy, success, error, complete, skip }) => [
        ...(policy === '' ? [] : [policy]),
        ...Object.entries({ 'on-success': success, 'on-error': error, 'on-complete': complete, 'on-skip': skip })
          .filter(([, target]) => target !== '')
          .map(([name, target]) => `${name}: ${target}`),
      ]),
    },
  );
}

/** What the defaults may lead to. It leads nowhere itself. */
const LAST = `    last:
      action: std.noop
      on-success: [noop]
      on-error: [noop]
      on-complete: [noop]
      on-skip: [noop]
`;

interface RequiredTask {
  readonly action: string;
  /** Which of the tasks before it. */
  readonly requires: readonly number[];
  readonly policy: string;
}

function arbitraryRequiredTask(): fc.Arbitrary<RequiredTask> {
  return fc.record({
    action: fc.constantFrom('action: std.noop', 'action: std.noop', 'workflow: inner', 'action: std.fail'),
    requires: fc.subarray([1, 2, 3]),
    policy: fc.constantFrom('', '', 'wait-before: 1', 'wait-after: 1', 'pause-before: true'),
  });
}

const INNER = `inner:
  tasks:
    x: {action: std.noop, on-success: y}
    y: {action: std.echo output=1}
`;

const PAUSING = `pausing:
  tasks:
    x: {action: std.noop, on-success: [pause, y]}
    y: {action: std.noop}
`;

/** A workflow whose goal needs some of the tasks before it, which need others. */
function reverse(required: readonly RequiredTask[]): string {
  const names = required.map((_, at) => (at === required.length - 1 ? 'goal' : `r${at}`));
  const tasks = required.map(({ action, requires, policy }, at) => {
    const needed = requires.flatMap((by) => (by <= at ? [names[at - by]] : []));
    const lines = [action, ...(policy === '' ? [] : [policy])];
    if (needed.length > 0) lines.push(`requires: [${needed.join(', ')}]`);
    return `    ${names[at]}:\n${lines.map((line) => `      ${line}\n`).join('')}`;
  });
  return `backward:\n  type: reverse\n  tasks:\n${tasks.join('')}`;
}

function direct(drafts: readonly Task[], defaults: readonly string[]): string {
  const tasks = drafts.map((draft, at) => {
    const lines = [draft.action];
    const success = names(draft.success, drafts, at).map((name) => guarded(name, draft.guard));
    if (draft.command !== '') success.push(draft.command.includes('(') ? `"${draft.command}"` : draft.command);
    lines.push(...successClause(success, draft.publish));
    for (const [clause, targets] of [
      ['on-error', draft.error],
      ['on-complete', draft.complete],
    ] as const) {
      const led = names(targets, drafts, at);
      if (led.length > 0) lines.push(`${clause}: [${led.join(', ')}]`);
    }
    lines.push(...skipClause(names(draft.skip, drafts, at), draft.publishOnSkip));
    if (validJoin(draft.join, drafts, at)) lines.push(`join: ${draft.join}`);
    if (draft.policy !== '') lines.push(draft.policy);
    if (draft.publish === 'plain') lines.push('publish: {v: "<% $.get(v, 0) + 1 %>"}');
    return `    ${NAMES[at]}:\n${lines.map((line) => `      ${line}\n`).join('')}`;
  });
  const common = defaults.length === 0 ? '' : `  task-defaults:\n${defaults.map((line) => `    ${line}\n`).join('')}`;
  return `wf:\n${common}  tasks:\n${tasks.join('')}${LAST}`;
}

function names(by: readonly number[], drafts: readonly Task[], at: number): string[] {
  return by.flatMap((each) => (at + each < drafts.length ? [NAMES[at + each] ?? ''] : []));
}

function guarded(name: string, guard: string): string {
  return guard === '' ? name : `{${name}: "${guard}"}`;
}

function successClause(next: readonly string[], publish: Task['publish']): string[] {
  const list = next.length === 0 ? '' : `next: [${next.join(', ')}]`;
  if (publish === 'branch' || publish === 'global') {
    const variables =
      publish === 'branch' ? 'branch: {v: "<% $.get(v, 0) + 1 %>"}' : 'global: {g: "<% $.get(g, 0) + 1 %>"}';
    return [`on-success: {publish: {${variables}}${list === '' ? '' : `, ${list}`}}`];
  }
  return next.length === 0 ? [] : [`on-success: [${next.join(', ')}]`];
}

function skipClause(next: readonly string[], publish: Task['publishOnSkip']): string[] {
  const list = `[${next.join(', ')}]`;
  const value = '"<% $.get(v, 0) + 1 %>"';
  if (publish === 'branch') {
    return [`on-skip: {publish: {branch: {v: ${value}}}${next.length === 0 ? '' : `, next: ${list}`}}`];
  }
  const variables = publish === 'plain' ? [`publish-on-skip: {v: ${value}}`] : [];
  return next.length === 0 ? variables : [...variables, `on-skip: ${list}`];
}

/** A join needs tasks before it, and one of a number at least as many. */
function validJoin(join: string, drafts: readonly Task[], at: number): boolean {
  const before = drafts.filter(({ success, error, complete, skip }, from) =>
    [...success, ...error, ...complete, ...skip].some((by) => from + by === at),
  ).length;
  return join !== '' && before >= (join === '2' ? 2 : 1);
}
