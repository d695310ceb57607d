/** The workflows that are measured. Every task evaluates an expression for its input, and most publish. */

export const oneTask = `
version: '2.0'
one:
  input: [{n: 1}]
  tasks:
    only: {action: std.echo output=<% $.n %>, publish: {n: <% task().result %>}}`;

export const threeTasks = sequence('three', 3);

/** Each task hands a number on to the next, one higher. */
export function sequence(name: string, length: number): string {
  const tasks = Array.from({ length }, (_, i) => {
    const next = i + 1 < length ? `\n      on-success: t${i + 1}` : '';
    return `
    t${i}:
      action: std.echo output=<% $.n %>
      publish: {n: <% task().result + 1 %>}${next}`;
  });
  return `
version: '2.0'
${name}:
  input: [{n: 1}]
  output: {n: <% $.n %>}
  tasks:${tasks.join('')}`;
}

/** One task leads to many, and all of them to a join. */
export function fanOut(width: number): string {
  const names = Array.from({ length: width }, (_, i) => `t${i}`);
  const tasks = names.map((name) => `\n    ${name}: {action: std.echo output=<% $.n %>, on-success: end}`);
  return `
version: '2.0'
fan-out:
  input: [{n: 1}]
  tasks:
    begin: {action: std.noop, on-success: [${names.join(', ')}]}${tasks.join('')}
    end: {join: all, action: std.echo output=<% $.n %>, publish: {n: <% task().result %>}}`;
}

/** Each command writes its process id into a file; from one of them on they do not end by themselves. */
export const commands = `
version: '2.0'
commands:
  input: [log, {endless: 1000}]
  tasks:
    each:
      with-items: i in <% range(1000) %>
      concurrency: 16
      action: local.run
      input: {command: [sh, -c, 'echo $$ >> <% $.log %>; [ <% $.i %> -lt <% $.endless %> ] || exec sleep 1000']}`;

export function withItems(count: number): string {
  return `
version: '2.0'
items:
  tasks:
    each:
      with-items: i in <% range(${count}) %>
      action: std.echo output=<% $.i %>
      publish: {count: <% task().result.len() %>}`;
}

/** A workbook of some 500 lines with a bit of everything that people write. @param edit what differs from one keystroke to the next */
export function workbook(edit: string): string {
  const tasks = Array.from({ length: 20 }, (_, i) => {
    const next = i === 19 ? 'noop' : `t${i + 1}: <% $.r${i} != null %>`;
    return `
      t${i}:
        action: std.http
        input:
          url: <% $.base %>/things/<% $.id %>
          method: POST
          body: {a: "{{ _.name }}", b: <% $.items.select($.x).where($ > ${i}) %>}
        publish:
          r${i}: <% task().result %>
        retry: {count: 3, delay: 2}
        on-success:
          - ${next}
        on-error: [fail]`;
  });
  const workflow = (name: string): string => `
  ${name}:
    input: [base, id, name, items]
    tasks:${tasks.join('')}`;
  return `version: '2.0'
name: book
description: ${edit}
workflows:${workflow('first')}${workflow('second')}`;
}
