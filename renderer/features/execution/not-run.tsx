import type { WorkflowNode } from '../../../engine/api/resources.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { useDefinition } from '../../state/definitions.ts';
import { showTask } from '../../state/execution-actions.ts';
import { startersOf } from '../../state/starters.ts';
import { looks } from '../../state/state-look.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import blockers from './blockers.module.css';
import { TaskDefinition } from './definition-section.tsx';
import styles from './inspector.module.css';

interface NotRunProps {
  readonly workflow: WorkflowNode;
  readonly name: string;
}

/** A task that has not come to be: what would start it, and how it is defined. */
export function NotRun({ workflow, name }: NotRunProps) {
  const definition = useDefinition(workflow, workflow.name);
  const known = definition.status === 'loaded' ? definition.value.workflow : null;
  const starters = known === null ? [] : startersOf(known, name);
  return (
    <>
      <div className={styles.nodeTitle}>
        <h2 className={styles.title}>{name}</h2>
        <StateMark {...looks.IDLE} />
      </div>
      <div className={styles.reason} data-family="inert">
        <div className={styles.reasonText}>
          {isCompleted(workflow.state) ? (
            <p>It was never started, and the workflow has ended.</p>
          ) : starters.length === 0 ? (
            <p>It starts with the workflow.</p>
          ) : (
            <p>It starts after:</p>
          )}
          <ul className={blockers.blockers} aria-label="Starts after">
            {starters.map(({ from, when }) => (
              <li key={`${from} ${when}`}>
                <button type="button" className={blockers.blocker} onClick={() => showTask(workflow, from)}>
                  <span className={blockers.name}>{from}</span>
                  <span className={blockers.state}>{when}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <section className={styles.section} aria-label="Definition">
        <div className={styles.sectionBody}>
          <TaskDefinition workflow={workflow} name={name} />
        </div>
      </section>
    </>
  );
}
