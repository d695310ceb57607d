import type { WorkflowState } from '../../engine/model/states.ts';
import { call } from './client.ts';
import type { ExecutionFilter } from './execution-list.ts';
import { getState, useStore } from './store.ts';
import type { CentreState, Expansion, NodeKey, Place, WindowState } from './window-state.ts';

/** What the window finds again after a restart: where one was, and what one had made of it. */
export type Session = Pick<
  WindowState,
  'place' | 'selectedEntry' | 'selected' | 'expansions' | 'centre' | 'paneSizes' | 'views'
> & {
  readonly filter: WindowState['executions']['filter'];
};

/** The key among the settings of the window. */
const KEY = 'session';
/** How long nothing changes before it is kept, in milliseconds. */
const STILL = 400;
/** More open trees, and more rows in one of them, are not worth remembering. */
const MAX_TREES = 30;
const MAX_ROWS = 300;

/** What was kept the last time. Whatever of it is missing or makes no sense is left out. */
export async function loadSession(): Promise<Partial<Session>> {
  const reply = await call('settings.get', {});
  return reply.ok ? readSession(reply.output.ui[KEY]) : {};
}

/** Keeps the session whenever it has changed. Without changes no timer runs. */
export function keepSession(): void {
  let kept = sessionOf(getState());
  let timer: number | undefined;
  const save = () => {
    window.clearTimeout(timer);
    timer = undefined;
    kept = sessionOf(getState());
    void call('settings.set', { ui: { [KEY]: writeSession(kept) } });
  };
  useStore.subscribe((state) => {
    if (timer !== undefined || sameSession(kept, sessionOf(state))) return;
    timer = window.setTimeout(save, STILL);
  });
  window.addEventListener('pagehide', () => timer !== undefined && save());
}

function sessionOf(state: WindowState): Session {
  const { place, selectedEntry, selected, expansions, centre, paneSizes, views } = state;
  return { place, selectedEntry, selected, expansions, centre, paneSizes, views, filter: state.executions.filter };
}

function sameSession(a: Session, b: Session): boolean {
  return (
    a.place === b.place &&
    a.selectedEntry === b.selectedEntry &&
    a.selected === b.selected &&
    a.expansions === b.expansions &&
    a.centre === b.centre &&
    a.paneSizes === b.paneSizes &&
    a.views === b.views &&
    a.filter === b.filter
  );
}

/** As JSON. Infinity, which JSON has not, becomes null. */
export function writeSession({ expansions, paneSizes, ...rest }: Session): unknown {
  const open = [...expansions].filter(([, { depth, toggled }]) => depth > 1 || toggled.size > 0);
  return {
    ...rest,
    paneSizes: [...paneSizes],
    expansions: open
      .slice(-MAX_TREES)
      .map(([id, { depth, toggled }]) => [id, Number.isFinite(depth) ? depth : null, [...toggled].slice(0, MAX_ROWS)]),
  };
}

export function readSession(saved: unknown): Partial<Session> {
  if (!isObject(saved)) return {};
  const { place, selectedEntry, selected, expansions, centre, paneSizes, filter, views } = saved;
  return {
    ...(isPlace(place) && { place }),
    ...(typeof selectedEntry === 'string' && { selectedEntry }),
    ...(isNodeKey(selected) && { selected }),
    ...(Array.isArray(expansions) && { expansions: new Map(expansions.flatMap(readExpansion)) }),
    ...(isCentre(centre) && { centre }),
    ...(Array.isArray(paneSizes) && { paneSizes: new Map(paneSizes.filter(isPaneSize)) }),
    ...(isObject(filter) && { filter: readFilter(filter) }),
    ...(Array.isArray(views) && { views: views.filter(isObject).map(readFilter) }),
  };
}

function readExpansion(entry: unknown): readonly (readonly [string, Expansion])[] {
  if (!Array.isArray(entry)) return [];
  const [id, depth, toggled] = entry as readonly unknown[];
  if (typeof id !== 'string' || (typeof depth !== 'number' && depth !== null) || !Array.isArray(toggled)) return [];
  const ids = toggled.filter((one): one is string => typeof one === 'string');
  return [[id, { depth: depth ?? Number.POSITIVE_INFINITY, toggled: new Set(ids) }]];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isPlace(value: unknown): value is Place {
  return value === 'library' || value === 'executions' || value === 'editor' || value === 'expressions';
}

function isNodeKey(value: unknown): value is NodeKey {
  return isObject(value) && typeof value.rootId === 'string' && typeof value.id === 'string';
}

function isCentre(value: unknown): value is CentreState {
  return isObject(value) && typeof value.shown === 'boolean' && typeof value.tab === 'string';
}

function isPaneSize(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}

/** What is missing or makes no sense filters nothing: it may come from another version. */
function readFilter(saved: Readonly<Record<string, unknown>>): ExecutionFilter {
  const { text, state, workflow, within, longerThan } = saved;
  return {
    text: typeof text === 'string' ? text : '',
    state: states.find((each) => each === state) ?? null,
    workflow: typeof workflow === 'string' ? workflow : null,
    within: typeof within === 'number' ? within : null,
    longerThan: typeof longerThan === 'number' ? longerThan : null,
  };
}

const states: readonly WorkflowState[] = ['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED'];
