/** Files that are handed over as exported executions. Each is made of a sound one, and refused as a whole. */
export interface HostileExport {
  readonly name: string;
  readonly change: (sound: string) => string | Buffer;
}

interface Content {
  id: unknown;
  version: unknown;
  values: unknown;
  commits: { at: unknown; events: Record<string, unknown>[]; payloads?: unknown }[];
}

const changed =
  (change: (content: Content) => void): HostileExport['change'] =>
  (sound) => {
    const content = JSON.parse(sound) as Content;
    change(content);
    return JSON.stringify(content);
  };
const each = (type: string, change: (event: Record<string, unknown>) => void): HostileExport['change'] =>
  changed(({ commits }) => {
    for (const event of commits.flatMap(({ events }) => events)) if (event.type === type) change(event);
  });

export const exportFiles: readonly HostileExport[] = [
  { name: 'nothing', change: () => '' },
  { name: 'only its beginning', change: (sound) => sound.slice(0, 100) },
  { name: 'half of it', change: (sound) => sound.slice(0, sound.length / 2) },
  { name: 'all but its last bracket', change: (sound) => sound.trimEnd().slice(0, -1) },
  { name: 'itself twice', change: (sound) => sound + sound },
  { name: 'a zip', change: () => Buffer.from('504b0304140000000800', 'hex') },
  { name: 'bytes that are no text', change: () => Buffer.alloc(10_000, 0xff) },
  {
    name: 'a bit that fell over in its first word',
    change: (sound) => {
      const bytes = Buffer.from(sound);
      const at = bytes.indexOf('windrose');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    },
  },
  { name: 'lists 100,000 deep', change: () => '['.repeat(100_000) + ']'.repeat(100_000) },
  { name: 'another kind of file', change: (sound) => sound.replace('"execution"', '"workbook"') },
  {
    name: 'a version of the future',
    change: changed((content) => {
      content.version = 1e9;
    }),
  },
  {
    name: 'an id that is a path',
    change: changed((content) => {
      content.id = '../../../etc/passwd';
    }),
  },
  {
    name: 'an id with a null byte',
    change: changed((content) => {
      content.id = 'a\u0000b';
    }),
  },
  {
    name: 'an id that is __proto__',
    change: changed((content) => {
      content.id = '__proto__';
    }),
  },
  {
    name: 'tasks whose ids are paths',
    change: each('TaskCreated', (event) => {
      event.id = '../../x';
    }),
  },
  {
    name: 'actions whose ids are paths',
    change: each('ActionScheduled', (event) => {
      event.id = '../x.log';
    }),
  },
  {
    name: 'tasks below nothing',
    change: each('TaskCreated', (event) => {
      event.workflowId = 'none';
    }),
  },
  {
    name: 'a task below itself',
    change: each('TaskCreated', (event) => {
      event.workflowId = event.id;
    }),
  },
  {
    name: 'a thousand million items',
    change: each('ItemsExpanded', (event) => {
      event.count = 1e9;
    }),
  },
  {
    name: 'fewer than no items',
    change: each('ItemsExpanded', (event) => {
      event.count = -1;
    }),
  },
  {
    name: 'events that are no events',
    change: changed(({ commits }) => void commits[0]?.events.push({ type: 'constructor' })),
  },
  {
    name: 'commits without events',
    change: changed(({ commits }) => void Object.assign(commits[0] ?? {}, { events: null })),
  },
  {
    name: 'times beyond all time',
    change: changed(({ commits }) => void Object.assign(commits[0] ?? {}, { at: 1e300 })),
  },
  {
    name: 'a definition in the place of one that is allowed',
    change: each('DefinitionUsed', (event) => {
      event.source = { kind: 'workflow', text: "version: '2.0'\nevil: {tasks: {a: {action: local.run command=id}}}" };
    }),
  },
  {
    name: 'a reference along a prototype',
    change: changed((content) => {
      content.values = [{ sha256: 'a', value: true }];
      Object.assign(content.commits[0] ?? {}, { payloads: [[['__proto__', 'isAdmin'], 'a']] });
    }),
  },
  {
    name: 'a reference to nothing',
    change: changed(({ commits }) => void Object.assign(commits[0] ?? {}, { payloads: [[['events', 0, 'id'], 'a']] })),
  },
];
