import type { ExecutionSummary, WorkflowStatistics } from '../../api/resources.ts';
import { isCompleted } from '../../model/states.ts';

/**
 * How the executions of one workflow went, from their summaries alone.
 * @param executions the newest first
 * @param limit how many are told of one by one
 */
export function statisticsOf(executions: readonly ExecutionSummary[], limit: number): WorkflowStatistics {
  const counts = { RUNNING: 0, PAUSED: 0, SUCCESS: 0, ERROR: 0, CANCELLED: 0 };
  const durations: number[] = [];
  for (const execution of executions) {
    counts[execution.state] += 1;
    const duration = durationOf(execution);
    if (execution.state === 'SUCCESS' && duration !== null) durations.push(duration);
  }
  durations.sort((a, b) => a - b);
  return {
    counts,
    median: percentile(durations, 0.5),
    p95: percentile(durations, 0.95),
    recent: executions.slice(0, limit).map((execution) => ({
      id: execution.id,
      state: execution.state,
      startedAt: startOf(execution),
      duration: durationOf(execution),
    })),
  };
}

/**
 * How many more seconds an execution will take, as Mistral reckons it: what its last 20 successful fellows took on
 * average, less what it has taken, and at least 1. 0 when it does not run, -1 when it has no such fellow.
 *
 * @param executions of the same workflow, the newest first
 */
export function estimatedTime(
  { state, createdAt }: { readonly state: string; readonly createdAt: number },
  executions: readonly ExecutionSummary[],
  now: number,
): number {
  if (state !== 'RUNNING') return 0;
  const durations = executions
    .filter((each) => each.state === 'SUCCESS')
    .slice(0, 20)
    .map((each) => Math.floor((durationOf(each) ?? 0) / 1000));
  if (durations.length === 0) return -1;
  const left = average(durations) - Math.floor((now - createdAt) / 1000);
  return left < 0 ? 1 : left;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The smallest value that this share of all values does not exceed. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function durationOf(execution: ExecutionSummary): number | null {
  const { state, finishedAt } = execution;
  return isCompleted(state) && finishedAt !== null ? Math.max(0, finishedAt - startOf(execution)) : null;
}

function startOf({ startedAt, createdAt }: ExecutionSummary): number {
  return startedAt ?? createdAt;
}
