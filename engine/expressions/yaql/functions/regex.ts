import type { FunctionDefinition } from '../function-definition.ts';
export const REGEX: readonly FunctionDefinition[] = [];
