import type { Settings } from '../../../electron/contract.ts';
import { Field, Select } from '../../ui/field.tsx';
import styles from './settings-dialog.module.css';
import type { SettingsPanel } from './settings-panel.ts';

/** How the application looks, and when it speaks up. */
export function GeneralSettings({ settings, change }: SettingsPanel) {
  return (
    <section className={styles.section}>
      <Field label="Theme">
        {(control) => (
          <Select
            {...control}
            value={settings.theme}
            onChange={(event) => void change({ theme: event.target.value as Settings['theme'] })}
          >
            <option value="system">Like the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </Select>
        )}
      </Field>
      <Field label="When an execution that is not on screen ends or fails">
        {(control) => (
          <Select
            {...control}
            value={settings.notifications ? 'notify' : 'silent'}
            onChange={(event) => void change({ notifications: event.target.value === 'notify' })}
          >
            <option value="notify">Show a notification</option>
            <option value="silent">Stay silent</option>
          </Select>
        )}
      </Field>
    </section>
  );
}
