// @ts-check

/** @typedef {{ files: Record<string, AsarFolder | { size: number, offset: string }> }} AsarFolder */

/**
 * An asar archive: two pickles (the header's size, the header as JSON), then the files.
 * @param {Readonly<Record<string, string | Buffer>>} files path, with "/" between its parts, to content
 */
export function asar(files) {
  let offset = 0;
  /** @type {AsarFolder} */
  const header = { files: {} };
  const contents = Object.entries(files).map(([path, content]) => {
    const bytes = Buffer.from(content);
    const parts = path.split('/');
    const name = /** @type {string} */ (parts.pop());
    let folder = header;
    for (const part of parts) folder = /** @type {AsarFolder} */ ((folder.files[part] ??= { files: {} }));
    folder.files[name] = { size: bytes.length, offset: String(offset) };
    offset += bytes.length;
    return bytes;
  });
  const json = Buffer.from(JSON.stringify(header));
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4);
  const head = Buffer.alloc(16);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(json.length + padding.length + 8, 4);
  head.writeUInt32LE(json.length + padding.length + 4, 8);
  head.writeUInt32LE(json.length, 12);
  return Buffer.concat([head, json, padding, ...contents]);
}
