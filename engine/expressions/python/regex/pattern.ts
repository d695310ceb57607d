import { PythonObject } from '../value.ts';
/** placeholder */
export class Pattern extends PythonObject {
  readonly typeName = 're.Pattern';
}
