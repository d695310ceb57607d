import type { Sample } from '../../../api/resources.ts';

export const impossibleJoin: Sample = {
  id: 'impossible-join',
  title: 'A join that can never start',
  description: 'A join waits for two branches, but one of them never leads to it: the execution fails and says why.',
  workflow: 'impossible_join',
  input: { approved: false },
  text: `version: '2.0'

# What to look at: "publish_release" waits for "build" and "review". "review" leads to
# it only if the input "approved" is true. When "review" has ended without going there,
# the join can never start: it ends in ERROR, and so does the execution. Run it once
# more with approved = true and it succeeds.
impossible_join:
  description: Publishes a release once it is built and reviewed.
  input:
    - approved: false

  tasks:
    build:
      action: std.noop
      wait-before: 1
      on-success: publish_release

    review:
      action: std.noop
      wait-before: 3
      on-success:
        - publish_release: <% $.approved %>

    publish_release:
      join: all
      action: std.noop
`,
};
