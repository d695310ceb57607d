import { contextBridge, ipcRenderer } from 'electron';
import type { Reply, WindowMessage, WindroseBridge } from './bridge.ts';
import { callChannel, readChannel, tellChannel } from './channels.ts';

// The only file that knows ipcRenderer. It runs sandboxed, before the page's own code, and sees no more than this.

type Listener = (message: WindowMessage) => void;
const listeners = new Map<WindowMessage['type'], Set<Listener>>();
/** What came before anybody listened, for instance the file that the app was started with. */
const early: WindowMessage[] = [];

ipcRenderer.on(tellChannel, (_event, message: WindowMessage) => {
  const interested = listeners.get(message.type);
  if (interested === undefined) early.push(message);
  else for (const listener of interested) listener(message);
});

function listen<T extends WindowMessage['type']>(
  type: T,
  heard: (message: Extract<WindowMessage, { type: T }>) => void,
): () => void {
  const listener: Listener = (message) => heard(message as Extract<WindowMessage, { type: T }>);
  const interested = listeners.get(type) ?? new Set();
  listeners.set(type, interested.add(listener));
  const waiting = early.filter((message) => message.type === type);
  for (const message of waiting) {
    early.splice(early.indexOf(message), 1);
    listener(message);
  }
  return () => {
    interested.delete(listener);
  };
}

/** Reached when the value cannot be sent at all (a function in it) or the shell is going away. */
function notThrough(method: string, error: unknown): Reply<never> {
  return {
    ok: false,
    error: { code: 'UNAVAILABLE', message: `"${method}" did not get through: ${String(error)}` },
  };
}

const bridge: WindroseBridge = {
  call: (method, input) =>
    ipcRenderer.invoke(callChannel, method, input).catch((error: unknown) => notThrough(method, error)),
  read: (method, input) =>
    ipcRenderer.invoke(readChannel, method, input).catch((error: unknown) => JSON.stringify(notThrough(method, error))),
  onChanges: (listener) => listen('changes', (message) => listener(message.changes)),
  onFile: (listener) => listen('file', (message) => listener(message.file)),
  onFileChange: (listener) => listen('fileChanged', (message) => listener(message.change)),
  onCommand: (listener) => listen('command', (message) => listener(message.command)),
  onExecution: (listener) => listen('execution', (message) => listener(message.id)),
  onSettings: (listener) => listen('settings', (message) => listener(message.settings)),
};

contextBridge.exposeInMainWorld('windrose', bridge);
