import { nodeOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import { CompleteSheet } from './complete-sheet.tsx';
import { EndSheet } from './end-sheet.tsx';
import { RepeatSheet } from './repeat-sheet.tsx';
import { AgainSheet, ResumeSheet } from './start-sheets.tsx';

/** What is shown and asked before it is done to an execution, a task or an action. */
export function Sheets() {
  const sheet = useStore((state) => state.sheet);
  const target = useStore(({ sheet: open, ...state }) =>
    open === null || !('target' in open) ? null : nodeOf(state, open.target),
  );
  if (sheet === null) return null;
  if (sheet.type === 'cancel' || sheet.type === 'delete') return <EndSheet what={sheet.type} ids={sheet.ids} />;
  if (target === null) return null;
  switch (sheet.type) {
    case 'rerun':
    case 'skip':
      return <RepeatSheet what={sheet.type} target={target} />;
    case 'resumeWith':
      return <ResumeSheet root={target} />;
    case 'runAgain':
      return <AgainSheet root={target} />;
    case 'complete':
      return <CompleteSheet action={target} state={sheet.state} />;
  }
}
