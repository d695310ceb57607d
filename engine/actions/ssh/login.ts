import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import ssh2, { type AnyAuthMethod } from 'ssh2';

/** Ways to say who one is, in the order in which they are tried. */
export type Login = readonly AnyAuthMethod[];

const DEFAULT_KEYS = ['id_rsa', 'id_ecdsa', 'id_ed25519'];

/** A private key as text, and what it is locked with. */
export interface PrivateKey {
  readonly text: string;
  readonly passphrase: string;
}

/**
 * What was given, and then what the person has anyway, as in Mistral: the agent and the usual keys.
 *
 * @param password empty for none
 */
export async function loginOf(username: string, password: string, key: PrivateKey | null): Promise<Login> {
  const usual = await Promise.all(DEFAULT_KEYS.map((name) => usualKey(name)));
  const agent = process.env.SSH_AUTH_SOCK ?? '';
  return [
    ...(key === null ? [] : [publicKey(username, key)]),
    ...(password === '' ? [] : passwordLogins(username, password)),
    ...(agent === '' ? [] : [{ type: 'agent', username, agent } as const]),
    ...usual.filter((each) => each !== null).map((each) => publicKey(username, each)),
  ];
}

/**
 * The key that an action was given: as text, or in a file of the person's .ssh folder, or in a file with its whole path.
 *
 * @param passphrase what it is locked with, if it is
 * @returns null when none was given
 * @throws Error with a sentence when there is no such key, or it cannot be read
 */
export async function readPrivateKey(text: string, fileName: string, passphrase: string): Promise<PrivateKey | null> {
  if (text === '' && fileName === '') return null;
  if (/\.\.[/\\]/.test(fileName)) {
    throw new Error(`Private key filename must not contain '..'. Actual: ${fileName}`);
  }
  const key = { text: text || (await readFile(path.resolve(homedir(), '.ssh', fileName), 'utf8')), passphrase };
  const parsed = ssh2.utils.parseKey(key.text, key.passphrase);
  if (parsed instanceof Error) throw new Error(`The private key cannot be used: ${parsed.message}`);
  return key;
}

function publicKey(username: string, { text, passphrase }: PrivateKey): AnyAuthMethod {
  return { type: 'publickey', username, key: text, passphrase };
}

/** Some servers ask for the password as the answer to a question. */
function passwordLogins(username: string, password: string): Login {
  return [
    { type: 'password', username, password },
    {
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _language, questions, answer) => answer(questions.map(() => password)),
    },
  ];
}

/** Those that are locked are for the agent. */
async function usualKey(name: string): Promise<PrivateKey | null> {
  try {
    const text = await readFile(path.join(homedir(), '.ssh', name), 'utf8');
    return ssh2.utils.parseKey(text) instanceof Error ? null : { text, passphrase: '' };
  } catch {
    return null;
  }
}
