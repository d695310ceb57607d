import { Field, Select } from '../../ui/field.tsx';
import { LimitField } from './limit-field.tsx';
import styles from './settings-dialog.module.css';
import type { SettingsPanel } from './settings-panel.ts';

/** How many actions run at once, and what they may reach. */
export function ActionSettings({ settings, change }: SettingsPanel) {
  return (
    <section className={styles.section}>
      <LimitField
        label="Run at most so many actions at once"
        hint="Empty: twice as many as this machine has cores. The others wait for a place; what only waits takes none."
        value={settings.actionsAtOnce}
        most={1000}
        onChange={(actionsAtOnce) => void change({ actionsAtOnce })}
      />
      <Field
        label="Requests to this machine itself"
        hint="Mistral's server refuses HTTP requests to loopback and link-local addresses. Here only workflows that you have allowed run, so they may unless you say otherwise."
      >
        {(control) => (
          <Select
            {...control}
            value={settings.refusesLocalAddresses ? 'refused' : 'allowed'}
            onChange={(event) => void change({ refusesLocalAddresses: event.target.value === 'refused' })}
          >
            <option value="allowed">Allowed</option>
            <option value="refused">Refused, as on a server</option>
          </Select>
        )}
      </Field>
    </section>
  );
}
