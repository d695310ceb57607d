import type { Backend } from '../../../../engine/api/backend.ts';

/** As a person does who has seen what the workflow may do. */
export async function allow(backend: Pick<Backend, 'call'>, workflow: string): Promise<void> {
  const { key } = await backend.call('trust.question', { workflow });
  await backend.call('trust.allow', { workflow, key });
}
