import type { Sample } from '../../../api/resources.ts';

export const subWorkflow: Sample = {
  id: 'sub-workflow',
  title: 'Sub-workflow',
  description: 'A release that runs another workflow for each of its parts, which runs a third one in turn.',
  workflow: 'sub_workflow',
  input: { version: '1.4.0', parts: ['server', 'client', 'docs'] },
  text: `version: '2.0'

# What to look at: open the rows of "build_parts". Each item is a workflow execution of
# its own, with its own tasks, input and output, and inside of it "compile" is one more.
# What a sub-workflow puts into its output is the result of the task that runs it.
sub_workflow:
  description: Builds all parts of a release and publishes it.
  input:
    - version: 1.4.0
    - parts: [server, client, docs]
  output:
    published: <% $.files %>

  tasks:
    build_parts:
      with-items: part in <% $.parts %>
      workflow: sub_workflow_build
      input:
        part: <% $.part %>
        version: <% $.version %>
      publish:
        files: <% task().result.file %>
      on-success: publish_release

    publish_release:
      action: std.echo
      input:
        output: Released <% $.version %>
        delay: 1

sub_workflow_build:
  description: Builds one part.
  input:
    - part
    - version
  output:
    file: <% $.file %>

  tasks:
    fetch_sources:
      action: std.noop
      wait-before: 1
      on-success: compile

    compile:
      workflow: sub_workflow_compile
      input:
        part: <% $.part %>
      publish:
        file: <% task().result.binary %>-<% $.version %>.zip

sub_workflow_compile:
  description: Compiles one part.
  input:
    - part
  output:
    binary: <% $.binary %>

  tasks:
    compile:
      action: std.echo output=<% $.part %> delay=2
      publish:
        binary: <% task().result %>
      on-success: link

    link:
      action: std.noop
      wait-before: 1
`,
};
