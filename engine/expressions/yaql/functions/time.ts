import type { FunctionDefinition } from '../function-definition.ts';
export const TIME: readonly FunctionDefinition[] = [];
