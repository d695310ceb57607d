import styles from './app.module.css';
import { useStore } from './state/store.ts';
import { showPlace } from './state/window-actions.ts';
import type { Place } from './state/window-state.ts';

const places: readonly { readonly place: Place; readonly name: string }[] = [
  { place: 'executions', name: 'Executions' },
  { place: 'library', name: 'Library' },
];

/** The frame of the window: where one can go, and what is there. */
export function App() {
  const here = useStore((state) => state.place);
  return (
    <div className={styles.app}>
      <header className={styles.header}>
        <nav className={styles.places} aria-label="Places">
          {places.map(({ place, name }) => (
            <button
              key={place}
              type="button"
              className={styles.place}
              aria-current={here === place ? 'page' : undefined}
              onClick={() => showPlace(place)}
            >
              {name}
            </button>
          ))}
        </nav>
      </header>
    </div>
  );
}
