import { type Disk, type DiskFile, realDisk, writeInSteps } from '../../../engine/store/disk.ts';
import { withResolvers } from '../../with-resolvers.ts';

export type Operation = Exclude<keyof Disk, 'writeSmall'> | Exclude<keyof DiskFile, 'stat' | 'close'>;

/** What becomes of one operation: refused with an error of this code, or a write of which only so many bytes are taken. */
export type Fault = { readonly code: string } | { readonly take: number };

/** The real disk, which notes what is asked of it, and refuses what a test wants refused. */
export class WatchedDisk implements Disk {
  /** Operation and path, in the order in which they were finished. */
  readonly done: (readonly [Operation, string])[] = [];
  /** Asked before each operation; null lets it pass. */
  fault: (operation: Operation, path: string) => Fault | null = () => null;
  /** Awaited before each datasync. */
  beforeDatasync: (path: string) => Promise<void> = async () => {};

  count(operation: Operation, path: RegExp): number {
    return this.done.filter(([each, file]) => each === operation && path.test(file)).length;
  }

  open: Disk['open'] = async (path, mode) => {
    const file = await this.#try('open', path, () => realDisk.open(path, mode));
    return {
      write: async (bytes, offset) => {
        const fault = this.fault('write', path);
        if (fault !== null && 'take' in fault) {
          if (fault.take > 0) await file.write(bytes.subarray(0, fault.take), offset);
          return fault.take;
        }
        return this.#try('write', path, () => file.write(bytes, offset), fault);
      },
      datasync: async () => {
        await this.beforeDatasync(path);
        await this.#try('datasync', path, () => file.datasync());
      },
      truncate: (size) => this.#try('truncate', path, () => file.truncate(size)),
      read: (buffer, offset) => this.#try('read', path, () => file.read(buffer, offset)),
      stat: () => file.stat(),
      close: () => file.close(),
    };
  };
  /** In its steps, so that each can be refused. */
  writeSmall: Disk['writeSmall'] = (write) => writeInSteps(this, write);
  readFile: Disk['readFile'] = (path) => this.#try('readFile', path, () => realDisk.readFile(path));
  list: Disk['list'] = (folder) => this.#try('list', folder, () => realDisk.list(folder));
  links: Disk['links'] = (folder) => this.#try('links', folder, () => realDisk.links(folder));
  measure: Disk['measure'] = (path) => this.#try('measure', path, () => realDisk.measure(path));
  makeFolder: Disk['makeFolder'] = (folder) => this.#try('makeFolder', folder, () => realDisk.makeFolder(folder));
  rename: Disk['rename'] = (from, to) => this.#try('rename', to, () => realDisk.rename(from, to));
  copy: Disk['copy'] = (from, to) => this.#try('copy', to, () => realDisk.copy(from, to));
  remove: Disk['remove'] = (path) => this.#try('remove', path, () => realDisk.remove(path));
  removeFolder: Disk['removeFolder'] = (folder) =>
    this.#try('removeFolder', folder, () => realDisk.removeFolder(folder));
  syncFolder: Disk['syncFolder'] = (folder) => this.#try('syncFolder', folder, () => realDisk.syncFolder(folder));

  async #try<T>(
    operation: Operation,
    path: string,
    work: () => Promise<T>,
    fault: Fault | null = this.fault(operation, path),
  ): Promise<T> {
    if (fault !== null && 'code' in fault) throw Object.assign(new Error(fault.code), { code: fault.code });
    const result = await work();
    this.done.push([operation, path]);
    return result;
  }
}

export const JOURNAL = /journal[/\\]\d+\.ndjson$/;

/** A gate before the fdatasync of the journal. */
export function gate(disk: WatchedDisk): { readonly reached: Promise<void>; readonly open: () => void } {
  const { promise: reached, resolve: arrive } = withResolvers<void>();
  const { promise: opened, resolve: open } = withResolvers<void>();
  disk.beforeDatasync = async (path) => {
    if (!JOURNAL.test(path)) return;
    arrive();
    await opened;
  };
  return { reached, open };
}
