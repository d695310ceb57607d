/** Texts that somebody may hand over as a definition. Each is refused; `says` is part of what the person reads. */
export interface HostileDefinition {
  readonly name: string;
  readonly text: string;
  readonly says: RegExp;
}

const workflow = (tasks: string): string => `version: '2.0'\nbad:\n  tasks:\n${tasks}`;
const nested = (open: string, close: string, levels: number): string => `${open.repeat(levels)}${close.repeat(levels)}`;
const anySentence = /\w+ .*\w+/;

export const definitions: readonly HostileDefinition[] = [
  { name: 'nothing at all', text: '', says: anySentence },
  { name: 'only spaces', text: ' \n \n', says: anySentence },
  { name: 'only a comment', text: '# nothing\n', says: anySentence },
  { name: 'a number', text: '42', says: anySentence },
  { name: 'a list', text: '- a\n- b\n', says: anySentence },
  { name: 'a null byte', text: "version: '2.0'\nbad:\u0000\n  tasks: {t: {}}\n", says: anySentence },
  { name: 'half of a surrogate pair', text: "version: '2.0'\nbad: \ud800\n", says: anySentence },
  { name: 'a mark that turns the direction of text', text: "version: '2.0'\nba\u202ed: 1\n", says: anySentence },
  { name: 'a binary file', text: '\u007fELF\u0002\u0001\u0001\u0000\u0000', says: anySentence },
  { name: 'a page of the web', text: '<!doctype html><script>alert(1)</script>', says: anySentence },
  { name: 'a shell script', text: '#!/bin/sh\nrm -rf "$HOME"\n', says: anySentence },
  { name: 'tabs where spaces belong', text: "version: '2.0'\nbad:\n\ttasks:\n\t\tt: {}\n", says: anySentence },
  { name: 'a quote that never ends', text: `version: '2.0'\nbad: "${'x'.repeat(1000)}`, says: anySentence },
  { name: 'a list that never ends', text: "version: '2.0'\nbad: [1, 2\n", says: anySentence },
  { name: 'lists 100,000 deep', text: `version: '2.0'\nbad: ${'['.repeat(100_000)}`, says: /nested/ },
  { name: 'dictionaries 1,000 deep', text: `version: '2.0'\nbad: ${nested('{a: ', '}', 1000)}`, says: /nested/ },
  {
    name: 'blocks 1,000 deep',
    text: Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
    says: /nested/,
  },
  { name: 'questions 1,000 deep', text: `${'? '.repeat(1000)}a`, says: anySentence },
  { name: 'dashes 1,000 deep', text: `${'- '.repeat(1000)}a`, says: anySentence },
  { name: 'anchors that hold each other', text: 'a: &a {b: &b {c: *a}}\n', says: anySentence },
  {
    name: 'a merge key that merges itself',
    text: "version: '2.0'\nbad: &a\n  <<: *a\n  tasks: {t: {}}\n",
    says: anySentence,
  },
  {
    name: 'a tag that makes an object in Python',
    text: "version: '2.0'\nbad: !!python/object/apply:os.system ['id']\n",
    says: anySentence,
  },
  { name: 'a tag that reads a file', text: "version: '2.0'\nbad: !include /etc/passwd\n", says: anySentence },
  { name: 'two documents', text: "---\nversion: '2.0'\n---\nbad: 1\n", says: anySentence },
  { name: 'directives without end', text: `${'%YAML 1.1\n'.repeat(10_000)}---\na: 1\n`, says: anySentence },
  { name: 'a version of the future', text: "version: '99'\nbad: {tasks: {t: {}}}\n", says: anySentence },
  { name: 'a workflow named __proto__ that is a number', text: "version: '2.0'\n__proto__: 1\n", says: anySentence },
  { name: 'tasks that are __proto__', text: workflow('    __proto__: 1\n'), says: anySentence },
  { name: 'a task named constructor that is a list', text: workflow('    constructor: []\n'), says: anySentence },
  { name: 'a task with an attribute toString', text: workflow('    t: {toString: x}\n'), says: /toString/ },
  {
    name: 'a name of 100,000 letters',
    text: `version: '2.0'\n${'b'.repeat(100_000)}:\n  tasks: {t: {}}\n`,
    says: anySentence,
  },
  { name: 'a transition to nowhere', text: workflow('    t: {on-success: nowhere}\n'), says: /nowhere/ },
  { name: 'a transition that holds code', text: workflow("    t: {on-success: '$(id)'}\n"), says: anySentence },
  {
    name: 'an expression that never ends',
    text: workflow(`    t: {action: "std.echo output=<% ${'('.repeat(5000)} %>"}\n`),
    says: anySentence,
  },
  {
    name: 'a template that never ends',
    text: workflow(`    t: {action: std.echo, input: {output: "{{ ${'('.repeat(5000)} }}"}}\n`),
    says: anySentence,
  },
  {
    name: 'a retry with negative numbers',
    text: workflow('    t: {action: std.noop, retry: {count: -1, delay: -1}}\n'),
    says: anySentence,
  },
  {
    name: 'a wait of an infinite time',
    text: workflow('    t: {action: std.noop, wait-before: .inf}\n'),
    says: anySentence,
  },
  {
    name: 'a concurrency of minus one',
    text: workflow('    t: {with-items: i in [1], action: std.noop, concurrency: -1}\n'),
    says: anySentence,
  },
  { name: 'a join of a negative number', text: workflow('    t: {join: -5}\n'), says: anySentence },
];
