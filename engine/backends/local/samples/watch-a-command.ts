import type { Sample } from '../../../api/resources.ts';

export const watchACommand: Sample = {
  id: 'watch-a-command',
  title: 'Watch a command',
  description: 'Runs commands on this computer and shows line by line what they print, and how far a large file is.',
  workflow: 'watch_a_command',
  input: { lines: 12 },
  text: `version: '2.0'

# What to look at: select "count" while it runs. The inspector shows each line as it is printed,
# and which of them came on stderr. "hash" reads a large file and says how far it is. A workflow
# that runs commands asks you before it starts; the answer is kept for this text. The commands
# are those of a shell on Linux or macOS.
watch_a_command:
  description: Prints some lines, makes a large empty file, reads it, and deletes it.
  input:
    - lines: 12
  output:
    read: <% $.size %>

  tasks:
    count:
      action: local.run
      input:
        command: |
          for number in $(seq <% $.lines %>); do
            echo "line $number of <% $.lines %>"
            if [ $((number % 4)) -eq 0 ]; then echo "a warning after line $number" >&2; fi
            sleep 0.5
          done
      on-success: make

    make:
      action: local.run
      input:
        command: file=$(mktemp) && dd if=/dev/zero of=$file bs=1 count=0 seek=1500000000 && echo $file
      publish:
        file: <% task().result.stdout.trim() %>
      on-success: hash

    hash:
      action: local.hash path=<% $.file %>
      publish:
        size: <% task().result.size %>
      on-complete: delete

    delete:
      action: local.delete path=<% $.file %>
`,
};
