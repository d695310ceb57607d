/** What a command may do that means harm to who runs it. The task ends, and nothing of the command is left. */
export interface HostileOutput {
  readonly name: string;
  /** For the shell, or a program with its arguments. */
  readonly command: string | readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
  readonly ends: 'SUCCESS' | 'ERROR';
}

export const outputs: readonly HostileOutput[] = [
  { name: 'lines without end', command: 'yes', more: { timeout: 0.3 }, ends: 'ERROR' },
  { name: 'one line without end', command: "yes | tr -d '\\n'", more: { timeout: 0.3 }, ends: 'ERROR' },
  { name: 'bytes without sense', command: 'head -c 1000000 /dev/urandom', ends: 'SUCCESS' },
  { name: 'nulls', command: 'head -c 1000000 /dev/zero', ends: 'SUCCESS' },
  { name: 'codes that clear a terminal', command: "printf '\\033[2J\\033]0;owned\\007\\033[31mred'", ends: 'SUCCESS' },
  { name: 'halves of letters', command: "printf '\\342\\202'; sleep 0.1; printf '\\254\\377'", ends: 'SUCCESS' },
  {
    name: 'a deaf ear for being stopped',
    command: "trap '' TERM INT HUP; while :; do sleep 0.1; done",
    more: { timeout: 0.3 },
    ends: 'ERROR',
  },
  { name: 'a child that it leaves behind', command: 'sleep 1000 & exit 0', ends: 'SUCCESS' },
  {
    name: 'a child that holds its output',
    command: '(sleep 1000) & echo started',
    more: { timeout: 5 },
    ends: 'SUCCESS',
  },
  { name: 'an end by its own hand', command: 'kill -9 $$', ends: 'ERROR' },
  {
    name: 'a closed ear for its input',
    command: 'exec 0<&-; echo deaf',
    more: { stdin: 'x'.repeat(1_000_000) },
    ends: 'SUCCESS',
  },
  { name: 'a program that is not there', command: ['../../nowhere'], ends: 'ERROR' },
  { name: 'a folder for a program', command: ['/'], ends: 'ERROR' },
  { name: 'a null byte in an argument', command: ['echo', 'a\u0000b'], ends: 'ERROR' },
  { name: 'arguments that look like a shell', command: ['echo', '$(id); `id` && id | id'], ends: 'SUCCESS' },
];
