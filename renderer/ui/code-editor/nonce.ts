/** By which the content security policy lets the editor add its style element. */
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
}
