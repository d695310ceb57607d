import type {
  ActionSummary,
  CronTrigger,
  Environment,
  Question,
  Sample,
  Trouble,
  TrustQuestion,
  WorkbookSummary,
  WorkflowSummary,
} from '../../engine/api/resources.ts';
import { type ExecutionFilter, type ExecutionList, emptyExecutionList } from './execution-list.ts';
import { type NodeFilter, noFilter } from './node-filter.ts';
import type { TextDocument } from './text-document.ts';
import type { Watch } from './tree.ts';

/** Something that is asked for once and then kept up to date by changes. */
export type Loadable<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'loaded'; readonly value: T }
  /** `message` is a sentence. */
  | { readonly status: 'failed'; readonly message: string };

export type Place = 'library' | 'executions' | 'editor' | 'expressions';

/** What the window asks of the person before a workflow starts, and who waits for the answer. */
export interface OpenTrustQuestion {
  readonly workflow: WorkflowKey;
  /** What the button says that allows it. */
  readonly verb: string;
  readonly needs: TrustQuestion['needs'];
  readonly answer: (isAllowed: boolean) => void;
}

/** A row of a tree, and the tree it is in. */
export interface NodeKey {
  readonly rootId: string;
  readonly id: string;
}

interface PickedTask {
  readonly workflowId: string;
  readonly name: string;
}

export interface WorkflowKey {
  readonly name: string;
  readonly namespace: string;
}

/** The workflow whose run form is open, and what it starts out with (a sample's input, say). */
export interface RunTarget extends WorkflowKey {
  readonly input: Readonly<Record<string, unknown>>;
}

/** Which rows of one tree are open: all down to `depth` levels, except for the toggled ones, where it is the other way round. */
export interface Expansion {
  /** 1: only the root is shown. Infinity: everything. */
  readonly depth: number;
  readonly toggled: ReadonlySet<string>;
}

/** The pane between the tree and the inspector, and which of its tabs is shown. */
export interface CentreState {
  readonly shown: boolean;
  readonly tab: string;
}

/** What has been asked of an execution or an action, and is not answered yet. */
export type PendingCommand = 'pause' | 'resume';

/** What is shown and asked before it is done. */
export type Sheet =
  | { readonly type: 'cancel' | 'delete'; readonly ids: readonly string[] }
  /** `target`: a task, or an execution of which one is to be chosen. */
  | { readonly type: 'rerun'; readonly target: NodeKey }
  | { readonly type: 'skip' | 'resumeWith' | 'runAgain'; readonly target: NodeKey }
  | { readonly type: 'complete'; readonly target: NodeKey; readonly state: 'SUCCESS' | 'ERROR' };

/** What the palette offers: everything that can be done and gone to, or the executions that match a text. */
export type PaletteKind = 'commands' | 'executions';

/** A sentence about something that just happened, shown until it is dismissed or replaced. */
export interface Notice {
  readonly kind: 'info' | 'error';
  readonly message: string;
}

export interface WindowState {
  readonly place: Place;
  /** How often the person went to a place: what has taken long must not take them away again. */
  readonly visits: number;

  readonly workflows: Loadable<readonly WorkflowSummary[]>;
  readonly actions: Loadable<readonly ActionSummary[]>;
  readonly workbooks: Loadable<readonly WorkbookSummary[]>;
  readonly environments: Loadable<readonly Environment[]>;
  /** Null: nothing is asked. */
  readonly trustQuestion: OpenTrustQuestion | null;
  readonly cronTriggers: Loadable<readonly CronTrigger[]>;
  /** The form of a cron trigger: of one that there is, or of a new one, with what it starts if that is known. */
  readonly cronForm: { readonly trigger: CronTrigger | null; readonly workflow: WorkflowKey | null } | null;
  readonly samples: Loadable<readonly Sample[]>;
  /** What the library shows, by the key of its entry; null before anything was selected. */
  readonly selectedEntry: string | null;
  readonly runTarget: RunTarget | null;
  /** The texts that are open in the editor, in the order of their tabs, and the one that is shown. */
  readonly documents: readonly TextDocument[];
  readonly shownDocument: string | null;

  /** Where expressions are tried; null: where there are no variables. */
  readonly labPlace: NodeKey | null;

  readonly executions: ExecutionList;
  /** Filters of the list that were kept, the newest last. */
  readonly views: readonly ExecutionFilter[];
  /** The executions that are chosen for something that is done to several at once. */
  readonly marked: ReadonlySet<string>;
  /** The trees that are kept up to date, by the id of their root. */
  readonly watches: ReadonlyMap<string, Watch>;
  readonly expansions: ReadonlyMap<string, Expansion>;
  /** What the inspector shows; null when it is closed. */
  readonly selected: NodeKey | null;
  /** The execution that is shown alone, with what is looked for in it; null: all that are listed are shown. */
  readonly opened: string | null;
  readonly nodeFilter: NodeFilter;
  /** The selection follows what runs. */
  readonly following: boolean;
  /** A task that has not run, and so has no row: it can be selected in the graph of its workflow execution all the same. */
  readonly picked: PickedTask | null;
  /** What was asked of an execution or an action and not answered yet, by its id. */
  readonly commands: ReadonlyMap<string, PendingCommand>;
  /** At most one at a time. */
  readonly sheet: Sheet | null;

  /** What `local.ask` asks the person, the oldest first. */
  readonly questions: readonly Question[];
  /** Which of them is shown above everything else; `list`: all of them, to choose one. Null: none. */
  readonly shownQuestion: NodeKey | 'list' | null;
  /** What is wrong with the store, and what the shell found wrong at its start. */
  readonly troubles: readonly Trouble[];
  readonly shellTroubles: readonly Trouble[];
  readonly notice: Notice | null;
  readonly shortcutsShown: boolean;
  readonly settingsShown: boolean;
  /** Null: it is closed. */
  readonly palette: PaletteKind | null;
  readonly centre: CentreState;
  /** Sizes of panes in pixels, by their name. */
  readonly paneSizes: ReadonlyMap<string, number>;
}

export const initialState: WindowState = {
  place: 'executions',
  visits: 0,
  workflows: { status: 'loading' },
  actions: { status: 'loading' },
  workbooks: { status: 'loading' },
  environments: { status: 'loading' },
  trustQuestion: null,
  cronTriggers: { status: 'loading' },
  cronForm: null,
  samples: { status: 'loading' },
  selectedEntry: null,
  runTarget: null,
  documents: [],
  shownDocument: null,
  labPlace: null,
  executions: emptyExecutionList,
  views: [],
  marked: new Set(),
  watches: new Map(),
  expansions: new Map(),
  selected: null,
  opened: null,
  nodeFilter: noFilter,
  following: false,
  picked: null,
  commands: new Map(),
  sheet: null,
  questions: [],
  shownQuestion: null,
  troubles: [],
  shellTroubles: [],
  notice: null,
  shortcutsShown: false,
  settingsShown: false,
  palette: null,
  centre: { shown: false, tab: 'graph' },
  paneSizes: new Map(),
};
