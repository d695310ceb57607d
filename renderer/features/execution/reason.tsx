import { MessageCircleQuestionMark } from 'lucide-react';
import type { Node, Question } from '../../../engine/api/resources.ts';
import { interruptionOf } from '../../state/interruption.ts';
import { isHeld, messageOf } from '../../state/nodes.ts';
import { useNowIn } from '../../state/past.ts';
import { questionOf, showQuestion } from '../../state/questions.ts';
import { lookOf, looks } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { formatCountdown } from '../../ui/duration.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { Blockers } from './blockers.tsx';
import styles from './inspector.module.css';
import { StillRunning } from './still-running.tsx';
import { usePayload } from './use-payload.ts';

const LIMIT = 100_000;

/** Why it is in the state it is in: what it waits for, what went wrong, what is still running. */
export function Reason({ node }: { readonly node: Node }) {
  const look = lookOf(node);
  const question = useStore((state) => questionOf(state, node));
  // An interruption is told of on its own.
  const isInterrupted = node.message === null && interruptionOf(node) !== null;
  const message = useStore((state) => (isInterrupted ? null : messageOf(node, isHeld(state, node))));
  if (node.kind === 'workflow' && look === 'PAUSING') return <StillRunning workflow={node} />;
  if (question !== null) return <Asks question={question} />;
  if (message === null) return null;
  const { glyph, family } = looks[look];
  return (
    <div className={styles.reason} data-family={family}>
      <Glyph name={glyph} family={family} still />
      <div className={styles.reasonText}>
        {look === 'ERROR' || look === 'HANDLED' ? (
          <WholeText node={node} message={message} />
        ) : (
          <p>
            {message}
            {node.kind === 'task' && node.dueAt !== null && <Countdown rootId={node.rootId} dueAt={node.dueAt} />}
          </p>
        )}
        {node.kind === 'task' && node.waitsFor !== undefined && <Blockers node={node} waitsFor={node.waitsFor} />}
      </div>
    </div>
  );
}

function Asks({ question }: { readonly question: Question }) {
  return (
    <div className={styles.reason} data-family="attention">
      <MessageCircleQuestionMark className={styles.asks} aria-hidden="true" />
      <div className={styles.reasonText}>
        <p className={styles.dim}>Waits for your answer:</p>
        <p>{question.text}</p>
      </div>
      <Button onClick={() => showQuestion(question)}>Answer…</Button>
    </div>
  );
}

/** The first line is known; the others are fetched. */
function WholeText({ node, message }: { readonly node: Node; readonly message: string }) {
  const state = usePayload(node, 'stateInfo', LIMIT);
  const text = state.status === 'loaded' && state.payload.type === 'text' ? state.payload.text : message;
  return <pre className={styles.text}>{text}</pre>;
}

function Countdown({ rootId, dueAt }: { readonly rootId: string; readonly dueAt: number }) {
  const now = useNowIn(rootId, true);
  return <> in {formatCountdown(dueAt - now)}</>;
}
