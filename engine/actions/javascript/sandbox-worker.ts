import { parentPort } from 'node:worker_threads';
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
  Scope,
} from 'quickjs-emscripten-core';

export interface Script {
  /** The body of a function: what it returns is the result. */
  readonly body: string;
  /** JSON text that becomes `$`; null is what Mistral makes of a context that is not given. */
  readonly context: string | null;
}

export type Outcome =
  /** JSON text; null when there is none, for example of a function. */
  | { readonly type: 'returned'; readonly json: string | null }
  /** `line` counts from 1 in the body; null when nobody knows. */
  | { readonly type: 'threw'; readonly message: string; readonly line: number | null };

export interface Answer {
  readonly outcome: Outcome;
  /** False when the engine is broken or has grown: the next script gets another worker. */
  readonly isReusable: boolean;
}

const PAGE = 64 * 1024;
/**
 * All that the engine can ever have, whatever a script does: its own accounting misses most of what small objects take.
 * Large objects and deep garbage fit into it; a context and a result of the largest size do, too.
 */
const MEMORY_LIMIT = 128 * 1024 * 1024;
const FIRST_MEMORY = 16 * 1024 * 1024;
/** From 96 KiB up a script can overflow the stack of the host. */
const STACK_LIMIT = 64 * 1024;
/** Characters of JSON. The engine does not look whether there is room for what it is given. */
const CONTEXT_LIMIT = 10_000_000;
const RESULT_LIMIT = 5_000_000;
const MESSAGE_LIMIT = 10_000;
/** The engine never gives memory back; a worker that holds more than this ends with its script. */
const KEPT_MEMORY = 32 * 1024 * 1024;

const FILE = 'script';
const UNSHOWABLE = 'it threw something that cannot be shown.';

/** What is needed afterwards, taken before the script can change any of it. */
const INTRINSICS = `(() => {
  const { parse, stringify } = JSON;
  const text = String;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const short = (value) => slice(text(value), 0, ${MESSAGE_LIMIT});
  const describe = (thrown) => {
    const shown = short(thrown);
    const stack = typeof thrown === 'object' && thrown !== null ? thrown.stack : '';
    return stringify([shown === '[object Object]' ? short(stringify(thrown)) : shown, short(stack)]);
  };
  return { parse, stringify, describe };
})()`;

/** Node has it; its types leave it to those of browsers. */
declare const WebAssembly: {
  readonly Memory: new (size: {
    readonly initial: number;
    readonly maximum: number;
  }) => { readonly buffer: ArrayBuffer };
};

const memory = new WebAssembly.Memory({ initial: FIRST_MEMORY / PAGE, maximum: MEMORY_LIMIT / PAGE });
let engine: Promise<QuickJSWASMModule> | null = null;

parentPort?.on('message', async (script: Script) => {
  engine ??= newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory: memory as never }));
  parentPort?.postMessage(run(await engine, script));
});

/** Every script has a runtime of its own: nothing is left of the one before. */
function run(quickjs: QuickJSWASMModule, script: Script): Answer {
  const runtime = quickjs.newRuntime({ maxStackSizeBytes: STACK_LIMIT });
  const vm = runtime.newContext();
  const outcome = evaluateBounded(vm, script);
  try {
    vm.dispose();
    runtime.dispose();
  } catch {
    return { outcome, isReusable: false };
  }
  return { outcome, isReusable: memory.buffer.byteLength <= KEPT_MEMORY };
}

function evaluateBounded(vm: QuickJSContext, script: Script): Outcome {
  if (script.context !== null && script.context.length > CONTEXT_LIMIT) {
    return { type: 'threw', message: `the context has more than ${CONTEXT_LIMIT} characters of JSON.`, line: null };
  }
  try {
    const outcome = evaluate(vm, script);
    return outcome.type === 'threw' && saysFull(outcome.message) ? full : outcome;
  } catch (error) {
    // Where not even an exception finds room, the engine stops in the middle.
    return memory.buffer.byteLength > FIRST_MEMORY
      ? full
      : { type: 'threw', message: `its engine broke: ${error}`, line: null };
  }
}

const full: Outcome = {
  type: 'threw',
  message: `it needs more memory than the ${MEMORY_LIMIT / 1024 / 1024} MiB that a script may have.`,
  line: null,
};

/** When memory is short, the exception that says so often finds no room either, and nothing is thrown in its place. */
function saysFull(message: string): boolean {
  if (message === 'InternalError: out of memory') return true;
  return memory.buffer.byteLength > MEMORY_LIMIT / 2 && ['', 'null', UNSHOWABLE].includes(message);
}

function evaluate(vm: QuickJSContext, { body, context }: Script): Outcome {
  return Scope.withScope((scope) => {
    const intrinsics = scope.manage(vm.unwrapResult(vm.evalCode(INTRINSICS)));
    const call = (name: string, argument: QuickJSHandle) =>
      vm.callFunction(scope.manage(vm.getProp(intrinsics, name)), vm.undefined, argument);
    const threw = (error: QuickJSHandle): Outcome => {
      const described = call('describe', scope.manage(error));
      if (described.error === undefined) return describe(described.value.consume((text) => vm.getString(text)));
      described.error.dispose();
      return { type: 'threw', message: UNSHOWABLE, line: null };
    };

    const given = context === null ? vm.evalCode('None') : call('parse', scope.manage(vm.newString(context)));
    if (given.error !== undefined) return threw(given.error);
    vm.setProp(vm.global, '$', scope.manage(given.value));

    const returned = vm.evalCode(`function f() {\n${body}\n}\nf()`, FILE);
    if (returned.error !== undefined) return threw(returned.error);
    const json = call('stringify', scope.manage(returned.value));
    if (json.error !== undefined) return threw(json.error);
    const text = scope.manage(json.value);
    if (vm.typeof(text) !== 'string') return { type: 'returned', json: null };
    const length = scope.manage(vm.getProp(text, 'length'));
    if (vm.getNumber(length) <= RESULT_LIMIT) return { type: 'returned', json: vm.getString(text) };
    return { type: 'threw', message: `the result has more than ${RESULT_LIMIT} characters of JSON.`, line: null };
  });
}

/** @param described JSON text of the message and the stack */
function describe(described: string): Outcome {
  const [message, stack] = JSON.parse(described) as [string, string];
  const line = stack.match(new RegExp(`\\b${FILE}:(\\d+)`))?.[1];
  return {
    type: 'threw',
    message: inWordsOfV8(message).slice(0, MESSAGE_LIMIT),
    line: line === undefined ? null : Number(line) - 1, // the body begins on the second line
  };
}

/** The two messages that people see most often, as the engine behind Mistral says them. */
function inWordsOfV8(message: string): string {
  return message
    .replace(/^ReferenceError: '(.*)' is not defined$/, 'ReferenceError: $1 is not defined')
    .replace(
      /^TypeError: cannot read property '(.*)' of (null|undefined)$/,
      "TypeError: Cannot read properties of $2 (reading '$1')",
    );
}
