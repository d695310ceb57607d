import { ApiError } from '../../api/api-error.ts';
import type { MethodName } from '../../api/methods.ts';
import type { Need as NeedResource } from '../../api/resources.ts';
import type { Need } from '../../runtime/needs.ts';
import { SecretError, type Secrets } from '../../runtime/secrets.ts';
import type { Trust } from '../../runtime/trust.ts';
import type { Handlers } from './library-methods.ts';

type TrustMethod = Extract<MethodName, `trust.${string}` | `secrets.${string}`>;

/** The methods that say what workflows may do, and that keep what they may not show. */
export function trustMethods(trust: Trust, secrets: Secrets): Handlers<TrustMethod> {
  return {
    'trust.question': ({ workflow, namespace }) => {
      const { needs, key } = trust.question(workflow, namespace);
      return { needs: needs.map(resourceOf), key };
    },
    'trust.allow': async ({ workflow, namespace, key }) => {
      if (await trust.allow(workflow, namespace, key)) return {};
      throw new ApiError('REFUSED', `The workflow '${workflow}' has changed meanwhile: look again at what it may do.`);
    },
    'trust.list': () =>
      trust.list().map(({ name, namespace, at, needs }) => ({ name, namespace, at, needs: needs.map(resourceOf) })),
    'trust.revoke': async ({ workflow, namespace }) => {
      if (await trust.revoke(workflow, namespace)) return {};
      throw new ApiError('NOT_FOUND', `Nothing was allowed to the workflow '${workflow}'.`);
    },

    'secrets.list': () => [...secrets.list()],
    'secrets.save': async ({ name, value }) => {
      try {
        await secrets.save(name, value);
        return {};
      } catch (error) {
        if (error instanceof SecretError) throw new ApiError('INVALID', error.message);
        throw error;
      }
    },
    'secrets.delete': async ({ name }) => {
      if (await secrets.delete(name)) return {};
      throw new ApiError('NOT_FOUND', `There is no secret named '${name}'.`);
    },
  };
}

function resourceOf({ workflow, task, action, reaches, input }: Need): NeedResource {
  return { workflow, task, action, reaches: [...reaches], input };
}
