import type { z } from 'zod';
import { ApiError } from '../engine/api/api-error.ts';
import type { Backend } from '../engine/api/backend.ts';
import type { Input, MethodName } from '../engine/api/methods.ts';
import type { Reply } from './bridge.ts';
import {
  type DesktopInput,
  type DesktopMethodName,
  type DesktopOutput,
  desktopMethods,
  type WindowMethodName,
  windowMethods,
} from './contract.ts';
import type { Logger } from './log.ts';

/** The shell's side of {@link desktopMethods}. Like a backend's methods they fail with an {@link ApiError}. */
export type DesktopHandlers = {
  readonly [M in DesktopMethodName]: (input: DesktopInput<M>) => Promise<DesktopOutput<M>>;
};

/** Answers whatever comes out of the window, which is not trusted. Never rejects. */
export type Route = (method: unknown, input: unknown) => Promise<Reply<unknown>>;

/** Sends each call where it belongs: to the desktop's own methods, else to the backend. */
export function createRouter(backend: Pick<Backend, 'call'>, desktop: DesktopHandlers, log: Logger): Route {
  const run = (name: WindowMethodName, input: unknown): Promise<unknown> =>
    // The schema of `name` has just accepted the input: the compiler cannot follow that through a lookup by name.
    isDesktopMethod(name)
      ? (desktop[name] as (input: unknown) => Promise<unknown>)(input)
      : backend.call(name, input as Input<MethodName>);

  return async (method, input) => {
    if (!isMethod(method)) return failure('INVALID', `There is no method ${describe(method)}.`);
    const parsed = windowMethods[method].input.safeParse(input);
    if (!parsed.success) return failure('INVALID', `${method} does not take this input. ${sentences(parsed.error)}`);
    try {
      return { ok: true, output: await run(method, parsed.data) };
    } catch (error) {
      if (error instanceof ApiError) return failure(error.code, error.message);
      log.error(`${method} failed`, error);
      return failure(
        'INTERNAL',
        `Something went wrong inside Windrose (${method}). The log in the data folder says more.`,
      );
    }
  };
}

export function failure(code: ApiError['code'], message: string): Reply<never> {
  return { ok: false, error: { code, message } };
}

function isMethod(name: unknown): name is WindowMethodName {
  return typeof name === 'string' && Object.hasOwn(windowMethods, name);
}

function isDesktopMethod(name: WindowMethodName): name is DesktopMethodName {
  return Object.hasOwn(desktopMethods, name);
}

function describe(method: unknown): string {
  return typeof method === 'string' ? JSON.stringify(method.slice(0, 60)) : 'without a name';
}

function sentences(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => (issue.path.length === 0 ? `${issue.message}.` : `${issue.path.join('.')}: ${issue.message}.`))
    .join(' ');
}
