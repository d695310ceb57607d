/** Workflows that are well written and mean harm. Each ends in an error that says what happened. */
export interface HostileExecution {
  readonly name: string;
  readonly tasks: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly says: RegExp;
}

const echo = (expression: string): string => `t: {action: std.echo, input: {output: ${JSON.stringify(expression)}}}`;
const script = (text: string): string => `t: {action: std.js, input: {script: ${JSON.stringify(text)}, context: 1}}`;

export const executions: readonly HostileExecution[] = [
  { name: 'a list without end', tasks: echo('<% sequence().toList() %>'), says: /more than/ },
  { name: 'a number without end', tasks: echo('{{ 10 ** (10 ** 10) }}'), says: /\w/ },
  { name: 'a power of powers', tasks: echo('<% 9.pow(9).pow(9).pow(9) %>'), says: /\w/ },
  { name: 'a text without end', tasks: echo("<% 'ab' * 1000000000 %>"), says: /more than/ },
  {
    name: 'a text that doubles without end',
    tasks: echo(
      "{% set t = namespace(x='ab') %}{% for i in range(60) %}{% set t.x = t.x ~ t.x %}{% endfor %}{{ t.x }}",
    ),
    says: /\w/,
  },
  { name: 'a width of a thousand million', tasks: echo("{{ '%1000000000d' % 1 }}"), says: /\w/ },
  {
    name: 'loops in loops',
    tasks: echo('{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}{{ 1 }}'),
    says: /too long|more than/,
  },
  { name: 'a macro that calls itself', tasks: echo('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'), says: /\w/ },
  {
    name: 'a pattern that backtracks',
    tasks: echo("<% regex('(x+x+)+y').search('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') %>"),
    says: /too long/,
  },
  { name: 'a look at what is hidden', tasks: echo("{{ ''.__class__.__mro__[1].__subclasses__() }}"), says: /\w/ },
  { name: 'a look at the globals of a function', tasks: echo('{{ range.__globals__ }}'), says: /\w/ },
  { name: 'a format that looks inside', tasks: echo("{{ '{0.__class__}'.format(1) }}"), says: /\w/ },
  { name: 'an import', tasks: echo("{% import 'os' as os %}{{ os }}"), says: /\w/ },
  { name: 'an include of a file', tasks: echo("{% include '/etc/passwd' %}{{ 1 }}"), says: /\w/ },
  {
    name: 'a script that never ends',
    tasks: `${script('for (;;) {}')}\n    `.replace('action: std.js', 'action: std.js, timeout: 1'),
    says: /\w/,
  },
  {
    name: 'a script that eats memory',
    tasks: script('const all = []; for (;;) all.push(new Uint8Array(1 << 20).fill(1));'),
    says: /memory/,
  },
  { name: 'a script that eats the stack', tasks: script('const f = () => f() + 1; return f();'), says: /\w/ },
  { name: 'a script that looks for Node', tasks: script('return process.env;'), says: /process/ },
  { name: 'a script that wants a module', tasks: script("return require('fs').readdirSync('/');"), says: /require/ },
  {
    name: 'a script that reaches through constructors',
    tasks: script("return this.constructor.constructor('return process')().pid;"),
    says: /process/,
  },
  { name: 'a workflow that runs itself without end', tasks: 't: {workflow: bad}', says: /nested/ },
  { name: 'an action that is not there', tasks: "t: {action: <% '../../x' %>}", says: /\w/ },
  { name: 'items without end', tasks: 't: {with-items: i in <% sequence() %>, action: std.noop}', says: /\w/ },
];
