import type { ActionSummary, WorkflowSummary } from '../../../engine/api/resources.ts';
import type { DefinitionKind } from '../../../engine/language/kind-of-text.ts';
import { functionsOf } from './functions.ts';
import { isClause, keywordsOf, pathInDefinition, sectionAt } from './keywords.ts';
import { type LocalNames, localNames } from './local-names.ts';
import { outline } from './outline.ts';
import { type Place, placeAt } from './place.ts';

/** What the library has, for texts that name it. */
export interface Known {
  readonly actions: readonly ActionSummary[];
  readonly workflows: readonly WorkflowSummary[];
}

export interface Offer {
  readonly label: string;
  /** What is put in place of what was written, where it is not the label. */
  readonly insert: string;
  readonly kind: 'keyword' | 'task' | 'action' | 'workflow' | 'input' | 'variable' | 'function' | 'value';
  /** Beside it, in a few words. */
  readonly detail: string;
  /** Below it, in a sentence or two. */
  readonly help: string;
}

export interface Completion {
  /** Where what was written of it begins. */
  readonly from: number;
  readonly offers: readonly Offer[];
}

const COMMANDS: readonly (readonly [string, string])[] = [
  ['noop', 'Does nothing.'],
  ['succeed', 'Ends the workflow with success.'],
  ['fail', 'Ends the workflow with a failure; fail msg="..." says why.'],
  ['pause', 'Pauses the workflow.'],
];

/** Where an action comes from, beside its name. */
const WHENCE = { 'built-in': '', 'ad-hoc': 'in the library', own: 'your own' } as const;

/** What could be written at a place of a text, right or broken. Null where nothing is known. */
export function complete(text: string, offset: number, kind: DefinitionKind, known: Known): Completion | null {
  const place = placeAt(text, offset);
  if (place === null) return null;
  const names = localNames(text, kind, place.path);
  if (place.expression !== null) return inExpression(place.expression, offset, names);
  const offers = offersAt(place, names, kind, known, text);
  return offers.length === 0 ? null : { from: wordStart(place, offset), offers };
}

