import type { Node } from '../../../engine/api/resources.ts';
import { differencesOf } from '../../state/differences.ts';
import { resumeWith, startAgain } from '../../state/sheets.ts';
import { JsonField } from '../../ui/json/json-field.tsx';
import { DifferenceList } from './difference-list.tsx';
import styles from './sheet.module.css';
import { SheetFrame } from './sheet-frame.tsx';
import { type DictionaryDraft, useDictionary } from './use-dictionary.ts';

/** Resumes a paused execution with some variables of its environment changed. */
export function ResumeSheet({ root }: { readonly root: Node }) {
  const draft = useDictionary(root, 'env');
  return (
    <SheetFrame
      title={`Resume ${root.name}`}
      verb="Resume"
      width="wide"
      act={actOn(draft, (env) => resumeWith(root.id, env))}
    >
      <p>What starts after the resume sees the changed environment. What has run already is not run again.</p>
      <Draft label="Environment" draft={draft} none="The environment stays as it is." />
    </SheetFrame>
  );
}

/** Starts the workflow of an execution again, with its input or with some of it changed. */
export function AgainSheet({ root }: { readonly root: Node }) {
  const draft = useDictionary(root, 'input');
  return (
    <SheetFrame
      title={`Run ${root.name} again`}
      verb="Run"
      width="wide"
      act={actOn(draft, (input) => startAgain(root, input))}
    >
      <p>
        A new execution of {root.name}, as the library has it now, starts from the beginning, in the same environment.
        This one stays as it is.
      </p>
      <Draft label="Input" draft={draft} none="With the same input as before." />
    </SheetFrame>
  );
}

function Draft({
  label,
  draft,
  none,
}: {
  readonly label: string;
  readonly draft: DictionaryDraft;
  readonly none: string;
}) {
  if (draft.status !== 'loaded')
    return <p className={styles.dim}>{draft.status === 'failed' ? draft.message : 'Loading…'}</p>;
  return (
    <>
      <JsonField label={label} text={draft.text} error={draft.error} onChange={draft.setText} />
      {draft.after !== null && <DifferenceList differences={differencesOf(draft.before, draft.after)} none={none} />}
    </>
  );
}

function actOn(
  draft: DictionaryDraft,
  act: (value: NonNullable<Extract<DictionaryDraft, { status: 'loaded' }>['after']>) => Promise<string | null>,
): (() => Promise<string | null>) | null {
  if (draft.status !== 'loaded' || draft.after === null) return null;
  const { after } = draft;
  return () => act(after);
}
