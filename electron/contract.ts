import { z } from 'zod';
import { methods } from '../engine/api/methods.ts';
import { executionSummary, trouble } from '../engine/api/resources.ts';

/**
 * What only the desktop has, in the manner of engine/api/methods.ts. The window asks for both through one door
 * ({@link windowMethods}) and sees no difference. The window imports this file as a type only.
 */

const nothing = z.object({});

/** More than can be opened; in characters. */
const MAX_TEXT = 8_000_000;
/** An execution that is dropped on the window comes as text; larger ones are opened in the dialog. */
const MAX_DROPPED = 50_000_000;

/** `system` follows the desktop; the others drive `prefers-color-scheme` in the window. */
const theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof theme>;

/** What an answer survives: `durable` a power loss; `fast`, which does not wait for the disk, only the end of the app. */
const durability = z.enum(['durable', 'fast']);
export type Durability = z.infer<typeof durability>;

/** What is kept of executions that have ended; null: all of them. */
const retention = z.object({
  days: z.int().min(1).max(36_500).nullable(),
  executions: z.int().min(1).max(10_000_000).nullable(),
});

/** What the person has chosen, and what the window wants to find again after a restart. */
export const settings = z.object({
  theme,
  /** 1 is the size that the design means. */
  zoom: z.number().min(0.5).max(2),
  /** Of the next start. */
  durability,
  /** Tell by a notification when an execution that is not on screen has succeeded or failed. */
  notifications: z.boolean(),
  retention,
  /** How many actions run at once; null: twice as many as the machine has cores. */
  actionsAtOnce: z.int().min(1).max(1000).nullable(),
  /** Whether HTTP requests to this machine itself and to what is linked to it are refused, as on a server of Mistral's. */
  refusesLocalAddresses: z.boolean(),
  /** The window's own: sizes of panes, the selection. The shell keeps it and does not look into it. */
  ui: z.record(z.string(), z.unknown()),
});
export type Settings = z.infer<typeof settings>;

/** A YAML file that the person has chosen, here or in another program. */
const openedFile = z.object({
  /** By which `files.save` knows it. */
  id: z.string(),
  /** Without its folder. */
  name: z.string(),
  text: z.string(),
});
export type OpenedFile = z.infer<typeof openedFile>;

export const desktopMethods = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      /** Where the store, the settings and the log are. */
      dataFolder: z.string(),
      /** What the shell found damaged, to be shown with those of `troubles.list`. */
      troubles: z.array(trouble),
    }),
  },
  /** The system's dialog. Null when it was dismissed; a file that cannot be used fails with a sentence. */
  'dialogs.openYaml': { input: nothing, output: openedFile.nullable() },
  /**
   * Writes an opened file if it still holds what is expected (null: it is gone); otherwise nothing is written, and the answer
   * is what it holds.
   */
  'files.save': {
    input: z.object({ id: z.string(), text: z.string().max(MAX_TEXT), expected: z.string().nullable() }),
    output: z.discriminatedUnion('type', [
      z.object({ type: z.literal('saved') }),
      z.object({ type: z.literal('changed'), text: z.string().nullable() }),
    ]),
  },
  /** Asks in the system's dialog where to, and writes. Null when it was dismissed. */
  'files.saveAs': {
    input: z.object({ name: z.string(), text: z.string().max(MAX_TEXT) }),
    output: openedFile.nullable(),
  },
  /** The file is not watched any more. */
  'files.close': { input: z.object({ id: z.string() }), output: nothing },
  /** Of the files of the store, in bytes, and how many executions are in it. Looks at every file. */
  'store.size': { input: nothing, output: z.object({ bytes: z.number(), executions: z.number() }) },
  /** Asks in the system's dialog where to, and copies the store into a new folder there. Null when it was dismissed. */
  'store.backUp': { input: nothing, output: z.object({ folder: z.string() }).nullable() },
  /** Asks where to, and writes the execution to one file. Null when it was dismissed. */
  'executions.export': {
    input: z.object({ id: z.string(), name: z.string() }),
    output: z.object({ name: z.string() }).nullable(),
  },
  /** Asks for such a file and takes up what is in it, under a new id. Null when it was dismissed. */
  'executions.import': { input: nothing, output: executionSummary.nullable() },
  /** The same for a file that was dropped on the window. */
  'executions.importText': { input: z.object({ text: z.string().max(MAX_DROPPED) }), output: executionSummary },
  /**
   * Asks in the system's dialog where to, and writes one part of a node there, however large: it does not come through the
   * window. False when the dialog was dismissed.
   */
  'payloads.saveAs': {
    input: methods['nodes.payload'].input.pick({ rootId: true, id: true, field: true }).extend({ name: z.string() }),
    output: z.object({ saved: z.boolean() }),
  },
  'settings.get': { input: nothing, output: settings },
  /** Changes what is given and leaves the rest; within `ui`, key by key, null removes one. Answers with all of them. */
  'settings.set': { input: settings.partial(), output: settings },
  /** Opens the data folder in the system's file manager. */
  'shell.showDataFolder': { input: nothing, output: nothing },
  /** The same for the folder of the person's own actions; with a sample in it when there was nothing. */
  'shell.showActionsFolder': { input: nothing, output: nothing },
} as const;

type DesktopMethods = typeof desktopMethods;
export type DesktopMethodName = keyof DesktopMethods;
export type DesktopInput<M extends DesktopMethodName> = z.output<DesktopMethods[M]['input']>;
export type DesktopOutput<M extends DesktopMethodName> = z.output<DesktopMethods[M]['output']>;

/** All that the window can ask for. */
export const windowMethods = { ...methods, ...desktopMethods } as const;
type WindowMethods = typeof windowMethods;
export type WindowMethodName = keyof WindowMethods;
export type WindowInput<M extends WindowMethodName> = z.input<WindowMethods[M]['input']>;
export type WindowOutput<M extends WindowMethodName> = z.output<WindowMethods[M]['output']>;
