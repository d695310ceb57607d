/** Shorter pieces of what a secret is made into would be found everywhere. */
const SHORTEST_BASE64 = 8;

/** A longer secret is no key. Each of its lines in every form would cost every logged line milliseconds. */
const MOST_LINES = 200;

/**
 * The texts that a secret comes back as, itself among them: inside of JSON, of an address, of a form, of HTML, of base64, and
 * line by line, as a key of several lines is logged; of more than {@link MOST_LINES} lines each only as it is and in JSON.
 * Whatever else is made of it, such as its hash, its letters in another order or base64 in short lines, is not among them.
 *
 * @param shortest of a single line, in characters
 */
export function appearances(value: string, shortest: number): readonly string[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= shortest);
  const isLong = lines.length > MOST_LINES;
  return [
    ...new Set([...inText(value), ...lines.flatMap((line) => (isLong ? [line, jsonOf(line)] : inText(line)))]),
    ...inBase64(value),
  ];
}

function inText(text: string): readonly string[] {
  return [...inJson(text), ...inAddress(text), ...inHtml(text)];
}

/** What stands between the quotes. */
function jsonOf(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As JavaScript, Python (which leaves no letter beyond ASCII) and PHP (which escapes slashes) write it, and JSON inside of JSON. */
function inJson(text: string): readonly string[] {
  const json = jsonOf(text);
  const ascii = json.replaceAll(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [text, json, ascii, json.replaceAll('/', '\\/'), jsonOf(json)];
}

/** What is left as it is differs between those who write addresses, and forms have a plus for a space. */
const ADDRESSES = [
  { kept: /[\w.~!*'()-]/, space: '%20' }, // encodeURIComponent
  { kept: /[\w.~!*'();/?:@&=+$,#-]/, space: '%20' }, // encodeURI
  { kept: /[\w.~-]/, space: '%20' }, // RFC 3986
  { kept: /[\w.~/-]/, space: '%20' }, // Python's quote
  { kept: /[\w.*-]/, space: '+' }, // application/x-www-form-urlencoded
  { kept: /[\w.~-]/, space: '+' }, // Python's quote_plus
] as const;

function inAddress(text: string): readonly string[] {
  const bytes = [...Buffer.from(text)];
  return ADDRESSES.flatMap(({ kept, space }) => {
    const written = bytes.map((byte) => {
      const char = String.fromCharCode(byte);
      if (char === ' ') return space;
      return byte < 0x80 && kept.test(char) ? char : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
    });
    return [written.join(''), written.map((each) => (each.length === 3 ? each.toLowerCase() : each)).join('')];
  });
}

const ENTITIES = [
  { '"': '"', "'": "'" },
  { '"': '&quot;', "'": '&#39;' },
  { '"': '&quot;', "'": '&#x27;' },
  { '"': '&#34;', "'": '&#39;' },
  { '"': '&quot;', "'": "'" },
] as const;

function inHtml(text: string): readonly string[] {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return ENTITIES.map((entities) => plain.replaceAll('"', entities['"']).replaceAll("'", entities["'"]));
}

/**
 * Base64 of anything that holds it, such as the name and password of basic authentication: what it looks like depends on
 * the place where it begins, of which there are three. The characters at both ends, which hold a part of what stands
 * beside it, are left alone.
 */
function inBase64(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const whole = bytes.toString('base64');
  const within = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [
    ...new Set([whole, ...within].flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])),
  ].filter((text) => text.length >= SHORTEST_BASE64);
}
