import { ApiError } from '../engine/api/api-error.ts';

/** @param done what could not be done with the file, as it reads in a sentence */
export function explainFailure(error: unknown, name: string, done: 'read' | 'written'): ApiError {
  if (error instanceof ApiError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return new ApiError('NOT_FOUND', `${name} is not there any more.`);
  if (code === 'EACCES' || code === 'EPERM') {
    return new ApiError('INVALID', `${name} may not be ${done}: permission denied.`);
  }
  if (code === 'ENOSPC') return new ApiError('UNAVAILABLE', `${name} cannot be written: the disk is full.`);
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError('INVALID', `${name} cannot be ${done}: ${reason}.`);
}
