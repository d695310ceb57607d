import type { Sample } from '../../../api/resources.ts';

export const pauseBeforeApproval: Sample = {
  id: 'pause-before-approval',
  title: 'Pause before approval',
  description: 'Prepares a change, then pauses by itself and goes on only when somebody resumes it.',
  workflow: 'pause_before_approval',
  input: { target: 'production' },
  text: `version: '2.0'

# What to look at: "deploy" says "pause-before: true". When its turn comes the execution
# is PAUSED and the task stays IDLE. Look at what "prepare" published, then resume:
# "deploy" runs and the rest follows.
pause_before_approval:
  description: Deploys a change after somebody has approved it.
  input:
    - target: production
  output:
    deployed: <% $.change %>

  tasks:
    prepare:
      action: std.echo
      input:
        output: 3 files changed, 1 table migrated
        delay: 2
      publish:
        change: <% task().result %>
      on-success: deploy

    deploy:
      pause-before: true
      action: std.echo
      input:
        output: Deployed to <% $.target %>
        delay: 2
      on-success: announce

    announce:
      action: std.noop
      wait-before: 1
`,
};
