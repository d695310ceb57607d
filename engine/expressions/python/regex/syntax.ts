/** What a regular expression says, with its flags worked in: a set already knows whether case matters to it. */
export type Node =
  | { readonly type: 'set'; readonly test: CodeTest }
  | { readonly type: 'sequence'; readonly items: readonly Node[] }
  | { readonly type: 'alternatives'; readonly items: readonly Node[] }
  | {
      readonly type: 'repeat';
      readonly node: Node;
      readonly min: number;
      readonly max: number;
      readonly mode: RepeatMode;
    }
  | { readonly type: 'group'; readonly index: number; readonly node: Node }
  | { readonly type: 'backreference'; readonly index: number; readonly ignoreCase: boolean }
  | { readonly type: 'assertion'; readonly test: PlaceTest }
  | Look
  | { readonly type: 'atomic'; readonly node: Node }
  | { readonly type: 'condition'; readonly group: number; readonly yes: Node; readonly no: Node };

interface Look {
  readonly type: 'look';
  /** How many characters before the place it begins; 0 looks ahead. */
  readonly back: number;
  readonly negative: boolean;
  readonly node: Node;
}

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

/** Whether a code point is in a set. */
export type CodeTest = (code: number) => boolean;

/** Whether a condition holds between the code points before and after a place. */
export type PlaceTest = (text: Uint32Array, place: number) => boolean;

export interface ParsedPattern {
  readonly node: Node;
  /** How many groups capture. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}
