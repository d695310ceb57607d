import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '../../../../engine/api/backend.ts';
import type { ExecutionSummary } from '../../../../engine/api/resources.ts';
import {
  type LocalBackend,
  type LocalBackendOptions,
  openLocalBackend,
} from '../../../../engine/backends/local/local-backend.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

/** The backend on a folder of its own, which outlives `reopen` and goes with `close`. */
export class LocalBackendFixture {
  readonly folder: string;
  private readonly options: Partial<LocalBackendOptions>;
  private opened: LocalBackend;

  private constructor(folder: string, options: Partial<LocalBackendOptions>, opened: LocalBackend) {
    this.folder = folder;
    this.options = options;
    this.opened = opened;
  }

  static async open(options: Partial<LocalBackendOptions> = {}): Promise<LocalBackendFixture> {
    const folder = await mkdtemp(join(tmpdir(), 'windrose-backend-'));
    return new LocalBackendFixture(folder, options, await openLocalBackend({ folder, log, ...options }));
  }

  get call(): Backend['call'] {
    return this.opened.call.bind(this.opened);
  }

  get housekeeping(): LocalBackend['housekeeping'] {
    return this.opened.housekeeping;
  }

  get subscribe(): Backend['subscribe'] {
    return this.opened.subscribe.bind(this.opened);
  }

  /** As after a restart of the app. */
  async reopen(options: Partial<LocalBackendOptions> = this.options): Promise<void> {
    await this.opened.close();
    this.opened = await openLocalBackend({ folder: this.folder, log, ...options });
  }

  /** The execution once it has ended. */
  ended(id: string): Promise<ExecutionSummary> {
    const isOver = ({ state }: ExecutionSummary): boolean => state !== 'RUNNING' && state !== 'PAUSED';
    return new Promise((resolve) => {
      const look = (execution: ExecutionSummary): void => {
        if (execution.id !== id || !isOver(execution)) return;
        stop();
        resolve(execution);
      };
      const stop = this.opened.subscribe((changes) => {
        for (const change of changes) if (change.type === 'execution') look(change.execution);
      });
      void this.call('executions.list', { text: id }).then(({ executions }) => executions.forEach(look));
    });
  }

  /** What a node has there, as a value; undefined when there is none. */
  async value(rootId: string, id: string, field: 'output' | 'result' | 'input' | 'stateInfo'): Promise<unknown> {
    const payload = await this.call('nodes.payload', { rootId, id, field });
    return payload.type === 'json' ? JSON.parse(payload.text) : payload.type === 'text' ? payload.text : undefined;
  }

  async close(): Promise<void> {
    await this.opened.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
