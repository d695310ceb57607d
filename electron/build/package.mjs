// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { asar } from './asar.mjs';
import { standIn } from './electron-stand-in.mjs';
import { Obstacle } from './machine.mjs';
import { librariesOf, noticeOf } from './third-party.mjs';

const root = path.join(import.meta.dirname, '../..');

/**
 * What Electron's executable does not do any more once it is Windrose's.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 * @type {Readonly<Record<FuseV1Options, boolean>>}
 */
const fuses = {
  // On: a person's own actions run in a process of their own, which is this executable as Node
  // (engine/actions/own/pack-process.ts).
  [FuseV1Options.RunAsNode]: true,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Off: Electron checks the archive on macOS and Windows only, and there against a checksum that has to be put into
  // the executable's resources first.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from a scheme of its own (electron/page.ts), and file: is for nobody.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/** Where a package is made unless told otherwise. */
export const packageFolder = path.join(root, `dist/package/windrose-${process.platform}-${process.arch}`);

/**
 * Says whether people may get what is made from this Electron.
 * @param {string} electron the folder that holds it
 * @throws {Obstacle} when they may not
 */
export function requireShippable(electron) {
  if (process.platform === 'darwin')
    throw new Obstacle('Packaging is not there for macOS yet: its bundle has to be named anew and signed.');
  const version = fs.readFileSync(path.join(electron, 'version'), 'utf8').trim();
  if (version !== standIn.electron) return;
  throw new Obstacle(
    `Electron ${version} is here for development and tests only, and gets no security fixes: nothing that people use is made from it. Get the real one (npm run setup), then package again.`,
  );
}

/**
 * Makes a folder with all that runs Windrose, from Electron and from what the build made (which holds every library
 * that it needs). What is in the folder already is replaced, in one step at the end.
 * @param {string} electron the folder that holds it
 * @param {string} to
 * @returns {Promise<string>} the executable
 */
export async function makePackage(electron, to) {
  const work = `${to}.part`;
  fs.rmSync(work, { recursive: true, force: true });
  fs.cpSync(electron, work, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
  const ending = process.platform === 'win32' ? '.exe' : '';
  const executable = `windrose${ending}`;
  fs.renameSync(path.join(work, `electron${ending}`), path.join(work, executable));
  fs.rmSync(path.join(work, 'resources/default_app.asar'), { force: true });
  fs.writeFileSync(path.join(work, 'resources/app.asar'), asar(application()));
  fs.copyFileSync(path.join(root, 'LICENSE'), path.join(work, 'LICENSE.windrose.txt'));
  fs.writeFileSync(path.join(work, 'LICENSES.libraries.txt'), noticeOf(librariesOf(root)));
  await flipFuses(path.join(work, executable), { version: FuseVersion.V1, ...fuses });
  fs.rmSync(to, { recursive: true, force: true });
  fs.renameSync(work, to);
  return path.join(to, executable);
}

/** What the build made, without the source maps, and what Electron wants to know of it. */
function application() {
  const about = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { name, productName, version, description, license, type, main } = about;
  /** @type {Record<string, string | Buffer>} */
  const files = { 'package.json': JSON.stringify({ name, productName, version, description, license, type, main }) };
  for (const part of ['main', 'preload', 'renderer']) {
    const folder = path.join(root, 'dist', part);
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith('.map')) continue;
      const file = path.join(entry.parentPath, entry.name);
      files[path.relative(root, file).replaceAll(path.sep, '/')] = fs.readFileSync(file);
    }
  }
  return files;
}
