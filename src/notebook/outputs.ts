/** What a cell's outputs say, read from its model: the turn that they record, and their text. */
import type { ICodeCellModel, ICellModel } from '@jupyterlab/cells';
import type { IOutput } from '@jupyterlab/nbformat';
import type { IOutputModel } from '@jupyterlab/rendermime';

import type { TurnRecord } from '../contract';
import { inert } from './inert';
import { CHOICE_MIME, TURN_MIME, isOurs, recordIn } from './keys';

const LONGEST = 64_000;

export function isCode(model: ICellModel): model is ICodeCellModel {
  return model.type === 'code';
}

/** The last turn that a cell's outputs record. */
export function recordOf(model: ICellModel): TurnRecord | null {
  if (!isCode(model)) {
    return null;
  }
  for (let i = model.outputs.length - 1; i >= 0; i--) {
    const record = recordIn(model.outputs.get(i).data);
    if (record) {
      return record;
    }
  }
  return null;
}

/** The output in which a cell shows a turn; −1 where it shows it in none. */
export function shownAt({ outputs }: ICodeCellModel, turn: string): number {
  return Array.from({ length: outputs.length }, (_, i) => recordIn(outputs.get(i).data)?.turn).indexOf(turn);
}

/** The text of a cell's outputs, as it is attached to a prompt. */
export function outputText(model: ICellModel): string {
  if (!isCode(model)) {
    return '';
  }
  const texts: string[] = [];
  for (let i = 0; i < model.outputs.length; i++) {
    texts.push(textOf(model.outputs.get(i)));
  }
  return texts.filter(Boolean).join('\n').slice(0, LONGEST);
}

/** A record as an output: readable without us, too. */
export function outputOf(record: TurnRecord): IOutput {
  const { turn, parent, model, digest } = record;
  return {
    output_type: 'display_data',
    data: { [TURN_MIME]: record as never, 'text/markdown': inert(record.reply), 'text/plain': record.reply },
    metadata: { reconst: { turn, parent, model, digest } }
  };
}

/** An output without what is ours in it; null when there is nothing of ours. */
export function stripped(output: IOutputModel): IOutput | null {
  const json = structuredClone(output.toJSON()) as IOutput & { data?: object; metadata?: object };
  const data = json.data as Record<string, unknown> | undefined;
  const metadata = json.metadata as Record<string, unknown> | undefined;
  const named = Object.keys(metadata ?? {}).filter(isOurs);
  if (data?.[TURN_MIME] === undefined && data?.[CHOICE_MIME] === undefined && named.length === 0) {
    return null;
  }
  delete data?.[TURN_MIME];
  delete data?.[CHOICE_MIME];
  named.forEach(key => delete metadata?.[key]);
  return json;
}

function textOf(output: IOutputModel): string {
  const json = output.toJSON() as Record<string, unknown>;
  const data = (json.data ?? {}) as Record<string, unknown>;
  const text =
    json.output_type === 'stream'
      ? json.text
      : json.output_type === 'error'
        ? json.traceback
        : (recordIn(data)?.reply ?? data['text/plain'] ?? data['text/markdown']);
  const joined = Array.isArray(text) ? text.join(json.output_type === 'error' ? '\n' : '') : text;
  return typeof joined === 'string' ? plain(joined.slice(0, 2 * LONGEST)) : '';
}

/** Without the codes that colour a terminal. */
function plain(text: string): string {
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').trimEnd();
}
