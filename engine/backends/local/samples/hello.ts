import type { Sample } from '../../../api/resources.ts';

export const hello: Sample = {
  id: 'hello',
  title: 'Hello',
  description: 'Two tasks, one after the other: the second says what the first published.',
  workflow: 'hello',
  input: { name: 'World' },
  text: `version: '2.0'

# What to look at: "compose" runs for a second, then publishes a variable. "say" starts
# only after it and reads that variable. Select a task to see its input, its result and
# what it published.
hello:
  description: Greets somebody.
  input:
    - name: World
  output:
    greeting: <% $.greeting %>

  tasks:
    compose:
      action: std.echo
      input:
        output: Hello, <% $.name %>!
        delay: 1
      publish:
        greeting: <% task().result %>
      on-success: say

    say:
      wait-before: 1
      action: std.echo output=<% $.greeting %>
`,
};
