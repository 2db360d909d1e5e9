/**
 * Text that no spreadsheet takes for a formula: an apostrophe goes before a leading = + - @ tab or return.
 * Ids and numbers are left as they are: an id that begins with `-` must come back as it went out.
 * @see OWASP, CSV Injection
 */
export function safeText(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
