import { Ellipsis, ListFilter, LocateFixed } from 'lucide-react';
import { useState } from 'react';
import { descriptionOf } from '../../../electron/commands.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { obeyRow } from '../../state/commands.ts';
import { showAlone } from '../../state/execution-actions.ts';
import { toggleFollowing } from '../../state/follow.ts';
import { commandLooks, commandsFor, type NodeCommand } from '../../state/node-commands.ts';
import { nodeOf, rollupOf } from '../../state/nodes.ts';
import { useNowIn } from '../../state/past.ts';
import { countsBelow } from '../../state/state-counts.ts';
import { isUnderWay, lookOf, looks, stateInWords } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { keyOf } from '../../state/window-commands.ts';
import { Button } from '../../ui/button.tsx';
import { CommandIcon } from '../../ui/command-icon.tsx';
import { formatDuration, formatSeconds } from '../../ui/duration.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuPlace } from '../../ui/menu.tsx';
import { printed } from '../../ui/shortcut.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './execution-header.module.css';

/** What there is a button for; everything else is in the menu beside them. */
const buttons: readonly NodeCommand[] = ['pause', 'resume', 'rerun', 'completeAction', 'cancel'];

/**
 * The execution that all panes show, as a whole: its name, its state, how its tasks stand, how long it takes, and what
 * can be asked of it. Nothing while no execution is selected or shown alone.
 */
export function ExecutionHeader() {
  const root = useStore((state) => {
    const rootId = state.selected?.rootId ?? state.opened;
    return rootId === null ? null : nodeOf(state, { rootId, id: rootId });
  });
  if (root === null) return null;
  return (
    <section className={styles.header} aria-label="Selected execution">
      <div className={styles.headline}>
        <h1 className={styles.name} title={root.name}>
          {root.name}
        </h1>
        {root.kind === 'workflow' && root.description !== '' && (
          <p className={styles.description} title={root.description}>
            {root.description}
          </p>
        )}
      </div>
      <div className={styles.state}>
        <StateMark {...looks[lookOf(root)]} word={stateInWords(root)} />
        <Elapsed node={root} />
        <Counts root={root} />
      </div>
      <Controls root={root} />
    </section>
  );
}

function Elapsed({ node }: { readonly node: Node }) {
  const goesOn = node.finishedAt === null && isUnderWay(node);
  const now = useNowIn(node.rootId, goesOn);
  if (node.startedAt === null || (node.finishedAt === null && !goesOn)) return null;
  return (
    <span className={styles.elapsed} title="Elapsed">
      {node.finishedAt === null
        ? formatSeconds(now - node.startedAt)
        : formatDuration(node.finishedAt - node.startedAt)}
    </span>
  );
}

/** How many tasks are in which state, at any depth. */
function Counts({ root }: { readonly root: Node }) {
  const rollup = useStore((state) => rollupOf(state, root));
  const counts = countsBelow(root, rollup);
  if (counts.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label="Tasks by state">
      {counts.map(({ look, count }) => (
        <li key={look} title={`${count} ${looks[look].word.toLowerCase()}`}>
          <Glyph name={looks[look].glyph} family={looks[look].family} still />
          {count.toLocaleString('en')}
          <span className="visually-hidden"> {looks[look].word.toLowerCase()}</span>
        </li>
      ))}
    </ul>
  );
}

function Controls({ root }: { readonly root: Node }) {
  const pending = useStore((state) => state.commands.get(root.id));
  const possible = useStore((state) => commandsFor(state, root).join(' '));
  const following = useStore((state) => state.following);
  const alone = useStore((state) => state.opened !== null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const commands = possible === '' ? [] : (possible.split(' ') as NodeCommand[]);
  // Of what has ended well or was cancelled, another one like it is what one may want.
  const isShown = (what: NodeCommand) =>
    buttons.includes(what) || (what === 'runAgain' && !commands.some((other) => buttons.includes(other)));
  const shown = commands.filter(isShown);
  const rest = commands.filter((what) => !isShown(what));
  return (
    <span className={styles.controls}>
      {shown.map((what) => (
        <Button
          key={what === 'resume' ? 'pause' : what}
          kind={what === 'cancel' ? 'danger' : what === 'pause' || what === 'runAgain' ? 'plain' : 'primary'}
          icon={<CommandIcon name={commandLooks[what].icon} />}
          {...((what === 'pause' || what === 'resume') && { title: printed(keyOf('togglePause')) })}
          busy={pending !== undefined && (what === 'pause' || what === 'resume')}
          onClick={() => obeyRow(what, root)}
        >
          {pending === what ? (what === 'pause' ? 'Pausing…' : 'Resuming…') : commandLooks[what].title.replace('…', '')}
        </Button>
      ))}
      {root.kind === 'workflow' && isUnderWay(root) && (
        <IconButton
          label={descriptionOf('follow').title}
          shortcut={keyOf('follow')}
          aria-pressed={following}
          onClick={toggleFollowing}
        >
          <LocateFixed aria-hidden="true" />
        </IconButton>
      )}
      {root.kind === 'workflow' && (
        <IconButton
          label="Show this execution alone"
          shortcut={keyOf('toggleAlone')}
          aria-pressed={alone}
          onClick={() => showAlone(alone ? null : root.id)}
        >
          <ListFilter aria-hidden="true" />
        </IconButton>
      )}
      {rest.length > 0 && (
        <IconButton
          label="More commands"
          aria-haspopup="menu"
          aria-expanded={menu !== null}
          onClick={(event) => {
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            setMenu({ left, top: bottom + 4 });
          }}
        >
          <Ellipsis aria-hidden="true" />
        </IconButton>
      )}
      {menu !== null && (
        <Menu
          label={`Commands for ${root.name}`}
          place={menu}
          items={rest.map((what) => ({
            id: what,
            title: commandLooks[what].title,
            icon: <CommandIcon name={commandLooks[what].icon} />,
            danger: what === 'delete',
          }))}
          onPick={(what) => obeyRow(what as NodeCommand, root)}
          onClose={() => setMenu(null)}
        />
      )}
    </span>
  );
}
