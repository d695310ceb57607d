import type { Sample } from '../../../api/resources.ts';

export const askBeforeDeploying: Sample = {
  id: 'ask-before-deploying',
  title: 'Ask before deploying',
  description: 'Asks you, with a form, and goes on with what you say. The question waits, also over a restart.',
  workflow: 'ask_before_deploying',
  input: { version: '1.4.0' },
  text: `version: '2.0'

# What to look at: "approve" waits for your answer, and so says its row and the badge at the
# top of the window. What you fill in is the result of the task: numbers stay numbers. If you
# decline, the task fails, and "on-error" says what then. (Without quotes YAML would read the
# names yes and no as true and false.)
ask_before_deploying:
  description: Deploys a version where, and to how many machines, you say.
  input:
    - version: 1.4.0
  output:
    outcome: <% $.outcome %>

  tasks:
    approve:
      action: local.ask
      input:
        question: Deploy version <% $.version %>?
        details: All tests have passed. The machines are restarted one after the other.
        'yes': Deploy
        'no': Not now
        fields:
          - {name: target, label: Where, type: choice, choices: [staging, production], default: staging}
          - {name: machines, label: How many machines, type: number, required: true, default: 3}
          - {name: announce, label: Tell everybody, type: boolean, default: true}
          - {name: note, label: Note for the log}
      publish:
        answer: <% task().result %>
      on-success: deploy
      on-error: leave_it

    deploy:
      action: std.echo
      input:
        output: <% $.version %> is on <% $.answer.machines %> machines of <% $.answer.target %>
        delay: 2
      publish:
        outcome: <% task().result %>

    leave_it:
      action: std.echo output='Nothing was deployed'
      publish:
        outcome: <% task().result %>
`,
};
