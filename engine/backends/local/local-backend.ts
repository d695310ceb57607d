import type { Desktop } from '../../actions/desktop.ts';
import { OwnActions } from '../../actions/own/own-actions.ts';
import { actions as builtIn } from '../../actions/registry.ts';
import { ApiError } from '../../api/api-error.ts';
import type { Backend } from '../../api/backend.ts';
import { type Input, type MethodName, methods, type Output, type ParsedInput } from '../../api/methods.ts';
import type { ExecutionSummary, Trouble } from '../../api/resources.ts';
import type { ExecutionDocument } from '../../core/document.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import { isOwed } from '../../core/outstanding.ts';
import { report } from '../../core/report.ts';
import type { ExpressionPlace } from '../../core/try-expression.ts';
import type { Commit } from '../../model/events.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { decodeJson, encodeJson, type Json } from '../../model/json.ts';
import type { Logger } from '../../model/logger.ts';
import { isCompleted } from '../../model/states.ts';
import { ActionGate } from '../../runtime/action-gate.ts';
import { catalogKind } from '../../runtime/catalog.ts';
import { type CronTriggerDocument, CronTriggers, cronTriggersKind } from '../../runtime/cron-triggers.ts';
import { type ActionBounds, Engine, goesOn } from '../../runtime/engine.ts';
import { Library } from '../../runtime/library.ts';
import type { Retention } from '../../runtime/retention.ts';
import { type SecretBox, type SecretDocument, Secrets, secretsKind } from '../../runtime/secrets.ts';
import { Trust, type TrustDocument, trustKind } from '../../runtime/trust.ts';
import type { DocumentFile } from '../../store/document-file.ts';
import { openStore } from '../../store/open-store.ts';
import type { StoreProblem } from '../../store/problems.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { ChangeFeed } from './change-feed.ts';
import { commandMethods } from './command-methods.ts';
import { cronTriggerMethods } from './cron-trigger-methods.ts';
import { evaluateText } from './evaluate.ts';
import { existingState, existingTree, rootWorkflow } from './existing-tree.ts';
import { historyPage } from './history.ts';
import { Housekeeping } from './housekeeping.ts';
import { type Instant, Instants } from './instants.ts';
import { actionsOf, type Handlers, libraryMethods } from './library-methods.ts';
import { type DefinitionLookup, NodeView, type ReportLookup } from './nodes.ts';
import { payloadOf } from './payloads.ts';
import { Questions, resultOfAnswer } from './questions.ts';
import { estimatedTime, statisticsOf } from './statistics.ts';
import { storedFormat } from './stored-format.ts';
import { trustMethods } from './trust-methods.ts';

export interface LocalBackendOptions {
  /** The store's folder; made when it is not there. */
  readonly folder: string;
  readonly log: Logger;
  /** What an answer survives: `durable`, unless told otherwise, a power loss, `fast` only the end of the process. */
  readonly durability?: 'durable' | 'fast';
  /** Takes what is to be called each time the machine has woken from sleep; timers do not count the time in which it slept. */
  readonly onWake?: (listener: () => void) => void;
  /** What actions may ask of the desktop; left out where there is none. */
  readonly desktop?: Desktop;
  /** What all actions together are held to. */
  readonly bounds?: ActionBounds;
  /** The folder of the person's own actions; made when it is not there. Left out: there are none. */
  readonly actionsFolder?: string;
  /** Seals secrets; null, or left out, where the system has nothing to do so with. */
  readonly secretBox?: SecretBox | null;
  /** What is kept of executions that have ended; all of it unless told otherwise. */
  readonly retention?: Retention;
}

/** What a backend has besides, whose store is on this machine. */
export interface LocalBackend extends Backend {
  readonly housekeeping: Housekeeping;
  /** Holds the actions that start from now on to other bounds. */
  bound(bounds: ActionBounds): void;
}

/**
 * The engine of this process as a backend. Executions that had not ended go on at once.
 *
 * @throws StoreError when the folder cannot be used: another process has it, it cannot be written, or a newer version
 *   wrote it; the message is for people
 */
export async function openLocalBackend(options: LocalBackendOptions): Promise<LocalBackend> {
  const { folder, log, onWake, actionsFolder } = options;
  const { store, unfinished } = await openStore<Commit, ExecutionDocument, ExecutionSummary>(folder, {
    durability: options.durability ?? 'durable',
    log,
    format: storedFormat,
    goesOn,
  });
  const own = actionsFolder === undefined ? null : await OwnActions.open({ folder: actionsFolder, builtIn, log });
  try {
    const library = new Library(await store.document('catalog.json', catalogKind));
    const documents = {
      triggers: await store.document('cron-triggers.json', cronTriggersKind),
      trust: await store.document('trust.json', trustKind),
      secrets: await store.document('secrets.json', secretsKind),
    };
    const backend = await startBackend(store, unfinished, library, own, documents, options);
    if (options.retention !== undefined) void backend.housekeeping.retain(options.retention);
    onWake?.(() => backend.lookAgain());
    return backend;
  } catch (error) {
    // Otherwise the folder would stay locked for as long as this process lives.
    await own?.close();
    await store.close();
    throw error;
  }
}

