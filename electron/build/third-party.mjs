// @ts-check
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * @typedef {object} Library
 * @property {string} name
 * @property {string} version
 * @property {string} license as its package says, mostly an SPDX expression
 * @property {readonly string[]} texts its licence and its notices, word for word
 */

/**
 * The libraries that a project needs when it runs, and all that they need in turn, by name and version. What is optional
 * for them is not there: a bundle does not hold it.
 * @param {string} root the folder of the project, with its node_modules
 * @returns {readonly Library[]}
 * @throws {Error} when one is not there, or says nothing of its licence
 */
export function librariesOf(root) {
  /** @type {Map<string, Library>} */
  const found = new Map();
  /** @param {string} folder */
  const follow = (folder) => {
    const { dependencies = {}, optionalDependencies = {} } = readPackage(folder);
    for (const name of Object.keys(dependencies)) {
      if (name in optionalDependencies) continue;
      const place = folderOf(name, folder);
      const { version, license, licenses = [] } = readPackage(place);
      if (found.has(`${name} ${version}`)) continue;
      const texts = textsIn(place);
      // Packages of old have a list.
      const said = [license ?? licenses].flat().map((each) => each.type ?? each);
      if (said.length + texts.length === 0) throw new Error(`${name} ${version} says nothing of its licence.`);
      found.set(`${name} ${version}`, { name, version, license: said.join(', '), texts });
      follow(place);
    }
  };
  follow(root);
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, library]) => library);
}

/**
 * One text with the licences of all of them; what several share word for word is there once.
 * @param {readonly Library[]} libraries
 */
export function noticeOf(libraries) {
  /** @type {Map<string, string[]>} */
  const users = new Map();
  for (const { name, version, license, texts } of libraries) {
    const said = texts.length > 0 ? texts.join('\n\n') : `Its package says no more than: ${license}.`;
    users.set(said, [...(users.get(said) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...users].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  const first = 'Windrose contains these libraries. Those of Electron and Chromium are in the files beside this one.';
  return `${[first, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** @param {string} folder */
function readPackage(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/**
 * As Node finds it; its package.json may be hidden from `require`.
 * @param {string} name
 * @param {string} from
 */
function folderOf(name, from) {
  const places = createRequire(path.join(from, 'package.json')).resolve.paths(name) ?? [];
  const place = places
    .map((each) => path.join(each, name))
    .find((each) => fs.existsSync(path.join(each, 'package.json')));
  if (place === undefined) throw new Error(`${name}, which ${from} needs, is not installed.`);
  return place;
}

/** @param {string} folder */
function textsIn(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i.test(name))
    .toSorted()
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).isFile())
    .map((file) => fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim());
}
