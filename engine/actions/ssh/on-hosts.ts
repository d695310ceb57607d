import { repr, toText } from '../../expressions/python/text.ts';
import type { ActionResult } from '../../model/commands.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { failed, succeeded } from '../action.ts';
import type { CommandResult } from './connection.ts';
import { hostList, hostsOf } from './ssh-input.ts';

/** Characters of what a command said of its failure. */
const EXCERPT = 1_000;

/**
 * Runs a command on each host, one after another. One host gives one result, several give a list.
 *
 * @param returnsFailures a result is what the command said and how it ended, whatever that is; else it is only the
 *   output of a command that succeeded
 */
export async function onHosts(
  input: JsonObject,
  returnsFailures: boolean,
  run: (host: string) => Promise<CommandResult>,
): Promise<ActionResult> {
  try {
    const results: Json[] = [];
    for (const host of hostsOf(input)) results.push(resultOf(await run(host), returnsFailures));
    return succeeded(results.length > 1 ? results : (results[0] ?? null));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`Failed to execute ssh cmd '${toText(input.cmd ?? null)}' on ${repr(hostList(input))}: ${reason}`);
  }
}

function resultOf({ exitCode, stdout, stderr }: CommandResult, returnsFailures: boolean): Json {
  if (returnsFailures) return { stdout, stderr, exit_code: exitCode };
  if (exitCode === 0) return stdout;
  throw new Error(`exit code ${exitCode}. ${stderr.slice(-EXCERPT)}`.trimEnd());
}