/** Milliseconds after the start, when the window has shown the list. */
const CHECK_AFTER = 1000;

interface Documents {
  readonly triggers: DocumentFile<CronTriggerDocument>;
  readonly trust: DocumentFile<TrustDocument>;
  readonly secrets: DocumentFile<SecretDocument>;
}

async function startBackend(
  store: Parts['store'],
  unfinished: readonly string[],
  library: Library,
  own: OwnActions | null,
  documents: Documents,
  { log, desktop, bounds, secretBox }: LocalBackendOptions,
): Promise<EngineBackend> {
  library.readAhead().catch((error: unknown) => log.error('The library could not be read ahead.', error));
  const lookup: DefinitionLookup = (tree, workflow) => library.definitionOf(tree, workflow);
  const summarize = (tree: ExecutionTree): ExecutionSummary & { readonly isOwed: boolean } => ({
    ...new NodeView(tree, lookup, (id) => reportOf(engine, id)).root(),
    isOwed: isOwed(tree),
  });
  const actions = own ?? builtIn;
  const trust = new Trust(documents.trust, library, actions);
  const secrets = new Secrets(documents.secrets, secretBox ?? null);
  const gate = new ActionGate(trust, secrets);
  const engine = new Engine({ store, library, actions, desktop, gate, log, summarize });
  if (bounds !== undefined) engine.bound(bounds);
  const cronTriggers = new CronTriggers({
    document: documents.triggers,
    log,
    start: async ({ name, workflow, namespace, input, params }) => {
      const refused = await trust.refusal(workflow, namespace);
      if (refused !== null) return { refused };
      const description = `Started by the cron trigger '${name}'`;
      const answer = await engine.startWorkflow({ workflow, namespace, input, params, description });
      return answer.type === 'refused' ? { refused: answer.reason } : { id: answer.tree.rootId };
    },
  });
  const backend = new EngineBackend({ store, library, own, trust, secrets, cronTriggers, engine, lookup, log });
  await engine.start(unfinished);
  backend.takeUpQuestions();
  cronTriggers.open();
  backend.checkLater();
  return backend;
}

interface Parts {
  readonly store: Store<Commit, ExecutionDocument, ExecutionSummary>;
  readonly library: Library;
  readonly own: OwnActions | null;
  readonly trust: Trust;
  readonly secrets: Secrets;
  readonly cronTriggers: CronTriggers;
  readonly engine: Engine<ExecutionSummary>;
  readonly lookup: DefinitionLookup;
  readonly log: Logger;
}

