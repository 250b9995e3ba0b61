/** A prompt cell's source: the magic's line, and the prompt under it. */
import type { IAskOptions } from '../tokens';

const MAGIC = /^\s*%%reconst(?![\w-])([^\n]*)(?:\n|$)/;

const FORMS = ['outline', 'mathematics'] as const;

/** The source of a new prompt cell; it names the cells that it attaches. */
export function promptSource(prompt: string, options: IAskOptions = {}): string {
  const words = ['%%reconst'];
  if (options.new) {
    words.push('--new');
  }
  for (const name of ['from', 'keep', 'style'] as const) {
    if (options[name]?.length) {
      words.push(`--${name}`, ...[options[name]!].flat());
    }
  }
  if (options.library) {
    words.push('--library');
  }
  if (options.form) {
    words.push(`--${options.form}`);
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
  return valuesOf(source, '--attach');
}

/** What a prompt cell's first line says, for an ask that no kernel makes. */
export function optionsIn(source: string): IAskOptions {
  const says = (option: string): boolean => wordsOf(source).includes(option);
  const [model, profile, from, style] = ['model', 'profile', 'from', 'style'].map(
    name => valuesOf(source, `--${name}`)[0]
  );
  const chosen = ['--with', '--without', '--keep'].map(name => valuesOf(source, name));
  const [put, left, keep] = chosen.map(numbers => (numbers.length > 0 ? numbers : undefined));
  return {
    new: says('--new'),
    from,
    keep,
    style,
    again: says('--again'),
    library: says('--library'),
    form: FORMS.find(form => says(`--${form}`)),
    attach: attachedIn(source),
    model,
    profile,
    with: put,
    without: left
  };
}

function wordsOf(source: string): string[] {
  return (MAGIC.exec(source)?.[1] ?? '').split(/\s+/).filter(Boolean);
}

function valuesOf(source: string, option: string): string[] {
  const words = wordsOf(source);
  const from = words.indexOf(option) + 1;
  const length = words.slice(from).findIndex(word => word.startsWith('--'));
  return from ? words.slice(from, length < 0 ? undefined : from + length) : [];
}

/** The source that asks a prompt cell anew. */
export function againSource(source: string): string {
  const options = MAGIC.exec(source)?.[1] ?? '';
  if (/\s--again(?:\s|$)/.test(options)) {
    return source;
  }
  return source.replace(/^\s*%%reconst/, '%%reconst --again');
}

/** The source of a prompt cell that says what to keep of its conversation. */
export function keptSource(source: string, keep: string): string {
  return source.replace(/^\s*%%reconst[^\n]*/, line =>
    line.replace(/\s--keep(?:\s+(?!--)\S+)*/, '').replace('%%reconst', `%%reconst --keep ${keep}`)
  );
}

/** Whether a cell loads our magics. */
export function loadsUs(source: string): boolean {
  return /^\s*%(?:load|reload)_ext\s+jupyter_reconst\s*$/m.test(source);
}
