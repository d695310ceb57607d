import type { ActionSource } from '../../actions/action.ts';
import { ApiError } from '../../api/api-error.ts';
import type { Change } from '../../api/changes.ts';
import type { MethodName, Output, ParsedInput } from '../../api/methods.ts';
import type { ActionSummary, Environment, WorkbookSummary, WorkflowSummary } from '../../api/resources.ts';
import type { ActionDefinition } from '../../language/action-definition.ts';
import type { InputDeclaration, WorkflowDefinition } from '../../language/definition.ts';
import { decodeJson, encodeJson, type Json, type JsonObject } from '../../model/json.ts';
import type { Library, LibraryAction, LibraryWorkbook, LibraryWorkflow } from '../../runtime/library.ts';
import { samples } from './samples.ts';

/** What each method answers with. */
export type Handlers<M extends MethodName = MethodName> = {
  readonly [N in M]: (input: ParsedInput<N>) => Output<N> | Promise<Output<N>>;
};

type LibraryMethod = Extract<
  Exclude<MethodName, 'workflows.statistics' | 'actions.run' | 'actions.try' | 'actions.update' | 'actions.complete'>,
  `samples.${string}` | `workflows.${string}` | `actions.${string}` | `workbooks.${string}` | `environments.${string}`
>;

/** The methods that read and change the library. What they change is told to everybody, as whole lists. */
export function libraryMethods(
  library: Library,
  source: ActionSource,
  tell: (change: Change) => void,
): Handlers<LibraryMethod> {
  const tellDefinitions = (): void => {
    tell({ type: 'workflows', workflows: workflowsOf(library) });
    tell({ type: 'actions', actions: actionsOf(library, source) });
    tell({ type: 'workbooks', workbooks: workbooksOf(library) });
  };
  const tellEnvironments = (): void => tell({ type: 'environments', environments: environmentsOf(library) });
  const found = <T>(what: T | null, kind: string, name: string): T => {
    if (what === null) throw new ApiError('NOT_FOUND', `There is no ${kind} named '${name}'.`);
    return what;
  };
  const gone = (was: boolean, kind: string, name: string): Record<string, never> => {
    if (!was) throw new ApiError('NOT_FOUND', `There is no ${kind} named '${name}'.`);
    return {};
  };

  return {
    'samples.list': () => [...samples],

    'workflows.list': () => workflowsOf(library),
    'workflows.get': ({ name, namespace }) => {
      const workflow = found(library.get(name, namespace), 'workflow', name);
      return { workflow: summaryOf(workflow), text: workflow.text };
    },
    'workflows.check': ({ text }) => checkedOf(library.check(text), ''),
    'workflows.save': async ({ text, namespace }) => {
      const checked = await library.save(text, namespace);
      if (checked.problems.length === 0) tellDefinitions();
      return checkedOf(checked, namespace);
    },
    'workflows.delete': async ({ name, namespace }) => {
      gone(await library.delete(name, namespace), 'workflow', name);
      tellDefinitions();
      return {};
    },

    'actions.list': () => actionsOf(library, source),
    'actions.get': ({ name, namespace }) => {
      const action = found(library.action(name, namespace), 'ad-hoc action', name);
      return { action: actionSummaryOf(action), text: action.text };
    },
    'actions.save': async ({ text, namespace }) => {
      const { actions, problems } = await library.save(text, namespace, 'action');
      if (problems.length > 0) return { actions: [], problems: [...problems] };
      tellDefinitions();
      const stored = actions.flatMap(({ name }) => library.action(name, namespace) ?? []);
      return { actions: stored.map(actionSummaryOf), problems: [] };
    },
    'actions.delete': async ({ name, namespace }) => {
      gone(await library.deleteAction(name, namespace), 'ad-hoc action', name);
      tellDefinitions();
      return {};
    },

    'workbooks.list': () => workbooksOf(library),
    'workbooks.get': ({ name, namespace }) => {
      const workbook = found(workbookIn(library, name, namespace), 'workbook', name);
      return { workbook: workbookSummaryOf(workbook), text: workbook.text };
    },
    'workbooks.save': async ({ text, namespace }) => {
      const { workbook, problems } = await library.save(text, namespace, 'workbook');
      if (problems.length > 0) return { workbook: null, problems: [...problems] };
      tellDefinitions();
      const stored = workbook === null ? null : workbookIn(library, workbook.name, namespace);
      return { workbook: stored === null ? null : workbookSummaryOf(stored), problems: [] };
    },
    'workbooks.delete': async ({ name, namespace }) => {
      gone(await library.deleteWorkbook(name, namespace), 'workbook', name);
      tellDefinitions();
      return {};
    },

    'environments.list': () => environmentsOf(library),
    'environments.save': async ({ name, variables }) => {
      await library.saveEnvironment(name, decodeJson(encodeJson(variables)) as JsonObject);
      tellEnvironments();
      return {};
    },
    'environments.delete': async ({ name }) => {
      gone(await library.deleteEnvironment(name), 'environment', name);
      tellEnvironments();
      return {};
    },
  };
}

