import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './inspector.module.css';

interface SectionProps {
  readonly title: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly children: ReactNode;
}

/** A part of the inspector under its title. What is in it is there only while it is open. */
export function Section({ title, open, onToggle, children }: SectionProps) {
  const bodyId = useId();
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionHead}>
        <button
          type="button"
          className={styles.disclosure}
          aria-expanded={open}
          aria-controls={open ? bodyId : undefined}
          onClick={() => onToggle(!open)}
        >
          <ChevronRight aria-hidden="true" />
          {title}
        </button>
      </h3>
      {open && (
        <div id={bodyId} className={styles.sectionBody}>
          {children}
        </div>
      )}
    </section>
  );
}
