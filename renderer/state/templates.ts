import type { DocumentKind } from './text-document.ts';

/** What a new text begins with: it can be stored as it is. */
export const templates: Readonly<Record<DocumentKind, { readonly title: string; readonly text: string }>> = {
  workflow: {
    title: 'New workflow',
    text: `version: '2.0'

my_workflow:
  description: Says hello.
  input:
    - name: World
  output:
    greeting: <% $.greeting %>
  tasks:
    greet:
      action: std.echo output=<% 'Hello, ' + $.name + '!' %>
      publish:
        greeting: <% task().result %>
      on-success: done
    done:
      action: std.noop
`,
  },
  workbook: {
    title: 'New workbook',
    text: `version: '2.0'

name: my_workbook
description: Workflows and actions that belong together.

actions:
  greet:
    input:
      - name
    base: std.echo output=<% 'Hello, ' + $.name + '!' %>

workflows:
  welcome:
    input:
      - name: World
    tasks:
      say:
        action: greet name=<% $.name %>
`,
  },
  action: {
    title: 'New action',
    text: `version: '2.0'

my_action:
  description: Fetches a page and gives back its text.
  input:
    - url
  base: std.http
  base-input:
    url: <% $.url %>
  output: <% $.content %>
`,
  },
  environment: {
    title: 'New environment',
    text: `name: my_environment
variables:
  region: north
  retries: 3
`,
  },
};
