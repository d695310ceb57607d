import { LIMITS, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { lowerCode } from './code-tests.ts';
import type { Loop, Part, Program, Run, Step } from './program.ts';

/** A way to match that was left for later, and how much had been changed by then. */
interface Way {
  /** Go on there; begin another round of a lazy loop; give back a character of a run; take one more for a run. */
  readonly kind: 'go' | 'round' | 'give' | 'take';
  readonly pc: number;
  readonly place: number;
  readonly mark: number;
  /** For a run the last place to try, for a loop its register. */
  readonly limit: number;
}

type Ways = Way[];

interface Change {
  readonly values: number[];
  readonly index: number;
  readonly value: number;
}

/** Where the whole and its groups begin and end, two places each; -1 where a group took no part. */
export type Slots = readonly number[];

/**
 * Runs a pattern's program over a text. It backtracks as Python does, so it finds what Python finds, but on a stack
 * of its own and within the budget: a pattern that would backtrack for ever ends in an error.
 */
export class Matcher {
  private readonly program: Program;
  private readonly text: Uint32Array;
  private readonly slots: number[];
  private readonly registers: number[];
  /** What backtracking undoes. */
  private readonly trail: Change[] = [];
  private steps = 0;

  constructor(program: Program, text: Uint32Array) {
    this.program = program;
    this.text = text;
    this.slots = new Array<number>((program.groups + 1) * 2).fill(-1);
    this.registers = new Array<number>(program.registers).fill(0);
  }

  /**
   * The first match that begins at or behind the place.
   * @param mustAdvance whether an empty match at that very place does not count
   */
  search(from: number, mustAdvance: boolean): Slots | null {
    for (let start = from; start <= this.text.length; start++) {
      const found = this.matchAt(start, mustAdvance && start === from ? from : -1);
      if (found !== null) return found;
    }
    return null;
  }

  /** @param forbiddenEnd where the match must not end */
  matchAt(start: number, forbiddenEnd = -1): Slots | null {
    this.slots.fill(-1);
    this.trail.length = 0;
    const end = this.run(0, start, forbiddenEnd);
    if (end === -1) return null;
    const slots = [...this.slots];
    slots[0] = start;
    slots[1] = end;
    return slots;
  }

  /** From an instruction at a place to the next `match`: where that is in the text, or -1. */
  private run(instruction: number, start: number, forbiddenEnd: number): number {
    const ways: Ways = [];
    let pc = instruction;
    let place = start;
    for (;;) {
      this.pay(ways);
      const step = this.program.instructions[pc];
      if (step === undefined || step.type === 'match') {
        if (place !== forbiddenEnd) return place;
        place = -1;
      } else if (step.type === 'part') {
        place = this.part(step, pc + 1, place);
        pc = step.after;
      } else {
        [pc, place] = this.step(step, pc, place, ways);
      }
      if (place >= 0) continue;
      const way = this.resume(ways);
      if (way === null) return -1;
      [pc, place] = way;
    }
  }

  /** One instruction: where to go on in the program and in the text; a place of -1 is a failure. */
  private step(step: Step, pc: number, place: number, ways: Ways): readonly [pc: number, place: number] {
    const { text, trail } = this;
    switch (step.type) {
      case 'set':
        return [pc + 1, place < text.length && step.test(text[place] as number) ? place + 1 : -1];
      case 'run':
        return [pc + 1, this.takeRun(step, pc, place, ways)];
      case 'split':
        this.steps += 3;
        ways.push({ kind: 'go', pc: step.second, place, mark: trail.length, limit: 0 });
        return [step.first, place];
      case 'jump':
        return [step.to, place];
      case 'save':
        this.change(this.slots, step.slot, place);
        return [pc + 1, place];
      case 'loop-start':
        this.change(this.registers, step.register, 0);
        this.change(this.registers, step.register + 1, -1);
        return [pc + 1, place];
      case 'loop':
        return [this.loop(step, pc, place, ways), place];
      case 'backreference':
        return [pc + 1, this.repeated(step.index, step.ignoreCase, place)];
      case 'assertion':
        return [pc + 1, step.test(text, place) ? place : -1];
      case 'condition':
        return [this.slots[step.group * 2 + 1] === -1 ? step.no : pc + 1, place];
    }
  }

  private takeRun(step: Run, pc: number, place: number, ways: Ways): number {
    const { text } = this;
    const limit = Math.min(text.length, place + (step.mode === 'lazy' ? step.min : step.max));
    let end = place;
    while (end < limit && step.test(text[end] as number)) end++;
    this.steps += end - place;
    const least = place + step.min;
    if (end < least) return -1;
    const mark = this.trail.length;
    if (step.mode === 'lazy') ways.push({ kind: 'take', pc, place: end, mark, limit: place + step.max });
    else if (step.mode === 'greedy' && end > least) ways.push({ kind: 'give', pc, place: end, mark, limit: least });
    return end;
  }

  /** Where to go on: into the body, right behind the loop, or behind it all. */
  private loop(step: Loop, pc: number, place: number, ways: Ways): number {
    const count = this.registers[step.register] as number;
    if (count < step.min) {
      this.change(this.registers, step.register, count + 1);
      return pc + 1;
    }
    // A round that begins where the last one did would match nothing again and again.
    const mayRepeat = count < step.max && this.registers[step.register + 1] !== place;
    if (!mayRepeat) return step.after;
    const mark = this.trail.length;
    if (step.lazy) {
      ways.push({ kind: 'round', pc, place, mark, limit: step.register });
      return step.after;
    }
    ways.push({ kind: 'go', pc: step.after, place, mark, limit: 0 });
    this.beginRound(step.register, place);
    return pc + 1;
  }

  private beginRound(register: number, place: number): void {
    this.change(this.registers, register, (this.registers[register] as number) + 1);
    this.change(this.registers, register + 1, place);
  }

  /** Matches a part by itself. What its groups caught stays, save where it must not match. */
  private part(step: Part, pc: number, place: number): number {
    const from = place - step.back;
    const mark = this.trail.length;
    const end = from < 0 ? -1 : this.run(pc, from, -1);
    if (step.kind === 'atomic') return end;
    if (step.kind === 'look') return end === -1 ? -1 : place;
    this.undo(mark);
    return end === -1 ? place : -1;
  }

  /** The most recent way that has not been tried; null when there is none. */
  private resume(ways: Ways): readonly [pc: number, place: number] | null {
    for (;;) {
      const way = ways.pop();
      if (way === undefined) return null;
      this.steps++;
      this.undo(way.mark);
      const { pc, place, limit } = way;
      switch (way.kind) {
        case 'go':
          return [pc, place];
        case 'round':
          this.beginRound(limit, place);
          return [pc + 1, place];
        case 'give':
          if (place - 1 > limit) ways.push({ ...way, place: place - 1 });
          return [pc + 1, place - 1];
        case 'take': {
          const step = this.program.instructions[pc] as Run;
          if (place >= limit || place >= this.text.length || !step.test(this.text[place] as number)) break;
          ways.push({ ...way, place: place + 1 });
          return [pc + 1, place + 1];
        }
      }
    }
  }

  /** Where the text that the group caught ends when it comes again, or -1. */
  private repeated(index: number, ignoreCase: boolean, place: number): number {
    const start = this.slots[index * 2] as number;
    const end = this.slots[index * 2 + 1] as number;
    if (end === -1 || place + (end - start) > this.text.length) return -1;
    this.steps += end - start;
    for (let offset = 0; offset < end - start; offset++) {
      const wanted = this.text[start + offset] as number;
      const found = this.text[place + offset] as number;
      if (found !== wanted && !(ignoreCase && lowerCode(found) === lowerCode(wanted))) return -1;
    }
    return place + (end - start);
  }

  private change(values: number[], index: number, value: number): void {
    this.steps += 3;
    this.trail.push({ values, index, value: values[index] as number });
    values[index] = value;
  }

  private undo(mark: number): void {
    while (this.trail.length > mark) {
      const change = this.trail.pop() as Change;
      change.values[change.index] = change.value;
    }
  }

  private pay(ways: readonly Way[]): void {
    spend(this.steps + 1);
    this.steps = 0;
    if (ways.length + this.trail.length > LIMITS.items) {
      throw new ExpressionError('The regular expression has too many ways to match this text.');
    }
  }
}
