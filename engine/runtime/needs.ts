import { createHash } from 'node:crypto';
import type { ActionSource, Reach } from '../actions/action.ts';
import type { FoundWorkflow } from '../core/world.ts';
import { containsExpression, isExpression } from '../expressions/evaluate.ts';
import type { TaskDefinition } from '../language/definition.ts';
import type { DefinitionId } from '../model/ids.ts';
import { encodeJson, type Json } from '../model/json.ts';
import type { Library } from './library.ts';
import { secretsNamedIn } from './secrets.ts';

/** Something that a workflow may do beyond handling its own data: one action that one of its tasks runs. */
export interface Need {
  /** The workflow and the task that run it. */
  readonly workflow: string;
  readonly task: string;
  /** The action that does the work; where an expression names it, the expression. */
  readonly action: string;
  readonly reaches: readonly Reach[];
  /** What it is given, as the definition has it: JSON, cut where it is long. */
  readonly input: string;
  /** The same for the same action with the same input, whichever task runs it. */
  readonly key: string;
  /** It says all of its input itself: no expression is in it. */
  readonly isPlain: boolean;
  /** The secrets that its input names. Left out of what was allowed before there was such a list. */
  readonly secrets?: readonly string[];
  /** Only while it runs it turns out which action it is: whoever allows it allows any. */
  readonly isOpen: boolean;
}

export interface Needs {
  readonly needs: readonly Need[];
  /** The texts that these needs were read from, those of ad-hoc actions included. */
  readonly definitionIds: readonly DefinitionId[];
}

/** The longest input that is shown whole, in characters. */
const SHOWN = 500;

const EVERYTHING: readonly Reach[] = ['commands', 'files', 'network', 'person'];

/** What a workflow, and whatever workflows its definition names, may do. Changes nothing and starts nothing. */
export function needsOf(root: FoundWorkflow, library: Library, actions: ActionSource): Needs {
  const needs = new Map<string, Need>();
  const definitionIds = new Set<DefinitionId>();
  const seen = new Set<string>();
  const waiting = [root];
  const add = (need: Need): void => void needs.set(`${need.workflow} ${need.task} ${need.key}`, need);
  for (let workflow = waiting.pop(); workflow !== undefined; workflow = waiting.pop()) {
    const place = `${workflow.definitionId} ${workflow.name}`;
    if (seen.has(place)) continue;
    seen.add(place);
    definitionIds.add(workflow.definitionId);
    const { namespace, workbook } = workflow;
    for (const task of workflow.definition.tasks.values()) {
      const { type, name } = task.runs;
      const where = { workflow: workflow.name, task: task.name };
      // A workflow that an expression names has to be trusted by itself.
      if (type === 'WORKFLOW' && isExpression(name)) continue;
      if (isExpression(name)) {
        add(need({ ...where, action: name, reaches: EVERYTHING, isOpen: true }, task.input));
      } else if (type === 'WORKFLOW') {
        const nested = library.findWorkflow(name, namespace, workbook);
        if (nested !== null) waiting.push(nested);
      } else {
        const work = workOf(name, task, (each) => library.findAction(each, namespace, workbook));
        for (const id of work.definitionIds) definitionIds.add(id);
        const action = actions.get(work.action);
        if (action === undefined || action.reaches.length === 0) continue;
        add(need({ ...where, action: action.name, reaches: action.reaches, isOpen: false }, work.input));
      }
    }
  }
  return { needs: [...needs.values()], definitionIds: [...definitionIds] };
}

/** The action that an ad-hoc action stands on in the end, with all that is given to it on the way. */
function workOf(
  name: string,
  task: TaskDefinition,
  find: (name: string) => ReturnType<Library['findAction']>,
): { readonly action: string; readonly input: Json; readonly definitionIds: readonly DefinitionId[] } {
  const inputs: Json[] = [task.input];
  const definitionIds: DefinitionId[] = [];
  let action = name;
  // Ad-hoc actions that stand on each other in a circle are refused when they are run.
  for (let depth = 0; depth < 100; depth++) {
    const adHoc = find(action);
    if (adHoc === null) break;
    inputs.unshift(adHoc.definition.baseInput);
    definitionIds.push(adHoc.definitionId);
    action = adHoc.definition.base;
  }
  return { action, input: inputs.length === 1 ? task.input : inputs, definitionIds };
}

function need(found: Omit<Need, 'input' | 'key' | 'isPlain' | 'secrets'>, input: Json): Need {
  const text = encodeJson(input);
  return {
    ...found,
    isPlain: !containsExpression(input),
    secrets: secretsNamedIn(text),
    input: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text,
    key: createHash('sha256').update(`${found.action}\n${text}`).digest('hex').slice(0, 32),
  };
}
