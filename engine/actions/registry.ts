import type { Action } from './action.ts';
import { localAsk } from './local-ask.ts';
import { localCopy } from './local-copy.ts';
import { localDelete } from './local-delete.ts';
import { localDownload } from './local-download.ts';
import { localHash } from './local-hash.ts';
import { localList } from './local-list.ts';
import { localMove } from './local-move.ts';
import { localNotify } from './local-notify.ts';
import { localOpen } from './local-open.ts';
import { localReadFile } from './local-read-file.ts';
import { localRun } from './local-run.ts';
import { localSleep } from './local-sleep.ts';
import { localUpload } from './local-upload.ts';
import { localWaitForFile } from './local-wait-for-file.ts';
import { localWaitForPort } from './local-wait-for-port.ts';
import { localWaitForUrl } from './local-wait-for-url.ts';
import { localWriteFile } from './local-write-file.ts';
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
    localAsk,
    localCopy,
    localDelete,
    localDownload,
    localHash,
    localList,
    localMove,
    localNotify,
    localOpen,
    localReadFile,
    localRun,
    localSleep,
    localUpload,
    localWaitForFile,
    localWaitForPort,
    localWaitForUrl,
    localWriteFile,
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
