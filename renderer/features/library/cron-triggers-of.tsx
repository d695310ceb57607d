import { Plus } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { newCronTrigger } from '../../state/cron-triggers.ts';
import { selectEntryKey } from '../../state/library-actions.ts';
import { cronTriggerKey } from '../../state/library-entries.ts';
import { useStore } from '../../state/store.ts';
import type { WorkflowKey } from '../../state/window-state.ts';
import { Button } from '../../ui/button.tsx';
import { moment } from '../../ui/moment.ts';
import { Last } from './cron-trigger-detail.tsx';
import { DetailSection } from './detail.tsx';
import table from './table.module.css';

/** The cron triggers that start one workflow. */
export function CronTriggersOf({ workflow }: { readonly workflow: WorkflowKey }) {
  const { name, namespace } = workflow;
  const triggers = useStore(
    useShallow(({ cronTriggers }) =>
      cronTriggers.status === 'loaded'
        ? cronTriggers.value.filter((each) => each.workflow === name && each.namespace === namespace)
        : [],
    ),
  );
  return (
    <DetailSection title="Cron triggers">
      {triggers.length > 0 && (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Pattern</th>
              <th scope="col">Next time</th>
              <th scope="col">Last time</th>
            </tr>
          </thead>
          <tbody>
            {triggers.map((trigger) => (
              <tr key={trigger.name}>
                <td>
                  <button
                    type="button"
                    className={table.link}
                    onClick={() => selectEntryKey(cronTriggerKey(trigger.name))}
                  >
                    <span className={table.value}>{trigger.name}</span>
                  </button>
                </td>
                <td>
                  <code>{trigger.pattern}</code>
                </td>
                <td>{trigger.dueAt === null ? 'None' : moment(trigger.dueAt)}</td>
                <td>
                  <Last trigger={trigger} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div>
        <Button icon={<Plus aria-hidden="true" />} onClick={() => newCronTrigger(workflow)}>
          Start it at given times…
        </Button>
      </div>
    </DetailSection>
  );
}
