import type { WorkflowSummary } from '../../../engine/api/resources.ts';
import { useStore } from '../../state/store.ts';
import { moment } from '../../ui/moment.ts';
import { count } from './count.ts';
import styles from './table.module.css';

/** The workflows of a checked text, and which of them take the place of one that is there. */
export function WhatWillBeStored({ workflows }: { readonly workflows: readonly WorkflowSummary[] }) {
  const library = useStore((state) => state.workflows);
  const known = library.status === 'loaded' ? library.value : [];
  if (workflows.length === 0) return null;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Workflow</th>
          <th scope="col">What happens</th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => {
          const before = known.find(
            ({ name, namespace }) => name === workflow.name && namespace === workflow.namespace,
          );
          return (
            <tr key={workflow.name}>
              <th scope="row">
                {workflow.name} <span className={styles.dim}>{count(workflow.taskCount, 'task')}</span>
              </th>
              <td>{before === undefined ? 'is added' : `replaces the one of ${moment(before.updatedAt)}`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
