import type { ReactNode } from 'react';
import type { Node } from '../../../engine/api/resources.ts';
import { isHeld } from '../../state/nodes.ts';
import { useNowIn } from '../../state/past.ts';
import type { Progress } from '../../state/progress.ts';
import { isUnderWay, lookOf, looks, stateInWords } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { formatDuration, formatExactTime, formatSeconds } from '../../ui/duration.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './inspector.module.css';

/** What is known about a node without asking for more. */
export function Facts({ node, progress }: { readonly node: Node; readonly progress: Progress | null }) {
  const held = useStore((state) => isHeld(state, node));
  return (
    <dl className={styles.facts}>
      {node.parentId !== null && (
        <Fact name="State">
          <StateMark {...looks[lookOf(node)]} word={stateInWords(node)} still={held} />
        </Fact>
      )}
      {node.kind === 'task' && <Fact name={node.type === 'WORKFLOW' ? 'Workflow' : 'Action'}>{node.runs}</Fact>}
      {progress !== null && (
        <Fact name="Progress">
          {progress.fraction !== null && (
            <ProgressBar label={`Progress of ${node.name}`} fraction={progress.fraction} />
          )}
          {progress.text}
        </Fact>
      )}
      {node.startedAt !== null && <Fact name="Started">{formatExactTime(node.startedAt)}</Fact>}
      {node.startedAt === null && <Fact name="Created">{formatExactTime(node.createdAt)}</Fact>}
      {node.finishedAt !== null && <Fact name="Finished">{formatExactTime(node.finishedAt)}</Fact>}
      {node.startedAt !== null && (node.finishedAt !== null || (isUnderWay(node) && !held)) && (
        <Fact name="Duration">
          <Elapsed rootId={node.rootId} start={node.startedAt} end={node.finishedAt} />
        </Fact>
      )}
      {node.kind === 'task' && node.attempt !== null && (
        <Fact name="Attempt">
          {node.attempt.number} of {node.attempt.of}
        </Fact>
      )}
      {node.kind === 'task' && node.items !== null && <Fact name="Items">{itemsInWords(node.items)}</Fact>}
      {node.kind === 'action' && !node.accepted && node.finishedAt !== null && node.attempt > 1 && (
        <Fact name="Attempt">{node.attempt}, repeated: its result does not count</Fact>
      )}
      <Fact name="Id">
        <code>{node.id}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface ElapsedProps {
  readonly rootId: string;
  readonly start: number;
  readonly end: number | null;
}

function Elapsed({ rootId, start, end }: ElapsedProps) {
  const now = useNowIn(rootId, end === null);
  return end === null ? formatSeconds(now - start) : formatDuration(end - start);
}

function itemsInWords(items: { total: number; running: number; succeeded: number; failed: number }): string {
  const { total, running, succeeded, failed } = items;
  const parts = [`${succeeded} of ${total} succeeded`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (running > 0) parts.push(`${running} running`);
  return parts.join(', ');
}
