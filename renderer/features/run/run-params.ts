/** What an execution is started with besides its input. */
export interface RunParams {
  /** The name of a stored environment; empty: none. */
  readonly environment: string;
  /** Of a reverse workflow: the task that is the goal. */
  readonly taskName: string;
}

export const noParams: RunParams = { environment: '', taskName: '' };

/** As Mistral names them. What is empty is left out. */
export function paramsOf(type: 'direct' | 'reverse', { environment, taskName }: RunParams): Record<string, unknown> {
  return {
    ...(environment !== '' && { env: environment }),
    ...(type === 'reverse' && taskName.trim() !== '' && { task_name: taskName.trim() }),
  };
}
