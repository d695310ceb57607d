import type { ExecutionSummary } from '../../../engine/api/resources.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { forEachExecution } from '../../state/sheets.ts';
import { lookOf, looks } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { getRow } from '../../state/table.ts';
import { formatExactTime } from '../../ui/duration.ts';
import { Glyph } from '../../ui/glyph.tsx';
import styles from './sheet.module.css';
import { SheetFrame } from './sheet-frame.tsx';

/** More are only counted. */
const LISTED = 100;

/** Asks before executions are cancelled or deleted, lists them, and says what it means for them. */
export function EndSheet({ what, ids }: { readonly what: 'cancel' | 'delete'; readonly ids: readonly string[] }) {
  const rows = useStore((state) => state.executions.rows);
  const known = ids.flatMap((id) => getRow(rows, id) ?? []);
  const concerned = known.filter((one) => isCompleted(one.state) === (what === 'delete'));
  const passedOver = known.length - concerned.length;
  const [only] = concerned;
  const many = concerned.length === 1 ? (only?.name ?? '') : `${concerned.length} executions`;
  const noun = concerned.length === 1 ? 'execution' : `${concerned.length} executions`;
  const running = concerned.reduce((sum, one) => sum + (one.kind === 'workflow' ? one.runningActions : 1), 0);
  return (
    <SheetFrame
      title={`${what === 'cancel' ? 'Cancel' : 'Delete'} ${many}?`}
      verb={`${what === 'cancel' ? 'Cancel' : 'Delete'} ${noun}`}
      decline={concerned.length === 1 ? 'Keep it' : 'Keep them'}
      danger
      act={
        concerned.length === 0
          ? null
          : () =>
              forEachExecution(
                what,
                concerned.map(({ id }) => id),
              )
      }
    >
      {what === 'cancel' ? (
        <p>
          {concerned.length === 1 ? 'Its tasks end' : 'Their tasks end'} as cancelled, which is not the same as failed,
          and {concerned.length === 1 ? 'it' : 'they'} cannot be resumed.
          {running === 1 && ' One action is still running; its result will no longer count.'}
          {running > 1 && ` ${running} actions are still running; their results will no longer count.`}
        </p>
      ) : (
        <p>
          {concerned.length === 1
            ? 'Its history, its results and its files are'
            : 'Their histories, results and files are'}{' '}
          removed for good.
        </p>
      )}
      {concerned.length > 1 && <List executions={concerned} />}
      {passedOver > 0 && (
        <p className={styles.dim}>
          {passedOver} of those that are selected {passedOver === 1 ? 'has' : 'have'}{' '}
          {what === 'cancel' ? 'ended already' : 'not ended yet'} and {passedOver === 1 ? 'stays' : 'stay'} as{' '}
          {passedOver === 1 ? 'it is' : 'they are'}.
        </p>
      )}
    </SheetFrame>
  );
}

function List({ executions }: { readonly executions: readonly ExecutionSummary[] }) {
  return (
    <ul className={styles.list} aria-label="Executions">
      {executions.slice(0, LISTED).map((execution) => {
        const { glyph, family, word } = looks[lookOf(execution)];
        return (
          <li key={execution.id}>
            <Glyph name={glyph} family={family} still />
            <span className={styles.choiceText}>
              {execution.name} <span className={styles.dim}>{word}</span>
            </span>
            <time>{formatExactTime(execution.createdAt)}</time>
          </li>
        );
      })}
      {executions.length > LISTED && <li className={styles.dim}>and {executions.length - LISTED} more</li>}
    </ul>
  );
}
