// @ts-check
import { spawn } from 'node:child_process';
import { createBuilder } from 'vite';

/**
 * Builds again whenever a source is saved, and starts the application again: executions go on where they were.
 * It is the same build as everywhere else, under the same content security policy, with React's development checks.
 * @param {string} configFile
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>} once the person ends the application
 */
export async function develop(configFile, executable, args, env) {
  process.env.NODE_ENV = 'development';
  const config = { configFile, mode: 'development', logLevel: /** @type {const} */ ('warn'), build: { watch: {} } };
  const builder = await createBuilder(config);
  const application = restartable(executable, args, { ...process.env, ...env });
  const busy = new Set(Object.keys(builder.environments));
  for (const [name, environment] of Object.entries(builder.environments)) {
    const watcher = await builder.build(environment);
    if (!('on' in watcher)) throw new Error(`${name} is not watched`);
    watcher.on('event', (event) => {
      if (event.code === 'START') busy.add(name);
      if (event.code === 'ERROR') console.error(event.error.message);
      if (event.code !== 'END') return;
      busy.delete(name);
      if (busy.size === 0) application.restart();
    });
  }
  return application.ended;
}

/**
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function restartable(executable, args, env) {
  /** @type {import('node:child_process').ChildProcess | null} */
  let running = null;
  /** @type {(code: number) => void} */
  let end;
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    end = resolve;
  });

  function start() {
    const child = spawn(executable, args, { stdio: 'inherit', env });
    running = child;
    child.once('exit', (code) => (running === child ? end(code ?? 1) : start()));
  }

  /** One at a time: the next one starts when the one before has ended, since it holds the store. */
  function restart() {
    const previous = running;
    running = null;
    if (previous === null) start();
    else previous.kill();
  }

  process.once('exit', () => running?.kill());
  return { ended, restart };
}