class EngineBackend implements LocalBackend {
  readonly housekeeping: Housekeeping;
  private readonly parts: Parts;
  private readonly feed: ChangeFeed;
  private readonly instants: Instants;
  private readonly questions = new Questions();
  private readonly handlers: Handlers;
  private checking: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.parts = parts;
    this.instants = new Instants(parts.store, (id) => parts.engine.newest(id));
    this.feed = new ChangeFeed(parts.lookup, (id) => reportOf(parts.engine, id));
    parts.engine.onCommit((tree, events) => this.feed.committed(tree, events));
    parts.engine.onCommit((tree, events) => {
      if (this.questions.committed(tree, events)) this.tellQuestions();
    });
    parts.engine.reports.onChange((rootId, actionId) => this.feed.reported(rootId, actionId));
    parts.engine.onTurn((rootId, actionId) => this.feed.reported(rootId, actionId));
    parts.store.onProblems(() => this.feed.add({ type: 'troubles', troubles: this.troubles() }));
    parts.engine.onStandstills(() => this.feed.add({ type: 'troubles', troubles: this.troubles() }));
    const { own } = parts;
    own?.onChange(() => {
      this.feed.add({ type: 'actions', actions: actionsOf(parts.library, own) });
      this.feed.add({ type: 'troubles', troubles: this.troubles() });
    });
    this.housekeeping = new Housekeeping({
      store: parts.store,
      engine: parts.engine,
      log: parts.log,
      remove: (id) => this.remove(id),
      tell: (execution) => this.feed.add({ type: 'execution', execution }),
    });
    this.handlers = {
      ...libraryMethods(parts.library, parts.own ?? builtIn, (change) => this.feed.add(change)),
      ...trustMethods(parts.trust, parts.secrets),
      ...cronTriggerMethods(parts.cronTriggers, (change) => this.feed.add(change)),
      ...commandMethods(parts.engine, parts.lookup, parts.trust, parts.secrets),
      'workflows.statistics': ({ name, limit }) => this.statistics(name, limit),
      'executions.list': (input) => this.list(input),
      'executions.watch': ({ id }) =>
        this.feed.watch(
          id,
          () => this.tree(id).catch((error: unknown) => Promise.reject(this.refusal('executions.watch', error))),
          () => parts.engine.glance(id),
        ),
      'executions.unwatch': ({ id }) => this.feed.unwatch(id),
      'executions.history': (input) => this.history(input),
      'executions.at': async ({ id, position }) => {
        const instant = await this.instant(id, position);
        return {
          position: instant.position,
          at: instant.at,
          nodes: [...new NodeView(instant.tree, parts.lookup).all()],
        };
      },
      'executions.delete': ({ id, force }) => this.delete(id, force),
      'executions.report': async ({ id, ...options }) => {
        const tree = await this.tree(id);
        const root = rootWorkflow(tree);
        const time = estimatedTime(root, await this.fellows(root.name), Date.now());
        return report(tree, root, { ...options, estimatedTime: time });
      },
      'questions.list': () => this.questions.list(),
      'questions.answer': async ({ rootId, id, answer }) => {
        const { state, value } = resultOfAnswer(await this.tree(rootId), id, (answer ?? null) as Json);
        return this.call('actions.complete', { rootId, id, state, output: value });
      },
      'nodes.log': async ({ rootId, id, after }) => {
        const tree = await this.tree(rootId);
        if (!tree.actions.has(id as ActionExecutionId)) throw new ApiError('NOT_FOUND', `There is no action ${id}.`);
        const { lines, progress } = await parts.engine.reports.read(rootId, id);
        return { lines: lines.filter(({ number }) => number > after), progress };
      },
      'nodes.payload': async ({ rootId, id, field, position, limit }) => {
        const tree = position === undefined ? await this.tree(rootId) : (await this.instant(rootId, position)).tree;
        const payload = payloadOf(tree, id, field, limit, parts.lookup);
        if (payload === null) throw new ApiError('NOT_FOUND', `The execution has no part ${id} any more.`);
        return payload;
      },
      'expressions.evaluate': async (input) => {
        const place = input.at === null ? null : await this.expressionPlace(input.at.rootId, input.at.id);
        return evaluateText(input, place, (text, at) => parts.engine.tryExpression(text, at));
      },
      'troubles.list': () => this.troubles(),
    };
  }

  async call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
    const parsed = methods[method].input.safeParse(received(method, input));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new ApiError('INVALID', `${method}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`);
    }
    const handler = this.handlers[method] as (input: unknown) => Output<M> | Promise<Output<M>>;
    try {
      return await handler(parsed.data);
    } catch (error) {
      throw this.refusal(method, error);
    }
  }

  /** What went wrong, as a sentence. */
  private refusal(method: MethodName, error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    if (error instanceof StoreError) return new ApiError('UNAVAILABLE', error.message);
    this.parts.log.error(`${method} failed.`, error);
    return new ApiError('INTERNAL', 'Something went wrong inside Windrose; the log has the details.');
  }

  /** What was asked before this start. */
  takeUpQuestions(): void {
    for (const tree of this.parts.engine.liveTrees()) this.questions.takeUp(tree);
    this.tellQuestions();
  }

  /** What somebody else did to the files of executions while the app was closed is looked for when it has started. */
  checkLater(): void {
    this.checking = setTimeout(() => {
      this.check().catch((error: unknown) =>
        this.parts.log.error('The files of the executions could not be compared with the list.', error),
      );
    }, CHECK_AFTER);
  }

  private async check(): Promise<void> {
    const { store, engine } = this.parts;
    const { listed, gone, unfinished } = await store.check();
    await engine.takeUpAll(unfinished);
    for (const id of gone) this.feed.add({ type: 'executionDeleted', id });
    for (const id of new Set([...listed, ...unfinished])) {
      const execution = await store.summary(id);
      if (execution !== null) this.feed.add({ type: 'execution', execution });
    }
  }

  private tellQuestions(): void {
    this.feed.add({ type: 'questions', questions: this.questions.list() });
  }

  subscribe(listener: Parameters<Backend['subscribe']>[0]): () => void {
    return this.feed.subscribe(listener);
  }

  bound(bounds: ActionBounds): void {
    this.parts.engine.bound(bounds);
  }

  /** After the machine slept. */
  lookAgain(): void {
    this.parts.engine.lookAgain();
    this.parts.cronTriggers.lookAgain();
    this.housekeeping.lookAgain();
  }

  async close(): Promise<void> {
    if (this.checking !== null) clearTimeout(this.checking);
    this.parts.cronTriggers.close();
    await this.housekeeping.close();
    await this.parts.engine.stop();
    await this.parts.own?.close();
    this.feed.close();
    await this.parts.store.close();
  }

  private async statistics(name: string, limit: number): Promise<Output<'workflows.statistics'>> {
    return statisticsOf(await this.fellows(name), limit);
  }

  /** All executions of a workflow, the newest first. */
  private async fellows(name: string): Promise<readonly ExecutionSummary[]> {
    const filter = (each: ExecutionSummary): boolean => each.kind === 'workflow' && each.name === name;
    return (await this.parts.store.search({ cursor: null, limit: Infinity, filter })).summaries;
  }

  private troubles(): Trouble[] {
    const { store, engine, own } = this.parts;
    const modules = (own?.problems() ?? []).map(
      ({ file, message }, index): Trouble => ({ id: `action-module-${index}`, severity: 'warning', message, file }),
    );
    return [...[...store.problems(), ...engine.standstills()].map(troubleOf), ...modules];
  }

  /** An action execution has no context of its own: expressions stand in its task. */
  private async expressionPlace(rootId: string, id: string): Promise<ExpressionPlace> {
    const tree = await this.tree(rootId);
    const place = (tree.actions.get(id as ActionExecutionId)?.taskId ?? id) as TaskExecutionId | WorkflowExecutionId;
    const isThere = tree.tasks.has(place as TaskExecutionId) || tree.workflows.has(place as WorkflowExecutionId);
    if (!isThere) throw new ApiError('NOT_FOUND', 'There is no task here whose variables an expression could see.');
    return { tree, id: place };
  }

  private async list(input: ParsedInput<'executions.list'>): Promise<Output<'executions.list'>> {
    const { cursor, limit, text, state, workflow, since, longerThan } = input;
    const wanted = text.trim().toLowerCase();
    const now = Date.now();
    const isNarrow = wanted !== '' || [state, workflow, since, longerThan].some((each) => each !== null);
    const filter = (each: ExecutionSummary): boolean =>
      (state === null || each.state === state) &&
      (workflow === null || each.name === workflow) &&
      (since === null || each.createdAt >= since) &&
      (longerThan === null || (each.finishedAt ?? now) - each.createdAt > longerThan) &&
      (wanted === '' || `${each.name} ${each.id} ${each.message ?? ''}`.toLowerCase().includes(wanted));
    const { store } = this.parts;
    const page = await (isNarrow ? store.search({ cursor, limit, filter }) : store.list({ cursor, limit }));
    const { summaries, next, total } = page;
    return { executions: [...summaries], next, total };
  }

  private tree(rootId: string): Promise<ExecutionTree> {
    return existingTree(this.parts.engine, rootId);
  }

  private async history(input: ParsedInput<'executions.history'>): Promise<Output<'executions.history'>> {
    const { store, engine, log } = this.parts;
    const { id, cursor } = input;
    const page = await historyPage(store, input, () => existingState(engine, id));
    if (cursor === null && page.more) {
      this.instants.prepare(id).catch((error: unknown) => log.warn(`The history of ${id} ends early.`, error));
    }
    return page;
  }

  private async instant(id: string, position: number): Promise<Instant> {
    if (!this.parts.store.has(id)) throw new ApiError('NOT_FOUND', 'This execution is not there any more.');
    const instant = await this.instants.at(id, position);
    // What is shown is never ahead of what is on disk.
    await this.parts.engine.durable(id);
    return instant;
  }

  private async delete(id: string, force: boolean): Promise<Record<string, never>> {
    const { state } = new NodeView(await this.tree(id), this.parts.lookup).root();
    if (!force && !isCompleted(state)) {
      throw new ApiError('REFUSED', 'Only an execution that has ended can be deleted; cancel it first.');
    }
    await this.remove(id);
    return {};
  }

  private async remove(id: string): Promise<void> {
    await this.parts.engine.delete(id);
    this.instants.forget(id);
    if (this.questions.forget(id)) this.tellQuestions();
    this.feed.add({ type: 'executionDeleted', id });
  }
}

function reportOf(engine: Engine<ExecutionSummary>, actionId: string): ReturnType<ReportLookup> {
  const waits = engine.waitReason(actionId);
  const report = engine.reports.current(actionId);
  return report === null && waits === null ? null : { progress: null, lines: 0, ...report, waits };
}

/**
 * Boxed numbers (model/json.ts) cross from the window in their written form: here, and nowhere else, they become numbers
 * again.
 */
function received(method: MethodName, input: unknown): unknown {
  try {
    return decodeJson(encodeJson(input));
  } catch (error) {
    throw new ApiError(
      'INVALID',
      `${method}: what was given is no JSON. ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function troubleOf({ id, severity, message, file }: StoreProblem): Trouble {
  return { id, severity, message, file };
}
