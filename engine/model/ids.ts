/** Ids are UUIDs, as in Mistral; the brands keep one kind from being used as another. */
export type WorkflowExecutionId = string & { readonly __brand: 'WorkflowExecutionId' };
export type TaskExecutionId = string & { readonly __brand: 'TaskExecutionId' };
export type ActionExecutionId = string & { readonly __brand: 'ActionExecutionId' };

/** Names one text of a definition for ever: a hash of the text, so the same text has the same id everywhere. */
export type DefinitionId = string & { readonly __brand: 'DefinitionId' };
