import type { GraphOf } from '../../state/graph-of.ts';
import { entriesOf, shownEntry } from '../../state/library-entries.ts';
import { useStore } from '../../state/store.ts';
import { resizePane } from '../../state/window-actions.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { ActionDetail } from './action-detail.tsx';
import { CronTriggerDetail } from './cron-trigger-detail.tsx';
import { EnvironmentDetail } from './environment-detail.tsx';
import styles from './library.module.css';
import { LibraryList } from './library-list.tsx';
import { NoWorkflows } from './no-workflows.tsx';
import { OwnActionDetail } from './own-action-detail.tsx';
import { SampleDetail } from './sample-detail.tsx';
import { WorkbookDetail } from './workbook-detail.tsx';
import { WorkflowDetail } from './workflow-detail.tsx';

/** Widths in pixels. */
const LIST = { initial: 340, min: 220, max: 640 };

interface LibraryProps {
  readonly graph: GraphOf;
}

/** What can be run and what it needs: workflows, workbooks, ad-hoc actions, environments, cron triggers and samples, and the one that is selected. */
export function Library({ graph }: LibraryProps) {
  const workflows = useStore((state) => state.workflows);
  const workbooks = useStore((state) => state.workbooks);
  const actions = useStore((state) => state.actions);
  const environments = useStore((state) => state.environments);
  const cronTriggers = useStore((state) => state.cronTriggers);
  const samples = useStore((state) => state.samples);
  const selectedEntry = useStore((state) => state.selectedEntry);
  const library = { workflows, workbooks, actions, environments, cronTriggers, samples, selectedEntry };
  const shown = shownEntry(library);
  const width = useStore((state) => state.paneSizes.get('library') ?? LIST.initial);
  return (
    <main className={styles.library}>
      <div className={styles.list} style={{ width }}>
        <LibraryList entries={entriesOf(library)} shown={shown} />
      </div>
      <Splitter
        label="Width of the list"
        size={width}
        {...LIST}
        before
        onResize={(size) => resizePane('library', size)}
      />
      <div className={styles.detail}>
        {shown?.type === 'workflow' && <WorkflowDetail key={shown.key} workflow={shown.workflow} graph={graph} />}
        {shown?.type === 'workbook' && <WorkbookDetail key={shown.key} workbook={shown.workbook} />}
        {shown?.type === 'action' && <ActionDetail key={shown.key} action={shown.action} />}
        {shown?.type === 'own' && <OwnActionDetail key={shown.key} action={shown.action} />}
        {shown?.type === 'environment' && <EnvironmentDetail key={shown.key} environment={shown.environment} />}
        {shown?.type === 'cronTrigger' && <CronTriggerDetail key={shown.key} trigger={shown.cronTrigger} />}
        {shown?.type === 'sample' && <SampleDetail key={shown.key} sample={shown.sample} graph={graph} />}
        {shown === null && workflows.status === 'loaded' && <NoWorkflows />}
      </div>
    </main>
  );
}
