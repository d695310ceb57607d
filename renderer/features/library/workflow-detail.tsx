import { Play, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { WorkflowSummary } from '../../../engine/api/resources.ts';
import { loadWorkflowText } from '../../state/library-actions.ts';
import { openRunForm } from '../../state/run-actions.ts';
import type { Loadable } from '../../state/window-state.ts';
import { Button } from '../../ui/button.tsx';
import { moment } from '../../ui/moment.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import { count } from './count.ts';
import { DeleteWorkflow } from './delete-workflow.tsx';
import styles from './detail.module.css';
import { InputTable } from './input-table.tsx';
import { RecentExecutions } from './recent-executions.tsx';

/** One workflow of the library: what it takes, how it went the last times, and its text. */
export function WorkflowDetail({ workflow }: { readonly workflow: WorkflowSummary }) {
  const { name, namespace, description, tags, type, updatedAt } = workflow;
  const text = useText(workflow);
  const [deleting, setDeleting] = useState(false);
  return (
    <article className={styles.detail} aria-label={name}>
      <header className={styles.head}>
        <h1 className={styles.name}>{name}</h1>
        <div className={styles.buttons}>
          <Button icon={<Trash2 aria-hidden="true" />} onClick={() => setDeleting(true)}>
            Delete…
          </Button>
          <Button
            kind="primary"
            icon={<Play aria-hidden="true" />}
            onClick={() => openRunForm({ name, namespace, input: {} })}
          >
            Run…
          </Button>
        </div>
        {description !== '' && <p className={styles.about}>{description}</p>}
        <p className={styles.facts}>
          {[
            type === 'reverse' ? 'Reverse workflow' : 'Direct workflow',
            count(workflow.taskCount, 'task'),
            `updated ${moment(updatedAt)}`,
            ...(namespace === '' ? [] : [`namespace ${namespace}`]),
            ...tags,
          ].join(' · ')}
        </p>
      </header>
      <section className={styles.section} aria-label="Inputs">
        <h2 className={styles.heading}>Inputs</h2>
        <InputTable declarations={workflow.input} />
      </section>
      <section className={styles.section} aria-label="Last executions">
        <h2 className={styles.heading}>Last executions</h2>
        <RecentExecutions workflow={name} />
      </section>
      <section className={styles.section} aria-label="Definition">
        <h2 className={styles.heading}>Definition</h2>
        {text.status === 'failed' && <p className={styles.failure}>{text.message}</p>}
        {text.status === 'loaded' && <YamlText label={`Text of ${name}`} text={text.value} />}
      </section>
      {deleting && <DeleteWorkflow workflow={workflow} onClose={() => setDeleting(false)} />}
    </article>
  );
}

/** The workflow's text, fetched again when it was replaced. */
function useText({ name, namespace, updatedAt }: WorkflowSummary): Loadable<string> {
  const [text, setText] = useState<Loadable<string>>({ status: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another time of update the text is another
  useEffect(() => {
    let current = true;
    void loadWorkflowText({ name, namespace }).then((loaded) => current && setText(loaded));
    return () => {
      current = false;
    };
  }, [name, namespace, updatedAt]);
  return text;
}
