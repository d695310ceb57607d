import { type Disk, realDisk } from '../../engine/store/disk.ts';

/** The real disk, which counts how often it is asked to bring something to the medium. */
export class CountingDisk implements Disk {
  syncs = 0;

  open: Disk['open'] = async (path, mode) => {
    const file = await realDisk.open(path, mode);
    return {
      write: (bytes, offset) => file.write(bytes, offset),
      read: (buffer, offset) => file.read(buffer, offset),
      datasync: () => {
        this.syncs++;
        return file.datasync();
      },
      truncate: (size) => file.truncate(size),
      stat: () => file.stat(),
      close: () => file.close(),
    };
  };
  syncFolder: Disk['syncFolder'] = (folder) => {
    this.syncs++;
    return realDisk.syncFolder(folder);
  };
  writeSmall: Disk['writeSmall'] = realDisk.writeSmall;
  readFile: Disk['readFile'] = realDisk.readFile;
  list: Disk['list'] = realDisk.list;
  links: Disk['links'] = realDisk.links;
  measure: Disk['measure'] = (path) => realDisk.measure(path);
  removeFolder: Disk['removeFolder'] = (folder) => realDisk.removeFolder(folder);
  makeFolder: Disk['makeFolder'] = realDisk.makeFolder;
  rename: Disk['rename'] = realDisk.rename;
  copy: Disk['copy'] = realDisk.copy;
  remove: Disk['remove'] = realDisk.remove;
}
