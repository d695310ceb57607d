import type { Sample } from '../../../api/resources.ts';

export const loopUntil: Sample = {
  id: 'loop-until',
  title: 'Loop until',
  description: 'A task leads back to itself until a condition holds; every round is a task execution of its own.',
  workflow: 'loop_until',
  input: { start: 16, limit: 1 },
  text: `version: '2.0'

# What to look at: a transition with a condition is taken only when the condition is
# true. "halve" leads back to itself as long as the value is above the limit, and to
# "done" when it is not. There is one row for every round.
loop_until:
  description: Halves a number until it is small enough.
  input:
    - start: 16
    - limit: 1
  output:
    value: <% $.value %>
    rounds: <% $.rounds %>

  tasks:
    init:
      publish:
        value: <% $.start %>
        rounds: 0
      on-success: halve

    halve:
      action: std.echo output=<% $.value / 2 %> delay=1
      publish:
        value: <% task().result %>
        rounds: <% $.rounds + 1 %>
      on-success:
        - halve: <% $.value > $.limit %>
        - done: <% $.value <= $.limit %>

    done:
      action: std.noop
`,
};
