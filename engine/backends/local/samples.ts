import type { Sample } from '../../api/resources.ts';
import { askBeforeDeploying } from './samples/ask-before-deploying.ts';
import { errorHandling } from './samples/error-handling.ts';
import { fanOutAndJoin } from './samples/fan-out-and-join.ts';
import { hello } from './samples/hello.ts';
import { impossibleJoin } from './samples/impossible-join.ts';
import { loopUntil } from './samples/loop-until.ts';
import { pauseBeforeApproval } from './samples/pause-before-approval.ts';
import { subWorkflow } from './samples/sub-workflow.ts';
import { watchACommand } from './samples/watch-a-command.ts';
import { withItemsAndRetry } from './samples/with-items-and-retry.ts';

/** The workflows that Windrose brings along, in the order in which they are best looked at. None needs a network. */
export const samples: readonly Sample[] = [
  hello,
  fanOutAndJoin,
  withItemsAndRetry,
  subWorkflow,
  errorHandling,
  pauseBeforeApproval,
  askBeforeDeploying,
  watchACommand,
  loopUntil,
  impossibleJoin,
];
