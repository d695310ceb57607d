import type { ExecutionTree } from '../core/execution-tree.ts';
import type { Event } from '../model/events.ts';
import type { WorkflowExecutionId } from '../model/ids.ts';
import { fromEntries, isObject, type Json, type JsonObject, toPlain } from '../model/json.ts';
import type { Logger } from '../model/logger.ts';
import { type Notification, notificationOf } from './notification.ts';

/** How long a receiver may take, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Tells the webhooks that an execution names in its `notify` parameter what becomes of it and of its tasks, with the
 * events and fields of Mistral's notifications. Each is told once, after its commit is on disk, and of the moment as it
 * was then; a receiver that does not answer is no concern of the execution and stands in the log.
 */
export class Notifier {
  private readonly log: Logger;
  private readonly underWay = new Set<AbortController>();
  private isClosed = false;

  constructor(log: Logger) {
    this.log = log;
  }

  /**
   * To be called with every commit as it is made.
   *
   * @param tree what the commit left: a later one knows how what has just begun will end
   * @param durable resolves when the commit is on disk; when it rejects, nobody is told
   */
  committed(tree: ExecutionTree, events: readonly Event[], durable: Promise<void>): void {
    // Only what the execution was started with: what a definition gives to a nested one nobody was asked about.
    const notify = tree.workflows.get(tree.rootId as WorkflowExecutionId)?.params.notify;
    if (!Array.isArray(notify)) return;
    const notifications = events.flatMap((event) => notificationOf(tree, event) ?? []);
    if (notifications.length === 0) return;
    durable.then(
      () => {
        for (const notification of notifications) this.send(notify, notification);
      },
      () => {},
    );
  }

  /** Whoever has not been told by now never is. */
  close(): void {
    this.isClosed = true;
    for (const controller of this.underWay) controller.abort();
  }

  private send(publishers: readonly Json[], { name, data }: Notification): void {
    if (this.isClosed) return;
    for (const publisher of publishers) {
      if (!isObject(publisher) || publisher.type !== 'webhook' || typeof publisher.url !== 'string') continue;
      const wanted = publisher.event_types;
      if (Array.isArray(wanted) && wanted.length > 0 && !wanted.includes(name)) continue;
      void this.post(publisher.url, publisher.headers ?? null, fromEntries([...Object.entries(data), ['event', name]]));
    }
  }

  private async post(url: string, headers: Json, data: JsonObject): Promise<void> {
    const controller = new AbortController();
    this.underWay.add(controller);
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(toPlain(data)),
        headers: isObject(headers)
          ? Object.entries(headers).map(([name, value]) => [name, String(toPlain(value))])
          : [],
        redirect: 'manual',
        signal: AbortSignal.any([controller.signal, AbortSignal.timeout(PATIENCE)]),
      });
      if (!response.ok) this.log.warn(`The webhook ${url} answered ${response.status}.`);
    } catch (error) {
      if (!controller.signal.aborted) this.log.warn(`The webhook ${url} could not be told.`, error);
    } finally {
      this.underWay.delete(controller);
    }
  }
}
