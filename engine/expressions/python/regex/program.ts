import type { CodeTest, Node, ParsedPattern, PlaceTest, RepeatMode } from './syntax.ts';

/** A pattern as steps for the matcher. Places in the program are indexes of instructions. */
type Instruction = Step | Part | { readonly type: 'match' };

export type Step =
  | { readonly type: 'set'; readonly test: CodeTest }
  | Run
  | { readonly type: 'split'; readonly first: number; readonly second: number }
  | { readonly type: 'jump'; readonly to: number }
  | { readonly type: 'save'; readonly slot: number }
  | { readonly type: 'loop-start'; readonly register: number }
  | Loop
  | { readonly type: 'backreference'; readonly index: number; readonly ignoreCase: boolean }
  | { readonly type: 'assertion'; readonly test: PlaceTest }
  | { readonly type: 'condition'; readonly group: number; readonly no: number };

/** Any number of one set's characters in a row: by far the most common repetition. */
export interface Run {
  readonly type: 'run';
  readonly test: CodeTest;
  readonly min: number;
  readonly max: number;
  readonly mode: RepeatMode;
}

export interface Loop {
  readonly type: 'loop';
  /** Holds how often the body has matched; the next one holds where it began last. */
  readonly register: number;
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
  /** Where to go on when it has matched often enough; the body is right behind the loop. */
  readonly after: number;
}

/** What is matched by itself; the program goes on behind it. */
export interface Part {
  readonly type: 'part';
  readonly kind: 'look' | 'not-look' | 'atomic';
  /** How far before the place it begins. */
  readonly back: number;
  readonly after: number;
}

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly groups: number;
  readonly registers: number;
}

export function compilePattern(pattern: ParsedPattern): Program {
  const compiler = new Compiler();
  compiler.node(pattern.node);
  compiler.instructions.push({ type: 'match' });
  return { instructions: compiler.instructions, groups: pattern.groups, registers: compiler.registers };
}

class Compiler {
  readonly instructions: Instruction[] = [];
  registers = 0;

  node(node: Node): void {
    const { instructions } = this;
    switch (node.type) {
      case 'set':
      case 'backreference':
      case 'assertion':
        instructions.push(node);
        return;
      case 'sequence':
        for (const item of node.items) this.node(item);
        return;
      case 'alternatives':
        this.alternatives(node.items);
        return;
      case 'group':
        instructions.push({ type: 'save', slot: node.index * 2 });
        this.node(node.node);
        instructions.push({ type: 'save', slot: node.index * 2 + 1 });
        return;
      case 'repeat':
        this.repeat(node.node, node.min, node.max, node.mode);
        return;
      case 'look':
        this.part(node.negative ? 'not-look' : 'look', node.back, node.node);
        return;
      case 'atomic':
        this.part('atomic', 0, node.node);
        return;
      case 'condition':
        this.condition(node.group, node.yes, node.no);
        return;
    }
  }

  private alternatives(items: readonly Node[]): void {
    const ends: number[] = [];
    for (const [index, item] of items.entries()) {
      if (index === items.length - 1) {
        this.node(item);
        break;
      }
      const split = this.reserve();
      this.node(item);
      ends.push(this.reserve());
      this.instructions[split] = { type: 'split', first: split + 1, second: this.instructions.length };
    }
    for (const end of ends) this.instructions[end] = { type: 'jump', to: this.instructions.length };
  }

  private repeat(node: Node, min: number, max: number, mode: RepeatMode): void {
    if (node.type === 'set') {
      this.instructions.push({ type: 'run', test: node.test, min, max, mode });
      return;
    }
    if (mode === 'possessive') {
      this.part('atomic', 0, { type: 'repeat', node, min, max, mode: 'greedy' });
      return;
    }
    const register = this.registers;
    this.registers += 2;
    this.instructions.push({ type: 'loop-start', register });
    const loop = this.reserve();
    this.node(node);
    this.instructions.push({ type: 'jump', to: loop });
    const after = this.instructions.length;
    this.instructions[loop] = { type: 'loop', register, min, max, lazy: mode === 'lazy', after };
  }

  private part(kind: 'look' | 'not-look' | 'atomic', back: number, node: Node): void {
    const start = this.reserve();
    this.node(node);
    this.instructions.push({ type: 'match' });
    this.instructions[start] = { type: 'part', kind, back, after: this.instructions.length };
  }

  private condition(group: number, yes: Node, no: Node): void {
    const start = this.reserve();
    this.node(yes);
    const end = this.reserve();
    this.instructions[start] = { type: 'condition', group, no: this.instructions.length };
    this.node(no);
    this.instructions[end] = { type: 'jump', to: this.instructions.length };
  }

  private reserve(): number {
    return this.instructions.push({ type: 'match' }) - 1;
  }
}
