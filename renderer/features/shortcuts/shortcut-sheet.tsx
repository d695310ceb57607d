import { Fragment } from 'react';
import { commandsOf, descriptionOf } from '../../../electron/commands.ts';
import { useStore } from '../../state/store.ts';
import { showShortcuts } from '../../state/window-actions.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { printed } from '../../ui/shortcut.ts';
import styles from './shortcut-sheet.module.css';

type Line = readonly [keys: readonly string[], what: string];

interface Group {
  readonly title: string;
  readonly keys: readonly Line[];
}

/** The commands of these menus, as the menu has them. */
const inMenu = (...menus: readonly Parameters<typeof commandsOf>[0][]): readonly Line[] =>
  menus.flatMap(commandsOf).map((command) => {
    const { key, title } = descriptionOf(command);
    return [command === 'shortcuts' ? ['?', printed(key)] : [printed(key)], title.replace('…', '')];
  });

const groups: readonly Group[] = [
  { title: 'Anywhere', keys: inMenu('file', 'view', 'help') },
  {
    title: 'Execution',
    keys: [
      ...inMenu('execution'),
      [['t'], 'In the events: show the execution as it was there'],
      [['Shift+F10'], 'Everything that can be done with a row'],
      [['Enter'], 'Open the inspector'],
      [['Esc'], 'Back to the tree, close the inspector'],
    ],
  },
  {
    title: 'Tree',
    keys: [
      [['↑', '↓', 'Home', 'End', 'Page Up', 'Page Down'], 'Go from row to row'],
      [['→'], 'Expand a row, then go into its cells'],
      [['←'], 'Collapse a row, then go to its parent'],
      [['Space'], 'Show a row in the inspector'],
      [['Shift+Space', printed('CmdOrCtrl+A')], 'Select an execution, all of them, to cancel or delete'],
      [['1', '…', '9'], 'Expand to this depth'],
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: in a small window it is scrolled, by keyboard too */}
      <section className={styles.sheet} aria-label="All keys" tabIndex={0}>
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
      </section>
    </Dialog>
  );
}
