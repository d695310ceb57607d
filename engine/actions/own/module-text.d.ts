/** The module and all that it imports as one ES module; see electron/build/worker-text.mjs. */
declare module '*?module-text' {
  export const moduleText: string;
}