/** Within a value only the last word is completed. */
function wordStart(place: Place, offset: number): number {
  if (place.typing === 'key') return place.from;
  return offset - (/[^\s"'=,[({]*$/.exec(place.written)?.[0].length ?? 0);
}

function offersAt(place: Place, names: LocalNames, kind: DefinitionKind, known: Known, text: string): readonly Offer[] {
  const inner = pathInDefinition(kind, place.path);
  if (place.typing === 'key') {
    const section = sectionAt(kind, place.path);
    const written = keysBeside(text, place);
    const own = section === null ? [] : keywordOffers(section, names, written);
    const inputs = inputOffers(inner, names, kind, known).filter(({ label }) => !written.has(label));
    return [...own, ...inputs];
  }
  const { of } = place;
  if (isClause(of) || of === 'next')
    return place.written.includes(' ') ? [] : [...taskOffers(names), ...commandOffers()];
  switch (of) {
    case 'requires':
      return taskOffers(names);
    case 'action':
    case 'base':
      return actionOrInputs(place.written, names, known);
    case 'workflow':
      return [
        ...names.workflows.map((name) => offer(name, 'workflow', 'in this text')),
        ...known.workflows
          .filter(({ name }) => !names.workflows.includes(name))
          .map(({ name, description }) => offer(name, 'workflow', 'in the library', description)),
      ];
    case 'type':
      return [
        offer('direct', 'value', '', 'Tasks say what follows them.'),
        offer('reverse', 'value', '', 'Tasks say what they require.'),
      ];
    case 'join':
      return [offer('all', 'value', '', 'Waits for all tasks that lead here.')];
    case 'version':
      return [{ ...offer('2.0', 'value'), insert: place.written.includes("'") ? '2.0' : "'2.0'" }];
    case 'pause-before':
    case 'keep-result':
    case 'safe-rerun':
      return [offer('true', 'value'), offer('false', 'value')];
    default:
      return [];
  }
}

function keywordOffers(
  section: Parameters<typeof keywordsOf>[0],
  names: LocalNames,
  written: ReadonlySet<string>,
): readonly Offer[] {
  return keywordsOf(section)
    .filter(({ name, only }) => !written.has(name) && (only === undefined || only === names.type))
    .map(({ name, help, opens }) => ({
      ...offer(name, 'keyword', '', help),
      insert: opens === 'value' ? `${name}: ` : `${name}:`,
    }));
}

/** Below `input` of a task or `base-input` of an action: what the action or the workflow takes. */
function inputOffers(
  inner: readonly string[],
  names: LocalNames,
  kind: DefinitionKind,
  known: Known,
): readonly Offer[] {
  const isTaskInput = inner.length === 4 && inner[1] === 'tasks' && inner[3] === 'input';
  const isBaseInput = inner.length === 2 && inner[1] === 'base-input' && kind !== 'workflow';
  if (isBaseInput) return parameterOffers(names.base ?? '', known, ': ');
  if (!isTaskInput) return [];
  const runs = names.runs.get(inner[2] ?? '');
  if (runs === undefined) return [];
  if (runs.attribute === 'action') return parameterOffers(runs.name, known, ': ');
  const workflow = known.workflows.find(({ name }) => name === runs.name);
  return (workflow?.input ?? []).map(({ name, required }) => ({
    ...offer(name, 'input', required ? 'required' : ''),
    insert: `${name}: `,
  }));
}

/** `std.echo output=...`: first the name, then what it takes. */
function actionOrInputs(written: string, names: LocalNames, known: Known): readonly Offer[] {
  const [name = '', ...rest] = written.split(/\s+/);
  if (rest.length === 0) {
    return [
      ...names.actions.map((each) => offer(each, 'action', 'in this text')),
      ...known.actions
        .filter((each) => !names.actions.includes(each.name))
        .map((each) => offer(each.name, 'action', WHENCE[each.kind], each.description)),
    ];
  }
  // The value of a parameter is being written.
  if (/=[^\s]*$/.test(written)) return [];
  return parameterOffers(name.replace(/^["']/, ''), known, '=').filter(({ insert }) => !written.includes(insert));
}

function parameterOffers(action: string, known: Known, after: string): readonly Offer[] {
  const found = known.actions.find(({ name }) => name === action);
  return (found?.parameters ?? []).map(({ name, required, description }) => ({
    ...offer(name, 'input', required ? 'required' : '', description),
    insert: `${name}${after}`,
  }));
}

function taskOffers(names: LocalNames): readonly Offer[] {
  return names.tasks.map(({ name, line }) => offer(name, 'task', `line ${line}`));
}

function commandOffers(): readonly Offer[] {
  return COMMANDS.map(([name, help]) => offer(name, 'keyword', 'command', help));
}

/** `$.name`, `_.name`, functions, methods behind a point, filters behind a bar. */
function inExpression(
  { language, text }: NonNullable<Place['expression']>,
  offset: number,
  names: LocalNames,
): Completion | null {
  const [, chain = '', word = ''] = /((?:\$|_)\.|\.|\|\s*|\bis\s+|)(\w*)$/.exec(text) ?? [];
  // Within a text in quotes nothing is offered.
  if ((text.match(/'/g)?.length ?? 0) % 2 === 1 || (text.match(/"/g)?.length ?? 0) % 2 === 1) return null;
  const variables = [...names.variables].map(([name, from]) => offer(name, 'variable', from));
  const functions = functionsOf(language).filter(({ use }) => {
    if (chain.startsWith('|')) return use === 'filter';
    if (chain.startsWith('is')) return use === 'test';
    if (chain !== '') return use === 'method' || use === 'both';
    return use === 'function' || use === 'both';
  });
  const isRoot = chain === '$.' || chain === '_.';
  const offers = [
    ...(isRoot ? variables : []),
    ...functions.map(({ name, use, family, signatures }) => ({
      ...offer(name, 'function', family, signatures.join('\n')),
      insert: use === 'filter' || use === 'test' ? name : `${name}(`,
    })),
  ];
  return { from: offset - word.length, offers };
}

/** The keys that the dictionary at the cursor has already. */
function keysBeside(text: string, place: Place): ReadonlySet<string> {
  const path = place.path.join('\0');
  return new Set(
    outline(text).flatMap(({ key, path: at, line }) =>
      key !== null && line !== place.line && at.join('\0') === path ? [key] : [],
    ),
  );
}

function offer(label: string, kind: Offer['kind'], detail = '', help = ''): Offer {
  return { label, insert: label, kind, detail, help };
}
