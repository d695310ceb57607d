import type { Format } from '../../store/format.ts';

/** Since version 2 large values stand in files of their own; what version 1 wrote is read as it is. */
export const storedFormat: Format = { version: 2, upcast: (_kind, value) => value };
