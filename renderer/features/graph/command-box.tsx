import styles from './command-box.module.css';
import type { Command } from './graph-model.ts';
import type { Box } from './layout.ts';

/** A command of the engine at the end of a path. */
export function CommandBox({ command, box }: { readonly command: Command; readonly box: Box }) {
  return (
    <span className={styles.box} style={{ left: box.x, top: box.y, width: box.width, height: box.height }}>
      {command}
    </span>
  );
}
