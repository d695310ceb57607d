import { shownEntry } from '../../state/library-entries.ts';
import { useStore } from '../../state/store.ts';
import { resizePane } from '../../state/window-actions.ts';
import { Splitter } from '../../ui/splitter.tsx';
import styles from './library.module.css';
import { LibraryList } from './library-list.tsx';
import { NoWorkflows } from './no-workflows.tsx';
import { OpenedFile } from './opened-file.tsx';
import { SampleDetail } from './sample-detail.tsx';
import { UnreadableFile } from './unreadable-file.tsx';
import { WorkflowDetail } from './workflow-detail.tsx';

/** Widths in pixels. */
const LIST = { initial: 340, min: 220, max: 640 };

/** What can be run: the person's workflows and the samples, and the one that is selected. A file that came goes first. */
export function Library() {
  const file = useStore((state) => state.files[0]);
  switch (file?.type) {
    case 'opened':
      // Of the next file nothing is known yet, so nothing of this one is kept.
      return <OpenedFile key={`${file.name} ${file.text.length}`} file={file} />;
    case 'unreadable':
      return <UnreadableFile file={file} />;
    case undefined:
      return <Browser />;
  }
}

function Browser() {
  const workflows = useStore((state) => state.workflows);
  const samples = useStore((state) => state.samples);
  const selectedWorkflow = useStore((state) => state.selectedWorkflow);
  const selectedSample = useStore((state) => state.selectedSample);
  const shown = shownEntry({ workflows, samples, selectedWorkflow, selectedSample });
  const width = useStore((state) => state.paneSizes.get('library') ?? LIST.initial);
  return (
    <main className={styles.library}>
      <div className={styles.list} style={{ width }}>
        <LibraryList shown={shown} />
      </div>
      <Splitter
        label="Width of the list"
        size={width}
        {...LIST}
        before
        onResize={(size) => resizePane('library', size)}
      />
      <div className={styles.detail}>
        {shown?.type === 'workflow' && <WorkflowDetail key={shown.key} workflow={shown.workflow} />}
        {shown?.type === 'sample' && <SampleDetail key={shown.key} sample={shown.sample} />}
        {shown === null && workflows.status === 'loaded' && <NoWorkflows />}
      </div>
    </main>
  );
}
