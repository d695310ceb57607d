/**
 * Modules that somebody may put, or talk a person into putting, into the folder of one's own actions. What cannot be loaded
 * is a problem with a sentence; what can be is run, and ends in an error. One that logs 'stop me' is told to stop. All share a folder with sound ones, which work before and after.
 */
export interface HostilePack {
  readonly name: string;
  readonly text: string;
  /** What is said of the module when it is loaded; of one that can be loaded what is said when `acme.bad` runs. */
  readonly says: RegExp;
  readonly isLoaded?: true;
}

const bad = (rest: string): string => `export const bad = { name: 'acme.bad', ${rest} };`;
const running = (body: string): string => bad(`async run() { ${body} }`);

export const packs: readonly HostilePack[] = [
  { name: 'no JavaScript', text: '\u007fELF\u0002\u0000', says: /could not be loaded/ },
  { name: 'brackets 100,000 deep', text: '['.repeat(100_000), says: /could not be loaded/ },
  { name: 'an error when it is loaded', text: "throw new Error('no');", says: /no \(m\d+\.js, line 1\)/ },
  { name: 'nothing thrown when it is loaded', text: 'throw undefined;', says: /could not be loaded/ },
  {
    name: 'an error that cannot be read',
    text: 'throw new Proxy(new Error(), { get() { throw 1; } });',
    says: /could not be loaded/,
  },
  { name: 'a loop when it is loaded', text: 'while (true);', says: /longer than 5 seconds/ },
  { name: 'a wait without end when it is loaded', text: 'await new Promise(() => {});', says: /longer than 5 seconds/ },
  { name: 'an end of its process', text: 'process.exit(7);', says: /exit code 7/ },
  { name: 'a kill of its process', text: "process.kill(process.pid, 'SIGKILL');", says: /killed|SIGKILL/ },
  { name: 'only a number', text: 'export const a = 1;', says: /exports no action/ },
  {
    name: 'a name that is an object',
    text: "export const a = { name: { toString: () => 'acme.bad' }, run() {} };",
    says: /the name of/,
  },
  { name: 'a name that is a path', text: "export const a = { name: '../../acme', run() {} };", says: /the name of/ },
  {
    name: 'a name of a million letters',
    text: "export const a = { name: 'x'.repeat(1e6), run() {} };",
    says: /the name of/,
  },
  { name: 'a built-in name', text: "export const a = { name: 'std.http', run: () => 1 };", says: /belong to Windrose/ },
  { name: 'the same name twice', text: `${running('')} export const b = { ...bad };`, says: /two actions/ },
  {
    name: 'an export that throws when it is looked at',
    text: "export const a = new Proxy({}, { get() { throw new Error('trap'); } });",
    says: /trap/,
  },
  { name: 'a schema that is a text', text: bad("input: 'text', run() {}"), says: /JSON schema/ },
  {
    name: 'a schema of no type',
    text: bad("input: { properties: { x: { type: 'nonsense' } } }, run() {}"),
    says: /'input'/,
  },
  {
    name: 'a schema that leads into itself',
    text: `const loop = { type: 'object', properties: {} }; loop.properties.loop = loop; ${bad('input: loop, run() {}')}`,
    says: /'input'|could not be loaded/,
  },
  {
    name: 'a schema whose parameters are named __proto__',
    text: bad(`input: JSON.parse('{"properties": {"__proto__": {"type": "strange"}}}'), run() {}`),
    says: /'input'|could not be loaded/,
  },
  { name: 'a timeout below zero', text: bad('timeout: -1, run() {}'), says: /'timeout'/ },
  {
    name: 'a prototype that is changed for all',
    text: `Object.prototype.isAdmin = true; ${running("throw new Error('done')")}`,
    says: /Unrecognized key: "isAdmin"/,
    isLoaded: true,
  },
  {
    name: 'megabytes that are printed when it is loaded',
    text: `for (let i = 0; i < 16; i++) console.log('x'.repeat(1 << 20)); ${running("throw new Error('done')")}`,
    says: /done/,
    isLoaded: true,
  },
  {
    name: 'megabytes that are printed when it runs',
    text: running("for (let i = 0; i < 16; i++) console.log('x'.repeat(1 << 20)); throw new Error('done')"),
    says: /done/,
    isLoaded: true,
  },
  {
    name: 'no answer',
    text: running("arguments[1].log('stop me'); await new Promise(() => {});"),
    says: /did not stop/,
    isLoaded: true,
  },
  {
    name: 'a loop when it runs',
    text: running("arguments[1].log('stop me'); await null; while (true);"),
    says: /did not stop/,
    isLoaded: true,
  },
  { name: 'an end of its process when it runs', text: running('process.exit(0)'), says: /exit code 0/, isLoaded: true },
  { name: 'a result in a circle', text: running('const a = {}; a.a = a; return a;'), says: /circular/, isLoaded: true },
  {
    name: 'a result of 20 million letters',
    text: running("return 'x'.repeat(2e7)"),
    says: /larger than/,
    isLoaded: true,
  },
  {
    name: 'a result 100,000 levels deep',
    text: running('let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a;'),
    says: /\w+ .*\w+/,
    isLoaded: true,
  },
  {
    name: 'a message in the place of the engine',
    text: running("process.send({ type: 'ended', id: 0 });"),
    says: /process\.send is not a function/,
    isLoaded: true,
  },
  {
    name: 'all memory',
    text: running('const all = []; while (true) all.push(new Array(1e6).fill({}));'),
    says: /more memory/,
    isLoaded: true,
  },
];
