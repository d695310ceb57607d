import type { Bytes } from '../../python/bytes.ts';
import { str } from '../values.ts';
import { type Methods, method } from './method.ts';

/** Few templates have bytes at all, and what they want is the text in them. */
export const BYTES_METHODS: Methods<Bytes> = new Map([
  method<Bytes>('decode', [['encoding', 'utf-8']], (value, encoding = 'utf-8') => value.decode(str(encoding))),
  method<Bytes>('hex', [], (value) => value.hex()),
]);
