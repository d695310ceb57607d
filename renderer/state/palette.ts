import { allCommands, descriptionOf } from '../../electron/commands.ts';
import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { obeyRow } from './commands.ts';
import { showExecution } from './execution-actions.ts';
import { fuzzyMatch } from './fuzzy.ts';
import { commandLooks, commandsFor } from './node-commands.ts';
import { nodeOf } from './nodes.ts';
import { openRunForm } from './run-actions.ts';
import { isInLibrary, runSampleWith } from './sample-actions.ts';
import { getState } from './store.ts';
import { isUseful, obey } from './window-commands.ts';
import type { WindowState } from './window-state.ts';

/** Something that the palette offers. */
export interface Offer {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** What tells it from others with the same title. */
  readonly detail: string;
  /** As Electron writes keys; null without. */
  readonly key: string | null;
  /** An execution, which is shown with its state. */
  readonly execution: ExecutionSummary | null;
  readonly run: () => void;
}

/** An offer that matches what was typed, and the places in its title that do. */
export interface FoundOffer {
  readonly offer: Offer;
  readonly at: readonly number[];
}

/** More of one group are not worth scrolling through: typing is quicker. */
const MOST = 60;

/** Everything that can be done now, as the window is. Recent executions are for the palette to add. */
export function offers(): readonly Offer[] {
  const state = getState();
  return [...selectedOffers(state), ...commandOffers(), ...workflowOffers(state)];
}

export function executionOffer(execution: ExecutionSummary, detail: string): Offer {
  return {
    id: `execution ${execution.id}`,
    group: 'Executions',
    title: execution.name,
    detail,
    key: null,
    execution,
    run: () => showExecution(execution),
  };
}

/** What matches, the best first within its group; the group with the best match is first. Without a text all, as they come. */
export function find(typed: string, all: readonly Offer[]): readonly FoundOffer[] {
  const groups = new Map<string, { best: number; readonly found: (FoundOffer & { readonly score: number })[] }>();
  for (const offer of all) {
    const match = fuzzyMatch(typed, offer.title);
    if (match === null) continue;
    const group = groups.get(offer.group) ?? { best: match.score, found: [] };
    groups.set(offer.group, group);
    group.best = Math.max(group.best, match.score);
    group.found.push({ offer, at: match.at, score: match.score });
  }
  return [...groups.values()]
    .sort((a, b) => b.best - a.best)
    .flatMap(({ found }) => found.sort((a, b) => b.score - a.score).slice(0, MOST));
}

/** What cannot be asked of the window now is not offered; what the selected row is asked for by its own name is not twice. */
function commandOffers(): readonly Offer[] {
  return allCommands
    .filter((command) => command !== 'palette' && isUseful(command))
    .map((command) => ({
      id: `command ${command}`,
      group: 'Commands',
      title: descriptionOf(command).title,
      detail: '',
      key: descriptionOf(command).key,
      execution: null,
      run: () => obey(command),
    }));
}

/** What can be done with the selected row, without what the window's own commands do. */
function selectedOffers(state: WindowState): readonly Offer[] {
  const node = state.selected === null || state.place !== 'executions' ? null : nodeOf(state, state.selected);
  if (node === null) return [];
  const own = new Set(['pause', 'resume', 'cancel']);
  return commandsFor(state, node)
    .filter((what) => node.kind === 'action' || !own.has(what))
    .map((what) => ({
      id: `row ${what}`,
      group: 'Selected',
      title: commandLooks[what].title,
      detail: node.name,
      key: null,
      execution: null,
      run: () => obeyRow(what, node),
    }));
}

function workflowOffers(state: WindowState): readonly Offer[] {
  const workflows = state.workflows.status === 'loaded' ? state.workflows.value : [];
  const samples = state.samples.status === 'loaded' ? state.samples.value : [];
  return [
    ...workflows.map(
      ({ name, namespace, description }): Offer => ({
        id: `workflow ${namespace}/${name}`,
        group: 'Workflows',
        title: `Run ${name}…`,
        detail: namespace === '' ? description : `${namespace}  ${description}`,
        key: null,
        execution: null,
        run: () => openRunForm({ name, namespace, input: {} }),
      }),
    ),
    ...samples
      .filter((sample) => !isInLibrary(state, sample))
      .map(
        (sample): Offer => ({
          id: `sample ${sample.id}`,
          group: 'Samples',
          title: `Run ${sample.title}…`,
          detail: sample.description,
          key: null,
          execution: null,
          run: () => void runSampleWith(sample),
        }),
      ),
  ];
}
