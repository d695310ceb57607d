// @ts-check

/**
 * An asar archive of files without folders: two pickles (the header's size, the header as JSON), then the files.
 * @param {Readonly<Record<string, string>>} files name to text
 */
export function asar(files) {
  let offset = 0;
  const entries = Object.entries(files).map(([name, text]) => {
    const size = Buffer.byteLength(text);
    const entry = [name, { size, offset: String(offset) }];
    offset += size;
    return entry;
  });
  const json = Buffer.from(JSON.stringify({ files: Object.fromEntries(entries) }));
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4);
  const head = Buffer.alloc(16);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(json.length + padding.length + 8, 4);
  head.writeUInt32LE(json.length + padding.length + 4, 8);
  head.writeUInt32LE(json.length, 12);
  return Buffer.concat([head, json, padding, ...Object.values(files).map((text) => Buffer.from(text))]);
}
