import { useEffect, useState } from 'react';
import type { ExecutionSummary } from '../../../engine/api/resources.ts';
import { call } from '../../state/client.ts';

/**
 * The newest executions that have the text in their name, id or message, as the backend knows them; those of the text before
 * until it has answered, null before its first answer. An answer that a later text has overtaken is dropped.
 */
export function useExecutionsWith(text: string, limit: number): readonly ExecutionSummary[] | null {
  const [executions, setExecutions] = useState<readonly ExecutionSummary[] | null>(null);
  useEffect(() => {
    let isOvertaken = false;
    void call('executions.list', { text, limit }).then((reply) => {
      if (!isOvertaken) setExecutions(reply.ok ? reply.output.executions : []);
    });
    return () => {
      isOvertaken = true;
    };
  }, [text, limit]);
  return executions;
}
