/**
 * What actions ask of the desktop that they run on. The shell implements it; where there is none, the actions that need
 * it fail with a sentence. Each rejects with an Error whose message a person can read.
 */
export interface Desktop {
  /** Opens an address with the program that the person has chosen for it. */
  readonly openUrl: (url: string) => Promise<void>;
  /** Opens a file or a folder, as if the person had double-clicked it. @param path an absolute one */
  readonly openFile: (path: string) => Promise<void>;
  readonly notify: (notification: { readonly title: string; readonly text: string }) => Promise<void>;
}

export const NO_DESKTOP = 'There is no desktop here: the engine runs without a window.';
