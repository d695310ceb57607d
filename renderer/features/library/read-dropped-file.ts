import type { FileFromOutside } from '../../../electron/bridge.ts';

/** As for files that are opened in the dialog: what is far beyond a workflow was dropped by mistake. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads a file that was dropped on the window. Never rejects: why it cannot be used is in the result, as a sentence. */
export async function readDroppedFile(file: File): Promise<FileFromOutside> {
  const { name, size } = file;
  if (size > MAX_BYTES) {
    const megabytes = (size / 1024 / 1024).toFixed(1);
    return {
      type: 'unreadable',
      name,
      message: `${name} is too large for a workflow: ${megabytes} MB, at most 4 MB are read.`,
    };
  }
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { type: 'unreadable', name, message: `${name} cannot be read. Drop a file, not a folder.` };
  }
  try {
    return { type: 'opened', id: null, name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { type: 'unreadable', name, message: `${name} is not a text file in UTF-8.` };
  }
}
