import { useEffect, useMemo, useRef } from 'react';
import type { WorkflowNode } from '../../../engine/api/resources.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import { useDefinitions } from '../../state/definitions.ts';
import { branchesTo, treeOf } from '../../state/nodes.ts';
import { getState, useStore } from '../../state/store.ts';
import { clustered } from './clusters.ts';
import { type GraphModel, scopeIn } from './graph-model.ts';
import { type Levels, levelOf, levelsOf, modelOf, type Opened } from './level.ts';
import { takenLinks } from './progress.ts';

interface Leveled extends Levels {
  /** Changes with what is open, and never with states. */
  readonly model: GraphModel;
  readonly taken: ReadonlySet<string>;
}

interface Shown {
  readonly definition: WorkflowDefinition;
  /** All workflows of its text. */
  readonly beside: readonly WorkflowDefinition[];
  /** What is executed; null: only the definition is looked at. */
  readonly workflow: WorkflowNode | null;
  readonly namespace: string;
}

const nothing: GraphModel = { places: [], links: [] };

/** A workflow with all that is open in it, as it stands now. */
export function useLevels({ definition, beside, workflow, namespace }: Shown, opened: Opened): Leveled {
  const tree = useStore((state) => (workflow === null ? null : treeOf(state, workflow.rootId)));
  const { answers, want } = useDefinitions();
  const levels = useMemo(() => {
    const branch = workflow === null || tree === null ? undefined : branchesTo(getState(), workflow).at(-1);
    const nodes = tree?.nodes ?? null;
    const root = levelOf({ scope: '', definition, beside }, nodes, branch === undefined ? [] : [branch], 'all', false);
    const sources = { opened, definitions: answers, nodes, namespace };
    return levelsOf(root, sources, (task) => branchesTo(getState(), task).at(-1));
  }, [definition, beside, workflow, tree, opened, answers, namespace]);
  useEffect(() => want(levels.wanted), [want, levels]);

  const definitions = useDefinitionsOf(levels);
  const plain = useMemo(() => modelOf(definitions) ?? nothing, [definitions]);
  const model = useMemo(() => clustered(plain, opened), [plain, opened]);
  const taken = useMemo(() => {
    const ids = new Set<string>();
    const visit = (part: GraphModel, scope: string) => {
      for (const runs of levels.levels.get(scope)?.each ?? []) for (const id of takenLinks(part, runs)) ids.add(id);
      for (const place of part.places) {
        if (place.kind === 'task' && place.inside !== null) visit(place.inside, scopeIn(place.id));
      }
    };
    visit(plain, '');
    return ids;
  }, [plain, levels]);
  return { ...levels, model, taken };
}

/** The definitions of the levels by their scopes: the same map for as long as they are the same. */
function useDefinitionsOf({ levels }: Levels): ReadonlyMap<string, WorkflowDefinition> {
  const last = useRef<ReadonlyMap<string, WorkflowDefinition>>(new Map());
  return useMemo(() => {
    const isSame =
      last.current.size === levels.size &&
      [...levels].every(([scope, { definition }]) => last.current.get(scope) === definition);
    if (!isSame) last.current = new Map([...levels].map(([scope, { definition }]) => [scope, definition]));
    return last.current;
  }, [levels]);
}
