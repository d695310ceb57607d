// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Something that the person can mend; the message says how. */
export class Obstacle extends Error {}

const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

/** What Electron and a virtual display miss on a bare Debian 12 or Ubuntu 22.04, by their names there. */
const debianPackages = ['xvfb', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];

/**
 * Makes sure that the executable finds its shared libraries.
 * @param {string} executable
 * @throws {Obstacle} when it does not
 */
export function requireLibraries(executable) {
  const missing = missingLibraries(executable);
  if (missing.length === 0) return;
  const libraries = missing.length === 1 ? `${missing[0]} is` : `${missing.length} libraries are`;
  install(`${libraries} missing for Electron`, debianPackages);
  const left = missingLibraries(executable);
  if (left.length > 0) throw new Obstacle(`Electron still does not find ${left.join(', ')}.`);
}

/** @param {string} executable */
function missingLibraries(executable) {
  if (!isLinux) return [];
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
}

/**
 * The environment in which a window can open: the person's own display, or else a virtual one that lives as long as
 * this process.
 * @returns {Promise<Record<string, string>>} what is to be added to the environment
 */
export async function display() {
  if (!isLinux || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return {};
  if (spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error) install('There is no display, and no Xvfb', ['xvfb']);
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl+C is for the application, which still needs its display while it ends
  });
  process.once('exit', () => server.kill());
  /** @type {string} */
  const number = await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Obstacle(`The virtual display (Xvfb) ended with ${code}.`)));
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
  });
  console.error(`There is no display here: using a virtual one, :${number}.`);
  return { DISPLAY: `:${number}` };
}

/**
 * Whether Chromium's sandbox can be used: never by root, and by others only where the system lets them have
 * namespaces of their own or the helper beside the executable is set up.
 * @param {string} executable
 */
export function canSandbox(executable) {
  if (!isLinux) return true;
  if (isRoot) return false;
  const helper = fs.statSync(sandboxHelper(executable), { throwIfNoEntry: false });
  const helps = helper?.uid === 0 && (helper.mode & 0o4001) === 0o4001;
  const { status, error } = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  return helps || status === 0 || error !== undefined;
}

/**
 * The arguments with which Electron is started for a person. Only root goes without Chromium's sandbox.
 * @param {string} executable
 * @throws {Obstacle} when the sandbox is to be used and cannot be
 */
export function sandboxArguments(executable) {
  if (isLinux && isRoot) return ['--no-sandbox'];
  if (canSandbox(executable)) return [];
  const helper = sandboxHelper(executable);
  throw new Obstacle(
    `This system keeps Chromium from making its sandbox. Run:  sudo chown root ${helper} && sudo chmod 4755 ${helper}`,
  );
}

/** @param {string} executable */
function sandboxHelper(executable) {
  return `${fs.realpathSync(executable).replace(/[^/]*$/, '')}chrome-sandbox`;
}

/**
 * Installs Debian packages where nobody is there to ask (root in CI), and says how everywhere else.
 * @param {string} reason
 * @param {readonly string[]} packages
 */
function install(reason, packages) {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).error)
    throw new Obstacle(`${reason}. Install GTK 3, NSS, ALSA, GBM and Xvfb from your distribution.`);
  const unattended = isRoot && Boolean(process.env.CI);
  if (unattended) apt('apt-get', ['update', '-qq']);
  // Debian 13 and Ubuntu 24.04 gave those with 64-bit times another name.
  const names = packages.map((name) => (apt('apt-cache', ['show', `${name}t64`]) ? `${name}t64` : name));
  const args = ['install', '-y', '--no-install-recommends', ...names];
  const command = `${isRoot ? '' : 'sudo '}apt-get ${args.join(' ')}`;
  if (!unattended) throw new Obstacle(`${reason}. Run:  ${command}`);
  console.error(`${reason}: ${command}`);
  if (!apt('apt-get', args)) throw new Obstacle(`That did not work. Run it yourself:  ${command}`);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function apt(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'ignore', env }).status === 0;
}
