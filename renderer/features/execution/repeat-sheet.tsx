import { useState } from 'react';
import type { Node, TaskNode, WorkflowNode } from '../../../engine/api/resources.ts';
import { useDefinition } from '../../state/definitions.ts';
import { differencesOf } from '../../state/differences.ts';
import { followersOf } from '../../state/followers.ts';
import { repeatableTasks } from '../../state/node-commands.ts';
import { pathTo } from '../../state/nodes.ts';
import { rerunTask, skipTask } from '../../state/sheets.ts';
import { getState, useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { JsonField } from '../../ui/json/json-field.tsx';
import { DifferenceList } from './difference-list.tsx';
import styles from './sheet.module.css';
import { SheetFrame } from './sheet-frame.tsx';
import { useDictionary } from './use-dictionary.ts';

/** So many failed tasks can be chosen from. */
const MOST_CHOICES = 50;
const MOST_NAMES = 24;

/** Shows what running a failed task again, or skipping it, leads to, and does it. */
export function RepeatSheet({ what, target }: { readonly what: 'rerun' | 'skip'; readonly target: Node }) {
  const watches = useStore((state) => state.watches);
  const [chosen, setChosen] = useState<string | null>(null);
  const choices =
    target.kind === 'task' ? [target] : repeatableTasks({ ...getState(), watches }, target.rootId, MOST_CHOICES);
  const task = choices.find(({ id }) => id === chosen) ?? choices[0];
  const path = task === undefined ? [] : pathTo(getState(), task);
  const workflow = path.at(-2);
  const verb = what === 'rerun' ? 'Rerun' : 'Skip';
  if (task === undefined || workflow?.kind !== 'workflow') {
    return (
      <SheetFrame title={`${verb} ${target.name}`} verb={verb} act={null}>
        <p>{watches.get(target.rootId)?.status === 'loading' ? 'Loading…' : 'Nothing of it can be run again.'}</p>
      </SheetFrame>
    );
  }
  return (
    <Chosen
      key={task.id}
      what={what}
      task={task}
      workflow={workflow}
      around={path.slice(0, -1)}
      choice={
        choices.length > 1 && (
          <fieldset className={styles.choices}>
            <legend>Which of the failed tasks?</legend>
            {choices.map((one) => (
              <label key={one.id} className={styles.choice}>
                <input type="radio" name="task" checked={one.id === task.id} onChange={() => setChosen(one.id)} />
                <span className={styles.choiceText}>
                  {namesOf(pathTo(getState(), one).slice(1))}{' '}
                  <span className={styles.dim}>{one.errorHandled ? 'failed, handled' : one.message}</span>
                </span>
              </label>
            ))}
          </fieldset>
        )
      }
    />
  );
}

interface ChosenProps {
  readonly what: 'rerun' | 'skip';
  readonly task: TaskNode;
  readonly workflow: WorkflowNode;
  /** The nodes from the root down to its workflow execution. */
  readonly around: readonly Node[];
  readonly choice: React.ReactNode;
}

function Chosen({ what, task, workflow, around, choice }: ChosenProps) {
  const definition = useDefinition(workflow, workflow.name);
  const [reset, setReset] = useState(false);
  const [changing, setChanging] = useState(false);
  const env = useDictionary(around[0] ?? workflow, 'env');
  const { items } = task;
  const someFailed = what === 'rerun' && items !== null && items.failed > 0 && items.succeeded > 0;
  const known = definition.status === 'loaded' ? definition.value.workflow : null;
  const followers = known === null ? null : followersOf(known, task.name, what === 'rerun' ? 'SUCCESS' : 'SKIPPED');
  const after = changing && env.status === 'loaded' ? env.after : null;
  const wrong = changing && env.status === 'loaded' && env.after === null;
  const act = () => (what === 'rerun' ? rerunTask(task, !someFailed || reset, after) : skipTask(task));
  return (
    <SheetFrame
      title={what === 'rerun' ? `Rerun ${task.name}` : `Skip ${task.name}?`}
      verb={what === 'rerun' ? 'Rerun' : 'Skip task'}
      act={wrong ? null : act}
    >
      {choice}
      {someFailed && items !== null && (
        <fieldset className={styles.choices}>
          <legend>Which of its items?</legend>
          <label className={styles.choice}>
            <input type="radio" name="items" checked={!reset} onChange={() => setReset(false)} />
            <span>{items.failed === 1 ? 'Only the one that failed' : `Only the ${items.failed} that failed`}</span>
          </label>
          <label className={styles.choice}>
            <input type="radio" name="items" checked={reset} onChange={() => setReset(true)} />
            <span>All {items.total}</span>
          </label>
        </fieldset>
      )}
      <dl className={styles.effects} aria-label="What will happen">
        <dt>{what === 'rerun' ? 'Runs again' : 'Left as it is'}</dt>
        <dd>
          {what === 'rerun'
            ? againInWords(task, someFailed && !reset)
            : `${task.name} becomes Skipped; it is not run again`}
        </dd>
        <dt>May start then</dt>
        <dd>
          {followers === null
            ? definition.status === 'loading'
              ? 'Loading…'
              : 'What its definition says; it cannot be read here.'
            : followers.length === 0
              ? 'Nothing: the workflow ends with it.'
              : listed(followers)}
        </dd>
        <dt>Goes on</dt>
        <dd>{namesOf(around)}</dd>
      </dl>
      {what === 'rerun' &&
        (changing ? (
          env.status === 'loaded' ? (
            <>
              <JsonField label="Environment" text={env.text} error={env.error} onChange={env.setText} />
              {env.after !== null && (
                <DifferenceList differences={differencesOf(env.before, env.after)} none="Nothing is changed yet." />
              )}
            </>
          ) : (
            <p className={styles.dim}>{env.status === 'failed' ? env.message : 'Loading…'}</p>
          )
        ) : (
          <div>
            <Button kind="quiet" onClick={() => setChanging(true)}>
              With another environment…
            </Button>
          </div>
        ))}
    </SheetFrame>
  );
}

function againInWords({ name, runs, type, items }: TaskNode, onlyFailed: boolean): string {
  const what = type === 'WORKFLOW' ? `the workflow ${runs} from its start` : runs;
  if (items === null) return `${name}: ${what}`;
  return `${name}: ${what}, ${onlyFailed ? items.failed : items.total} of ${items.total} items`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function namesOf(path: readonly Node[]): string {
  return path
    .filter(({ kind }) => kind !== 'action')
    .map(({ name }) => name)
    .join(' / ');
}
