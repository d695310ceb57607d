import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from './icon-button.tsx';
import styles from './search-field.module.css';

interface SearchFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The arrow down was pressed: the person wants to go to what was found. */
  readonly onDown?: () => void;
  /** Enter was pressed; with Shift `back`. */
  readonly onEnter?: (back: boolean) => void;
}

/** A field that narrows what is shown beside it. Escape empties it. */
export function SearchField({ label, text, onChange, onDown, onEnter }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.frame}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="text"
        className={styles.input}
        aria-label={label}
        placeholder={label}
        data-filter
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') onChange('');
          else if (event.key === 'ArrowDown' && onDown !== undefined) onDown();
          else if (event.key === 'Enter' && onEnter !== undefined) onEnter(event.shiftKey);
          else return;
          event.preventDefault();
        }}
      />
      {text !== '' && (
        <IconButton
          label="Show all"
          shortcut="Esc"
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <X aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
