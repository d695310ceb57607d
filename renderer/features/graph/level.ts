import type { Node, TaskNode, WorkflowNode } from '../../../engine/api/resources.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import type { Definition, WantedDefinition } from '../../state/definitions.ts';
import { lookOf } from '../../state/state-look.ts';
import { getRow, type Table } from '../../state/table.ts';
import type { Branch } from '../../state/tree.ts';
import type { Loadable } from '../../state/window-state.ts';
import { type GraphModel, graphModel, placeId, scopeIn } from './graph-model.ts';
import { mayStillRun } from './progress.ts';
import { summedRuns, type TaskRun, taskRuns } from './task-runs.ts';

/** Which executions of an open workflow are looked at: all of them, or one by its id. */
export type Pick = 'all' | string;

/** What is open, by the ids of places. Of clusters the pick says nothing. */
export type Opened = ReadonlyMap<string, Pick>;

/** One workflow of a graph: the outermost one, or one that is open in the place of the task that runs it. */
export interface Level {
  readonly scope: string;
  readonly definition: WorkflowDefinition;
  /** The text that it stands in, where it is known: it may have others, too. */
  readonly beside: readonly WorkflowDefinition[];
  /** Those that can be looked at, in order, and those that are. None: nothing of it has run. */
  readonly executions: readonly WorkflowNode[];
  readonly shown: readonly WorkflowNode[];
  readonly runs: ReadonlyMap<string, TaskRun>;
  /** The same of each that is looked at. */
  readonly each: readonly ReadonlyMap<string, TaskRun>[];
  /** The names of the tasks that may still be started; null: nothing is being executed, there is nothing to tell. */
  readonly possible: ReadonlySet<string> | null;
  /** It is paused, and nothing of it runs. */
  readonly held: boolean;
}

/** The levels of a graph by their scopes, and why others that should be open are not. */
export interface Levels {
  readonly levels: ReadonlyMap<string, Level>;
  readonly wanted: readonly WantedDefinition[];
  /** By place: a sentence; null while it is being fetched. */
  readonly missing: ReadonlyMap<string, string | null>;
}

interface Sources {
  readonly opened: Opened;
  readonly definitions: ReadonlyMap<string, Loadable<Definition>>;
  /** Null without an execution. */
  readonly nodes: Table<Node> | null;
  readonly namespace: string;
}

/** The level of one workflow of which these executions are looked at. */
export function levelOf(
  {
    scope,
    definition,
    beside,
  }: { scope: string; definition: WorkflowDefinition; beside: readonly WorkflowDefinition[] },
  nodes: Table<Node> | null,
  branches: readonly Branch[],
  pick: Pick,
  mayStart: boolean,
): Level {
  const all = branches.flatMap((branch) => {
    const node = nodes === null ? undefined : getRow(nodes, branch.id);
    return node?.kind === 'workflow' ? [{ branch, node }] : [];
  });
  // An expression may name another workflow for each item: those do not belong into one sum.
  const { name } = all[0]?.node ?? {};
  const shown = all.filter(({ node }) => (pick === 'all' ? node.name === name : node.id === pick));
  const each = nodes === null ? [] : shown.map(({ branch }) => taskRuns({ nodes }, branch));
  let possible: Set<string> | null = null;
  if (nodes !== null) {
    possible = new Set(shown.length === 0 && mayStart ? definition.tasks.keys() : []);
    shown.forEach(({ node }, index) => {
      for (const name of mayStillRun(definition, each[index] ?? new Map(), node.state)) possible?.add(name);
    });
  }
  return {
    ...{ scope, definition, beside, possible, each },
    executions: all.map(({ node }) => node),
    shown: shown.map(({ node }) => node),
    runs: summedRuns(each),
    held: shown.length > 0 && shown.every(({ node }) => lookOf(node) === 'PAUSED'),
  };
}

/** The outermost level and all that are open in it. @param branchOf the place of a task in the tree */
export function levelsOf(root: Level, sources: Sources, branchOf: (task: TaskNode) => Branch | undefined): Levels {
  const levels = new Map<string, Level>();
  const wanted: WantedDefinition[] = [];
  const missing = new Map<string, string | null>();
  const { opened, definitions, nodes, namespace } = sources;
  const visit = (level: Level) => {
    levels.set(level.scope, level);
    for (const task of level.definition.tasks.values()) {
      const place = placeId(task.name, level.scope);
      const pick = opened.get(place);
      if (pick === undefined || task.runs.type !== 'WORKFLOW') continue;
      const node = level.runs.get(task.name)?.node;
      const branches = (node === undefined ? undefined : branchOf(node))?.children ?? [];
      const made = branches.flatMap(({ id }) => (nodes === null ? [] : (getRow(nodes, id) ?? []))).filter(isWorkflow);
      const first = made.find(({ id }) => id === pick) ?? made[0];
      const sibling = first === undefined ? besideNamed(level, task.runs.name) : undefined;
      const want: WantedDefinition =
        first !== undefined
          ? { type: 'execution', key: `${first.rootId} ${first.id}`, node: first, name: first.name }
          : { type: 'library', key: `${namespace}/${task.runs.name}`, name: task.runs.name, namespace };
      const found = sibling === undefined ? definitions.get(want.key) : undefined;
      if (sibling === undefined) wanted.push(want);
      const definition = sibling ?? (found?.status === 'loaded' ? found.value.workflow : null);
      if (definition === null || definition === undefined) {
        missing.set(place, found === undefined ? null : reasonOf(found));
        continue;
      }
      const beside = sibling === undefined && found?.status === 'loaded' ? found.value.beside : level.beside;
      const mayStart = level.possible?.has(task.name) === true || (node !== undefined && node.finishedAt === null);
      visit(levelOf({ scope: scopeIn(place), definition, beside }, nodes, branches, pick, mayStart));
    }
  };
  visit(root);
  return { levels, wanted, missing };
}

function isWorkflow(node: Node): node is WorkflowNode {
  return node.kind === 'workflow';
}

/** In a text of several workflows, and in a workbook, they name each other so. */
function besideNamed({ beside }: Level, name: string): WorkflowDefinition | undefined {
  return beside.find((each) => each.name === name);
}

function reasonOf(definition: Loadable<Definition>): string {
  return definition.status === 'failed' ? definition.message : 'Its text is not understood here.';
}

/** The graph of all levels as one, each inside of the task that runs it. */
export function modelOf(definitions: ReadonlyMap<string, WorkflowDefinition>, scope = ''): GraphModel | null {
  const definition = definitions.get(scope);
  if (definition === undefined) return null;
  const insides = new Map<string, GraphModel>();
  for (const task of definition.tasks.values()) {
    if (task.runs.type !== 'WORKFLOW') continue;
    const place = placeId(task.name, scope);
    const inside = modelOf(definitions, scopeIn(place));
    if (inside !== null) insides.set(place, inside);
  }
  return graphModel(definition, scope, insides);
}
