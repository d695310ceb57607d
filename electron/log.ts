import path from 'node:path';
import log from 'electron-log/node';

/** The log as everything but the shell's start sees it. Details are printed as Node prints values. */
export interface Logger {
  info(message: string, ...details: readonly unknown[]): void;
  warn(message: string, ...details: readonly unknown[]): void;
  error(message: string, ...details: readonly unknown[]): void;
}

/** In the folder of logs. */
export const LOG_FILE = 'windrose.log';

/** Writes to `<folder>/windrose.log`, and from warnings upward to stderr; one older file of 5 MB is kept. */
export function openLog(folder: string): Logger {
  log.transports.file.setAppName('windrose');
  log.transports.file.resolvePathFn = () => path.join(folder, LOG_FILE);
  log.transports.file.maxSize = 5 * 1024 * 1024;
  log.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  log.transports.console.level = 'warn';
  // Started from a terminal that has been closed since: what is written there is lost, and no reason to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return log;
}
