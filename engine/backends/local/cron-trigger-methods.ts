import { ApiError } from '../../api/api-error.ts';
import type { Change } from '../../api/changes.ts';
import type { MethodName } from '../../api/methods.ts';
import type { CronTrigger as CronTriggerResource } from '../../api/resources.ts';
import { encodeJson, type JsonObject } from '../../model/json.ts';
import { CronPatternError, nextRuns } from '../../runtime/cron-pattern.ts';
import type { CronTrigger, CronTriggers } from '../../runtime/cron-triggers.ts';
import type { Handlers } from './library-methods.ts';

type CronTriggerMethod = Extract<MethodName, `cronTriggers.${string}`>;

/** The methods that read and change the cron triggers, and the change that is told whenever one of them differs. */
export function cronTriggerMethods(
  cronTriggers: CronTriggers,
  tell: (change: Change) => void,
): Handlers<CronTriggerMethod> {
  const list = (): CronTriggerResource[] => cronTriggers.list().map(resourceOf);
  cronTriggers.onChange(() => tell({ type: 'cronTriggers', cronTriggers: list() }));
  return {
    'cronTriggers.list': list,
    'cronTriggers.save': async (plan) => {
      try {
        const { input, params } = plan as { input: JsonObject; params: JsonObject };
        return resourceOf(await cronTriggers.save({ ...plan, input, params }));
      } catch (error) {
        if (error instanceof CronPatternError) throw new ApiError('INVALID', error.message);
        throw error;
      }
    },
    'cronTriggers.delete': async ({ name }) => {
      if (!(await cronTriggers.delete(name)))
        throw new ApiError('NOT_FOUND', `There is no cron trigger named '${name}'.`);
      return {};
    },
    'cronTriggers.preview': ({ pattern, timeZone, count }) => {
      try {
        return { type: 'times', times: [...nextRuns({ pattern, timeZone }, Date.now(), count)] };
      } catch (error) {
        if (error instanceof CronPatternError) return { type: 'error', message: error.message };
        throw error;
      }
    },
  };
}

function resourceOf(trigger: CronTrigger): CronTriggerResource {
  return { ...trigger, input: sent(trigger.input), params: sent(trigger.params) };
}

/** Boxed numbers in their written form, as everywhere in the api. */
function sent(value: JsonObject): Record<string, unknown> {
  return JSON.parse(encodeJson(value));
}
