import { randomUUID } from 'node:crypto';
import { type ActionSource, checkInput } from '../actions/action.ts';
import type { BuiltInAction, World } from '../core/world.ts';
import type { Library } from './library.ts';

/** The world that a decision sees: this machine's clock and chance, the library, and the actions that there are. */
export function worldOf(library: Library, actions: ActionSource, now: number): World {
  return {
    now,
    newId: () => randomUUID(),
    random: () => Math.random(),
    definition: (id, source, name) => library.definition(id, source, name),
    findWorkflow: (name, namespace, workbook) => library.findWorkflow(name, namespace, workbook),
    findAction: (name, namespace, workbook) =>
      builtIn(actions, name) ?? library.findAction(name, namespace, workbook) ?? coming(actions, name),
    environment: (name) => library.environment(name),
  };
}

/** What nobody knows may be in a module that is not loaded yet: it is looked for when it is to begin (effect-runner.ts). */
function coming({ loading = null }: ActionSource, name: string): BuiltInAction | null {
  return loading === null ? null : { type: 'built-in', name, isSync: true, isPure: false, checkInput: () => null };
}

function builtIn(actions: ActionSource, name: string): BuiltInAction | null {
  const action = actions.get(name);
  if (action === undefined) return null;
  const { isSync, isPure } = action;
  return { type: 'built-in', name, isSync, isPure, checkInput: (input) => checkInput(action, input) };
}
