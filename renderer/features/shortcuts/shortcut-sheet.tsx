import { Fragment } from 'react';
import { useStore } from '../../state/store.ts';
import { showShortcuts } from '../../state/window-actions.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { shortcut } from '../../ui/shortcut.ts';
import styles from './shortcut-sheet.module.css';

interface Group {
  readonly title: string;
  readonly keys: readonly (readonly [keys: readonly string[], what: string])[];
}

const groups: readonly Group[] = [
  {
    title: 'Anywhere',
    keys: [
      [[shortcut('1')], 'Library'],
      [[shortcut('2')], 'Executions'],
      [[shortcut('3')], 'Editor'],
      [[shortcut('4')], 'Expressions'],
      [[shortcut('O')], 'Open a workflow file'],
      [[shortcut('F')], 'Filter'],
      [['?', shortcut('/')], 'This sheet'],
    ],
  },
  {
    title: 'Execution',
    keys: [
      [[shortcut('.')], 'Pause or resume'],
      [['f'], 'Follow what runs'],
      [['o'], 'Show one execution alone, with a filter; or all again'],
      [['Shift+F10'], 'Everything that can be done with a row'],
      [['Enter'], 'Open the inspector'],
      [['g'], 'Show or hide the graph and the other views'],
      [['Esc'], 'Back to the tree, close the inspector'],
    ],
  },
  {
    title: 'Tree',
    keys: [
      [['↑', '↓', 'Home', 'End', 'Page Up', 'Page Down'], 'Go from row to row'],
      [['→'], 'Open a row, then go into its cells'],
      [['←'], 'Close a row, then go to its parent'],
      [['Space'], 'Show a row in the inspector'],
      [['Shift+Space', shortcut('A')], 'Select an execution, all of them, to cancel or delete'],
      [['e', 'w'], 'Open, close everything in this execution'],
      [['1', '…', '9'], 'Open to this depth'],
      [['n', 'N'], 'Next, previous failed'],
      [['[', ']'], 'Older, newer execution of this workflow'],
    ],
  },
  {
    title: 'Timeline',
    keys: [
      [['↑', '↓', 'Home', 'End', 'Page Up', 'Page Down'], 'Go from bar to bar'],
      [['←', '→'], 'Look at earlier, later'],
      [['+', '-'], 'Zoom in, out (also with the wheel over the times)'],
      [['0'], 'Show all of it'],
    ],
  },
];

export function ShortcutSheet() {
  const shown = useStore((state) => state.shortcutsShown);
  if (!shown) return null;
  return (
    <Dialog title="Keyboard shortcuts" width="wide" onClose={() => showShortcuts(false)}>
      <div className={styles.sheet}>
        {groups.map(({ title, keys }) => (
          <section key={title} className={styles.group}>
            <h3>{title}</h3>
            <dl className={styles.keys}>
              {keys.map(([names, what]) => (
                <Fragment key={what}>
                  <dt>
                    {names.map((name) => (
                      <kbd key={name} className={styles.key}>
                        {name}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
