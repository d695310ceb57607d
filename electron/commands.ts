/**
 * Every command of the application, described once: the menu, the palette, the sheet of shortcuts and the tooltips are made
 * from this table, and the window obeys each of them (renderer/state/window-commands.ts). In the order of the menu.
 */

interface CommandDescription {
  /** A title that ends in an ellipsis asks or shows something first. */
  readonly title: string;
  readonly menu: 'file' | 'view' | 'execution' | 'help';
  /**
   * As Electron writes accelerators. A single letter (capital: with Shift) belongs to the window alone, which does not take
   * it from text fields.
   */
  readonly key: string;
  /** A line of the menu begins above it. */
  readonly separated?: true;
}

const windowCommands = {
  newWorkflow: { title: 'New workflow', menu: 'file', key: 'CmdOrCtrl+N' },
  openYaml: { title: 'Open workflow file…', menu: 'file', key: 'CmdOrCtrl+O' },
  importExecution: { title: 'Import execution…', menu: 'file', key: 'CmdOrCtrl+Shift+O', separated: true },
  exportExecution: { title: 'Export execution…', menu: 'file', key: 'CmdOrCtrl+Shift+E' },
  backUp: { title: 'Back up the store…', menu: 'file', key: 'CmdOrCtrl+Shift+B' },
  settings: { title: 'Settings…', menu: 'file', key: 'CmdOrCtrl+,', separated: true },

  palette: { title: 'Commands…', menu: 'view', key: 'CmdOrCtrl+K' },
  search: { title: 'Search executions…', menu: 'view', key: 'CmdOrCtrl+Shift+F' },
  showLibrary: { title: 'Library', menu: 'view', key: 'CmdOrCtrl+1', separated: true },
  showExecutions: { title: 'Executions', menu: 'view', key: 'CmdOrCtrl+2' },
  showEditor: { title: 'Editor', menu: 'view', key: 'CmdOrCtrl+3' },
  showExpressions: { title: 'Expressions', menu: 'view', key: 'CmdOrCtrl+4' },
  filter: { title: 'Filter', menu: 'view', key: 'CmdOrCtrl+F' },
  toggleViews: { title: 'Graph, timeline, events and definition', menu: 'view', key: 'g' },

  run: { title: 'Run…', menu: 'execution', key: 'CmdOrCtrl+Enter' },
  togglePause: { title: 'Pause or resume', menu: 'execution', key: 'CmdOrCtrl+.' },
  cancel: { title: 'Cancel…', menu: 'execution', key: 'CmdOrCtrl+Shift+.' },
  follow: { title: 'Follow what runs', menu: 'execution', key: 'f', separated: true },
  toggleAlone: { title: 'Show one execution alone, or all again', menu: 'execution', key: 'o' },
  expandAll: { title: 'Expand all', menu: 'execution', key: 'e' },
  collapseAll: { title: 'Collapse all', menu: 'execution', key: 'w' },
  nextFailed: { title: 'Next failed', menu: 'execution', key: 'n', separated: true },
  previousFailed: { title: 'Previous failed', menu: 'execution', key: 'N' },
  olderExecution: { title: 'Older execution of this workflow', menu: 'execution', key: '[' },
  newerExecution: { title: 'Newer execution of this workflow', menu: 'execution', key: ']' },

  shortcuts: { title: 'Keyboard shortcuts', menu: 'help', key: 'CmdOrCtrl+/' },
} as const satisfies Readonly<Record<string, CommandDescription>>;

/** What the menu and the palette ask of the window. One that makes no sense where the window is now is left alone. */
export type WindowCommand = keyof typeof windowCommands;

/** The commands of one menu, in its order. */
export function commandsOf(menu: CommandDescription['menu']): readonly WindowCommand[] {
  return allCommands.filter((command) => windowCommands[command].menu === menu);
}

export const allCommands = Object.keys(windowCommands) as readonly WindowCommand[];

export function descriptionOf(command: WindowCommand): CommandDescription {
  return windowCommands[command];
}
