import type { Draft } from '../../core/copies.ts';
import type { ExecutionDocument } from '../../core/document.ts';
import type { ActionExecution } from '../../model/records.ts';
import type { Format, Stored } from '../../store/format.ts';

/**
 * Since version 2 large values stand in files of their own; what version 1 wrote is read as it is. Since version 3 it is kept
 * when an action has begun; before, every one counted as begun as soon as it was there (of the events, too).
 */
export const storedFormat: Format = { version: 3, upcast };

function upcast(kind: Stored, value: unknown): unknown {
  if (kind !== 'document') return value;
  // In place: it was just read, and may hold a hundred thousand of them.
  for (const action of (value as ExecutionDocument).actions as readonly Draft<ActionExecution>[]) {
    action.begunAt ??= action.createdAt;
  }
  return value;
}
