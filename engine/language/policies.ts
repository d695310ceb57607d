import type { Attributes } from './attributes.ts';
import type { Policies } from './definition.ts';
import { checkText } from './expression-syntax.ts';
import type { Report } from './report.ts';
import { readRetry } from './retry-policy.ts';

export const POLICIES = [
  'retry',
  'wait-before',
  'wait-after',
  'timeout',
  'pause-before',
  'concurrency',
  'fail-on',
] as const;

/** Reads the policies of a task or of `task-defaults`. Zero and false are the same as nothing, as in Mistral. */
export function readPolicies(attributes: Attributes, report: Report): Policies {
  for (const name of POLICIES) {
    const node = attributes.node(name);
    if (name !== 'retry' && node?.kind === 'scalar') checkText(node, report);
  }
  const retry = attributes.node('retry');
  return {
    retry: retry === undefined ? null : readRetry(retry, attributes.owner, report),
    waitBefore: attributes.number('wait-before') || null,
    waitAfter: attributes.number('wait-after') || null,
    timeout: attributes.number('timeout') || null,
    pauseBefore: attributes.truth('pause-before') || null,
    concurrency: attributes.number('concurrency') || null,
    failOn: attributes.truth('fail-on') || null,
  };
}

/** Each policy that the task does not ask for is taken from the workflow's `task-defaults`. */
export function mergePolicies(own: Policies, defaults: Policies): Policies {
  return {
    retry: own.retry ?? defaults.retry,
    waitBefore: own.waitBefore ?? defaults.waitBefore,
    waitAfter: own.waitAfter ?? defaults.waitAfter,
    timeout: own.timeout ?? defaults.timeout,
    pauseBefore: own.pauseBefore ?? defaults.pauseBefore,
    concurrency: own.concurrency ?? defaults.concurrency,
    failOn: own.failOn ?? defaults.failOn,
  };
}
