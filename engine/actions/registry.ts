import type { Action } from './action.ts';
import { stdAsyncNoop } from './std-async-noop.ts';
import { stdEcho } from './std-echo.ts';
import { stdEmail } from './std-email.ts';
import { stdFail } from './std-fail.ts';
import { stdHttp } from './std-http.ts';
import { stdJavascript } from './std-javascript.ts';
import { stdJs } from './std-js.ts';
import { stdMistralHttp } from './std-mistral-http.ts';
import { stdNoop } from './std-noop.ts';
import { stdSleep } from './std-sleep.ts';
import { stdSsh } from './std-ssh.ts';
import { stdSshProxied } from './std-ssh-proxied.ts';
import { stdTestDict } from './std-test-dict.ts';
import { stdWaitSsh } from './std-wait-ssh.ts';
import { stdWebhook } from './std-webhook.ts';

/** Every action there is. A new one is a file with an {@link Action} and a line here. */
export const actions: ReadonlyMap<string, Action> = new Map(
  [
    stdAsyncNoop,
    stdEcho,
    stdEmail,
    stdFail,
    stdHttp,
    stdJavascript,
    stdJs,
    stdMistralHttp,
    stdNoop,
    stdSleep,
    stdSsh,
    stdSshProxied,
    stdTestDict,
    stdWaitSsh,
    stdWebhook,
  ].map((action) => [action.name, action]),
);
