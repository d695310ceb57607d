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
 * events and fields of Mistral's notifications. Each is told once, after the commit is on disk; a receiver that does not
 * answer is no concern of the execution and stands in the log.
 */
export class Notifier {
  private readonly log: Logger;
  private readonly underWay = new Set<AbortController>();

  constructor(log: Logger) {
    this.log = log;
  }

  /** To be called with every commit that is on disk. */
  committed(tree: ExecutionTree, events: readonly Event[]): void {
    for (const event of events) {
      const notification = notificationOf(tree, event);
      if (notification !== null) this.send(tree, notification);
    }
  }

  close(): void {
    for (const controller of this.underWay) controller.abort();
  }

  private send(tree: ExecutionTree, { name, data }: Notification): void {
    // Only what the execution was started with: what a definition gives to a nested one nobody was asked about.
    const notify = tree.workflows.get(tree.rootId as WorkflowExecutionId)?.params.notify;
    if (!Array.isArray(notify)) return;
    for (const publisher of notify as readonly Json[]) {
      if (!isObject(publisher) || publisher.type !== 'webhook' || typeof publisher.url !== 'string') continue;
      const wanted = publisher.event_types;
      if (Array.isArray(wanted) && wanted.length > 0 && !wanted.includes(name)) continue;
      this.post(publisher.url, publisher.headers ?? null, fromEntries([...Object.entries(data), ['event', name]]));
    }
  }

  private post(url: string, headers: Json, data: JsonObject): void {
    const controller = new AbortController();
    this.underWay.add(controller);
    const timeout = AbortSignal.timeout(PATIENCE);
    fetch(url, {
      method: 'POST',
      body: JSON.stringify(toPlain(data)),
      headers: isObject(headers) ? Object.entries(headers).map(([name, value]) => [name, String(toPlain(value))]) : [],
      redirect: 'manual',
      signal: AbortSignal.any([controller.signal, timeout]),
    })
      .then((response) => {
        if (!response.ok) this.log.warn(`The webhook ${url} answered ${response.status}.`);
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) this.log.warn(`The webhook ${url} could not be told.`, error);
      })
      .finally(() => this.underWay.delete(controller));
  }
}
