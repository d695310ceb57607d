import { Pencil } from 'lucide-react';
import type { CronTrigger } from '../../../engine/api/resources.ts';
import { decodeJson, encodeJson, type JsonObject } from '../../../engine/model/json.ts';
import { toJsonText } from '../../../engine/model/json-text.ts';
import { editCronTrigger, enableCronTrigger } from '../../state/cron-triggers.ts';
import { goToExecution } from '../../state/execution-actions.ts';
import { selectEntry } from '../../state/library-actions.ts';
import { Button } from '../../ui/button.tsx';
import { JsonView } from '../../ui/json/json-view.tsx';
import { formatMomentIn, moment } from '../../ui/moment.ts';
import { DeleteDefinition } from './delete-definition.tsx';
import styles from './detail.module.css';
import { Detail, DetailSection } from './detail.tsx';
import table from './table.module.css';

/** What starts a workflow at given times: when, with what, and what came of it the last time. */
export function CronTriggerDetail({ trigger }: { readonly trigger: CronTrigger }) {
  const { name, workflow, namespace, pattern, timeZone, input, isEnabled, dueAt, missed, remaining } = trigger;
  return (
    <Detail
      name={name}
      facts={['Cron trigger', isEnabled ? 'switched on' : 'switched off']}
      buttons={
        <>
          <DeleteDefinition
            definition={{ kind: 'cronTrigger', name, namespace: '' }}
            consequence={`It does not start ${workflow} any more. What it has started stays.`}
            workflows={[]}
          />
          <Button onClick={() => void enableCronTrigger(trigger, !isEnabled)}>
            {isEnabled ? 'Switch off' : 'Switch on'}
          </Button>
          <Button kind="primary" icon={<Pencil aria-hidden="true" />} onClick={() => editCronTrigger(trigger)}>
            Change…
          </Button>
        </>
      }
    >
      <DetailSection title="When">
        <table className={table.table}>
          <tbody>
            <tr>
              <th scope="row">Starts</th>
              <td>
                <button
                  type="button"
                  className={table.link}
                  onClick={() => selectEntry({ kind: 'workflow', name: workflow, namespace })}
                >
                  <span className={table.value}>{workflow}</span>
                </button>
              </td>
            </tr>
            <tr>
              <th scope="row">Pattern</th>
              <td>
                <code>{pattern}</code>
              </td>
            </tr>
            <tr>
              <th scope="row">Time zone</th>
              <td>{timeZone ?? 'that of this computer'}</td>
            </tr>
            <tr>
              <th scope="row">Next time</th>
              <td>{dueAt === null ? 'None' : formatMomentIn(dueAt, timeZone ?? LOCAL)}</td>
            </tr>
            <tr>
              <th scope="row">Last time</th>
              <td>
                <Last trigger={trigger} />
              </td>
            </tr>
            <tr>
              <th scope="row">When times are missed</th>
              <td>{missed === 'skip' ? 'they are skipped' : 'it starts once for all of them'}</td>
            </tr>
            <tr>
              <th scope="row">Executions left</th>
              <td>{remaining ?? 'without end'}</td>
            </tr>
          </tbody>
        </table>
      </DetailSection>
      <DetailSection title="Input">
        {Object.keys(input).length === 0 ? (
          <p className={styles.nothing}>That which the workflow has by itself.</p>
        ) : (
          <JsonView label="Input" text={toJsonText(decodeJson(encodeJson(input)) as JsonObject)} />
        )}
      </DetailSection>
    </Detail>
  );
}

const LOCAL = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What came of it the last time, with the way to what it started. */
export function Last({ trigger: { last } }: { readonly trigger: CronTrigger }) {
  if (last === null) return <span className={table.dim}>Not yet</span>;
  switch (last.type) {
    case 'started':
      return (
        <button type="button" className={table.link} onClick={() => void goToExecution(last.executionId)}>
          <span className={table.value}>started {moment(last.at)}</span>
        </button>
      );
    case 'refused':
      return (
        <span className={styles.failure}>
          {moment(last.at)}: {last.reason}
        </span>
      );
    case 'missed':
      return `missed ${moment(last.at)}`;
  }
}
