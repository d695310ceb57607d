import { FileUp } from 'lucide-react';
import { newDocument, openYaml } from '../../state/document-actions.ts';
import { Button } from '../../ui/button.tsx';
import styles from './no-workflows.module.css';

/** The library of somebody who has just come. */
export function NoWorkflows() {
  return (
    <div className={styles.empty}>
      <div className={styles.place}>
        <FileUp aria-hidden="true" />
        <h1 className={styles.title}>Drop a YAML file here</h1>
        <p>It is checked first, and stored only when it can be run.</p>
        <Button kind="primary" onClick={() => void openYaml()}>
          Choose a file…
        </Button>
        <Button onClick={() => newDocument('workflow')}>Write one from a template</Button>
        <p>Or run one of the samples on the left. They need no network.</p>
      </div>
    </div>
  );
}
