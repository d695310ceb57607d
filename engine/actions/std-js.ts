import type { Action } from './action.ts';
import { stdJavascript } from './std-javascript.ts';

export const stdJs: Action = { ...stdJavascript, name: 'std.js' };
