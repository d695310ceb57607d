const isMac = /mac/i.test(navigator.platform);

/** The keys as this system prints them: Ctrl+O, or ⌘O on a Mac. */
export function shortcut(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl+${key}`;
}

/** The same for keys as Electron writes them: `CmdOrCtrl+Shift+F` is Ctrl+Shift+F, or ⇧⌘F on a Mac. */
export function printed(accelerator: string): string {
  if (!isMac) return accelerator.replace('CmdOrCtrl', 'Ctrl');
  return accelerator.replace('CmdOrCtrl+Shift+', '⇧⌘').replace('CmdOrCtrl+', '⌘');
}
