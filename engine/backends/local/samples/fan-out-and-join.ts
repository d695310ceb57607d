import type { Sample } from '../../../api/resources.ts';

export const fanOutAndJoin: Sample = {
  id: 'fan-out-and-join',
  title: 'Fan-out and join',
  description: 'Three tasks of different length run side by side; a fourth waits for all of them and adds up.',
  workflow: 'fan_out_and_join',
  input: { numbers: [10, 20, 12] },
  text: `version: '2.0'

# What to look at: nothing leads to "first", "second" and "third", so they start
# together. "add_up" says "join: all": it stays in WAITING until the last of the three
# has arrived. While it waits, its row says who is still missing.
fan_out_and_join:
  description: Takes three numbers by three branches and adds them up.
  input:
    - numbers: [10, 20, 12]
  output:
    sum: <% $.sum %>

  tasks:
    first:
      action: std.echo output=<% $.numbers[0] %> delay=1
      publish:
        a: <% task().result %>
      on-success: add_up

    second:
      action: std.echo output=<% $.numbers[1] %> delay=3
      publish:
        b: <% task().result %>
      on-success: add_up

    third:
      action: std.echo output=<% $.numbers[2] %> delay=5
      publish:
        c: <% task().result %>
      on-success: add_up

    add_up:
      join: all
      action: std.echo output=<% $.a + $.b + $.c %>
      publish:
        sum: <% task().result %>
`,
};
