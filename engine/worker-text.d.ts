/** The module and all that it imports as one script for a Node worker; see electron/build/worker-text.mjs. */
declare module '*?worker-text' {
  export const workerText: string;
}
