/** A file as text, before anything of it is believed. Whatever it says is for the server to judge. */
import type { TextFile } from '../contract';
import type { Source } from '../tokens';
import type { IContext } from './context';

const MIB = 2 ** 20;

/** The text of a file; of a notebook, what it carries of ours. Throws with a `problem`. */
export async function textOf(context: IContext, source: Source): Promise<TextFile> {
  const { notebooks, trans } = context;
  if (typeof source === 'string') {
    return notebooks.read(source);
  }
  if (!('size' in source)) {
    return source;
  }
  const { name, size } = source;
  const notebook = /\.ipynb$/i.test(name);
  const most = notebook ? 64 : 2;
  if (size > most * MIB) {
    throw malformed(trans.__('%1 is larger than %2 MiB.', name, most), trans.__('Nothing was taken from it.'));
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await source.arrayBuffer());
    return { name, text: notebook ? carried(JSON.parse(text)) : text };
  } catch {
    throw malformed(trans.__('%1 cannot be read as text.', name), trans.__('Save it as UTF-8 and try again.'));
  }
}

/** A notebook without its cells: they stay where they are. */
export function carried(notebook: { metadata?: Record<string, unknown> } | null): string {
  const ours = Object.entries(notebook?.metadata ?? {}).filter(([key]) => /^reconst(:|$)/.test(key));
  return JSON.stringify({ metadata: Object.fromEntries(ours) });
}

function malformed(message: string, remedy: string): { problem: object } {
  return { problem: { code: 'malformed', message, remedy } };
}
