/** Where the engine writes what a person who looks for a fault wants to know. The shell decides where it goes. */
export interface Logger {
  readonly info: (message: string, details?: unknown) => void;
  readonly warn: (message: string, details?: unknown) => void;
  readonly error: (message: string, details?: unknown) => void;
}
