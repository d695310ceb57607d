import type { Sample } from '../../../api/resources.ts';

export const errorHandling: Sample = {
  id: 'error-handling',
  title: 'Error handling',
  description: 'A booking fails half-way: on-error undoes what was booked before, and the workflow still succeeds.',
  workflow: 'error_handling',
  input: { strict: false },
  text: `version: '2.0'

# What to look at: "book_flight" ends in ERROR, but its "on-error" leads on, so the
# error counts as handled and the execution goes on with the two tasks that undo the
# bookings. Run it once more with strict = true: then the last step is the command
# "fail", and the execution ends in ERROR with the message that it is given.
error_handling:
  description: Books a journey, and undoes it when there is no seat left.
  input:
    - strict: false
  output:
    outcome: <% $.outcome %>
  output-on-error:
    reason: <% $.reason %>

  tasks:
    book_car:
      action: std.noop
      wait-before: 1
      on-success: book_hotel

    book_hotel:
      action: std.noop
      wait-before: 1
      on-success: book_flight

    book_flight:
      action: std.fail
      input:
        error_data: No seats left
      wait-before: 1
      publish-on-error:
        reason: <% task().result %>
      on-error: cancel_hotel

    cancel_hotel:
      action: std.noop
      wait-before: 1
      on-success: cancel_car

    cancel_car:
      action: std.noop
      wait-before: 1
      on-success:
        - "fail(msg='All bookings undone: <% $.reason %>')": <% $.strict %>
        - apologize: <% not $.strict %>

    apologize:
      action: std.echo
      input:
        output: Sorry, we stay at home. <% $.reason %>
      publish:
        outcome: <% task().result %>
`,
};
