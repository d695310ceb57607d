import type { Sample } from '../../../api/resources.ts';

export const withItemsAndRetry: Sample = {
  id: 'with-items-and-retry',
  title: 'With-items and retry',
  description: 'Starts 20 servers, four at a time, then asks for the load balancer again and again until it is ready.',
  workflow: 'with_items_and_retry',
  input: { servers: 20 },
  text: `version: '2.0'

# What to look at:
# - "start_servers" runs its action once per item, never more than four at the same
#   time. It takes five seconds.
# - "start_balancer" runs beside it for eight seconds, then publishes a global variable,
#   which every branch can see.
# - "check_balancer" reads that variable. As long as it is false the task fails
#   ("fail-on"), waits a second and tries again ("retry"): it is in RUNNING_DELAYED
#   between two attempts, and succeeds after a few of them.
with_items_and_retry:
  description: Starts servers and waits for their load balancer.
  input:
    - servers: 20
  vars:
    balancer_ready: false
  output:
    servers: <% $.started %>
    ready: <% $.balancer_ready %>

  tasks:
    start_servers:
      with-items: number in <% range($.servers) %>
      concurrency: 4
      action: std.echo
      input:
        output: server-<% $.number %>
        delay: 1
      publish:
        started: <% task().result %>
      on-success: check_balancer

    start_balancer:
      action: std.noop
      wait-before: 8
      on-success:
        publish:
          global:
            balancer_ready: true

    check_balancer:
      action: std.echo output=<% $.balancer_ready %>
      fail-on: <% not task().result %>
      retry:
        count: 10
        delay: 1
`,
};
