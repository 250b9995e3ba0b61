/** A prompt cell's source: the magic's line, and the prompt under it. */

const MAGIC = /^\s*%%reconst(?![\w-])([^\n]*)(?:\n|$)/;

/** The source of a new prompt cell; it names the cells that it attaches. */
export function promptSource(prompt: string, options: { new?: boolean; attach?: readonly string[] } = {}): string {
  const words = ['%%reconst'];
  if (options.new) {
    words.push('--new');
  }
  if (options.attach?.length) {
    words.push('--attach', ...options.attach);
  }
  return `${words.join(' ')}\n${prompt.trim()}`;
}

/** The prompt in a cell's source; null when it is no prompt cell. */
export function promptOf(source: string): string | null {
  const magic = MAGIC.exec(source);
  return magic && source.slice(magic[0].length).replace(/^\n+|\n+$/g, '');
}

/** The cells that a prompt cell attaches. */
export function attachedIn(source: string): string[] {
  const words = (MAGIC.exec(source)?.[1] ?? '').split(/\s+/);
  const from = words.indexOf('--attach') + 1;
  const length = words.slice(from).findIndex(word => word.startsWith('--'));
  return from ? words.slice(from, length < 0 ? undefined : from + length).filter(Boolean) : [];
}

/** The source that asks a prompt cell anew. */
export function againSource(source: string): string {
  const options = MAGIC.exec(source)?.[1] ?? '';
  if (/\s--again(?:\s|$)/.test(options)) {
    return source;
  }
  return source.replace(/^\s*%%reconst/, '%%reconst --again');
}

/** Whether a cell loads our magics. */
export function loadsUs(source: string): boolean {
  return /^\s*%(?:load|reload)_ext\s+jupyter_reconst\s*$/m.test(source);
}
