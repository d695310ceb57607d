import type { ReactNode } from 'react';
import styles from './detail.module.css';

interface DetailProps {
  readonly name: string;
  /** What its author says of it; empty when nothing. */
  readonly description?: string;
  /** What kind of thing it is, and what else fits into a line. */
  readonly facts: readonly string[];
  readonly buttons: ReactNode;
  readonly children: ReactNode;
}

/** What the library shows of one thing: its name, what can be done with it, and sections below. */
export function Detail({ name, description = '', facts, buttons, children }: DetailProps) {
  return (
    <article className={styles.detail} aria-label={name}>
      <header className={styles.head}>
        <h1 className={styles.name}>{name}</h1>
        <div className={styles.buttons}>{buttons}</div>
        {description !== '' && <p className={styles.about}>{description}</p>}
        <p className={styles.facts}>{facts.join(' · ')}</p>
      </header>
      {children}
    </article>
  );
}

interface DetailSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function DetailSection({ title, children }: DetailSectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}
