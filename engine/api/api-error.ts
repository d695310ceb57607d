/**
 * NOT_FOUND: there is no such thing (any more). REFUSED: it exists, but its state does not allow this.
 * UNTRUSTED: the workflow may do what nobody has allowed it yet (`trust.question`). INVALID: what was sent is wrong. UNAVAILABLE: the store or the server cannot take it now; trying later may help.
 * INTERNAL: a mistake of ours; the details are in the log.
 */
export type ApiErrorCode = 'NOT_FOUND' | 'REFUSED' | 'UNTRUSTED' | 'INVALID' | 'UNAVAILABLE' | 'INTERNAL';

/** Why a method did not do what was asked, in a sentence for the person who asked. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
