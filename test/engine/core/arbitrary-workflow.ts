import * as fc from 'fast-check';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * Texts of small workflows of every shape: branches, joins, failures, guards, items, retries, delays, nested workflows.
 * Transitions lead only forward, so that each of them comes to an end.
 */
export const arbitraryWorkflow: fc.Arbitrary<string> = fc
  .array(
    fc.record({
      action: fc.constantFrom(
        'std.noop',
        'std.fail',
        "std.echo output='x'",
        'std.echo output=<% $.get(v, 0) %>',
        'WORKFLOW',
      ),
      success: fc.subarray([1, 2, 3]),
      error: fc.subarray([1, 2]),
      complete: fc.subarray([1]),
      guard: fc.constantFrom('', '<% true %>', '<% false %>', '<% $.get(v, 0) < 2 %>'),
      join: fc.constantFrom('', 'all', 'one', '2'),
      policy: fc.constantFrom(
        '',
        '',
        'wait-before: 1',
        'wait-after: 2',
        'retry: {count: 2, delay: 1}',
        'with-items: i in <% range(3) %>',
        'timeout: 5',
      ),
      publish: fc.boolean(),
    }),
    { minLength: 1, maxLength: NAMES.length },
  )
  .map((drafts) => {
    const inbound = drafts.map((_, at) => drafts.some((draft, from) => targets(draft).some((by) => from + by === at)));
    const tasks = drafts.map((draft, at) => {
      const lead = (by: readonly number[], guarded: boolean): string =>
        by
          .filter((each) => at + each < drafts.length)
          .map((each) => (guarded && draft.guard !== '' ? `{${NAMES[at + each]}: "${draft.guard}"}` : NAMES[at + each]))
          .join(', ');
      const isNested = draft.action === 'WORKFLOW';
      const lines = [
        isNested ? 'workflow: inner' : `action: "${draft.action}"`,
        ...(lead(draft.success, true) === '' ? [] : [`on-success: [${lead(draft.success, true)}]`]),
        ...(lead(draft.error, false) === '' ? [] : [`on-error: [${lead(draft.error, false)}]`]),
        ...(lead(draft.complete, false) === '' ? [] : [`on-complete: [${lead(draft.complete, false)}]`]),
        ...(draft.join !== '' && inbound[at] && validJoin(draft.join, drafts, at) ? [`join: ${draft.join}`] : []),
        ...(draft.policy === '' ? [] : [draft.policy]),
        ...(draft.publish ? ['publish: {v: "<% $.get(v, 0) + 1 %>"}'] : []),
      ];
      return `    ${NAMES[at]}:\n${lines.map((line) => `      ${line}\n`).join('')}`;
    });
    const inner = '  tasks:\n    x: {action: std.noop, on-success: y}\n    y: {action: std.echo output=1}\n';
    return `version: '2.0'\ninner:\n${inner}wf:\n  tasks:\n${tasks.join('')}`;
  });

interface Draft {
  readonly success: readonly number[];
  readonly error: readonly number[];
  readonly complete: readonly number[];
}

function targets({ success, error, complete }: Draft): readonly number[] {
  return [...success, ...error, ...complete];
}

/** A join of a number needs at least as many tasks before it. */
function validJoin(join: string, drafts: readonly Draft[], at: number): boolean {
  const before = drafts.filter((draft, from) => targets(draft).some((by) => from + by === at)).length;
  return join !== '2' || before >= 2;
}
