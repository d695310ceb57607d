const isMac = /mac/i.test(navigator.platform);

/** The keys as this system prints them: Ctrl+O, or ⌘O on a Mac. */
export function shortcut(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl+${key}`;
}