function workflowsOf(library: Library): WorkflowSummary[] {
  return library.list().map(summaryOf);
}

/** Every action that a task can name. */
export function actionsOf(library: Library, source: ActionSource): ActionSummary[] {
  const written = [...source.values()].map(
    ({ name, description, parameters, result = null, file = null }): ActionSummary => ({
      name,
      namespace: '',
      kind: file === null ? 'built-in' : 'own',
      description,
      tags: [],
      workbook: null,
      parameters: parameters.map((each) => ({ ...each })),
      result,
      file,
      updatedAt: null,
    }),
  );
  return [...written, ...library.actions().map(actionSummaryOf)];
}

function workbooksOf(library: Library): WorkbookSummary[] {
  return library.workbooks().map(workbookSummaryOf);
}

function workbookIn(library: Library, name: string, namespace: string): LibraryWorkbook | null {
  return library.workbooks().find((each) => each.name === name && each.namespace === namespace) ?? null;
}

function environmentsOf(library: Library): Environment[] {
  return library
    .environments()
    .map(({ name, variables }) => ({ name, variables: sent(variables) as Environment['variables'] }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function checkedOf(checked: ReturnType<Library['check']>, namespace: string): Output<'workflows.check'> {
  const updatedAt = Date.now();
  const workflows = checked.problems.length > 0 ? [] : checked.workflows;
  return {
    workflows: workflows.map((definition) => describe(definition, namespace, updatedAt)),
    problems: [...checked.problems],
  };
}

function summaryOf({ definition, namespace, updatedAt }: LibraryWorkflow): WorkflowSummary {
  return describe(definition, namespace, updatedAt);
}

function describe(definition: WorkflowDefinition, namespace: string, updatedAt: number): WorkflowSummary {
  return {
    name: definition.name,
    namespace,
    type: definition.type,
    description: definition.description,
    tags: [...definition.tags],
    input: definition.input.map(declarationOf),
    taskCount: definition.tasks.size,
    updatedAt,
  };
}

function declarationOf(input: InputDeclaration): WorkflowSummary['input'][number] {
  return input.default === undefined
    ? { name: input.name, required: true }
    : { name: input.name, required: false, default: sent(input.default) };
}

function actionSummaryOf(action: LibraryAction): ActionSummary {
  const { description, tags }: ActionDefinition = action.definition;
  return {
    name: action.name,
    namespace: action.namespace,
    kind: 'ad-hoc',
    description,
    tags: [...tags],
    workbook: action.workbook,
    parameters: action.definition.input.map((each) => ({
      name: each.name,
      required: each.default === undefined,
      description: '',
    })),
    result: null,
    file: null,
    updatedAt: action.updatedAt,
  };
}

function workbookSummaryOf({ name, namespace, definition, updatedAt }: LibraryWorkbook): WorkbookSummary {
  const full = (each: { readonly name: string }): string => `${name}.${each.name}`;
  return {
    name,
    namespace,
    description: definition.description,
    tags: [...definition.tags],
    workflows: definition.workflows.map(full),
    actions: definition.actions.map(full),
    updatedAt,
  };
}

/** Boxed numbers do not survive the way into the window and back: they cross it in their written form (model/json.ts). */
function sent(value: Json): unknown {
  return JSON.parse(encodeJson(value));
}
