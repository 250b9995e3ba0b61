import type { Told } from '../../contract';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Button } from '../parts/button';
import { Choice } from '../parts/choice';
import { Field } from '../parts/field';
import { Page } from '../parts/page';
import type { TranslationBundle } from '../parts/props';

const FORMATS = (['md', 'json'] as const).map(value => ({ value, label: { md: 'Markdown', json: 'JSON' }[value] }));

/** What a person chose of the report. */
export interface IWish {
  readonly expected: string;
  readonly words: string;
  readonly without: readonly string[];
  readonly format: 'md' | 'json';
}

export interface IReportProps {
  readonly told: Told | null;
  readonly wish: IWish;
  readonly trans: TranslationBundle;
  readonly onWish: (patch: Partial<IWish>) => void;
  readonly onSave: () => void;
  readonly onCopy: () => Promise<void>;
}

/** The report as it will be saved, byte for byte, beside what can be left out of it. */
export function Report(props: IReportProps): JSX.Element {
  const { told, wish, trans, onWish } = props;
  const [copied, setCopied] = React.useState('');
  const id = React.useId();
  return (
    <Page
      title={trans.__('Tell the engineers')}
      lede={trans.__('A report for those who tune models or tools. Nothing is sent: you save it, or copy it.')}
    >
      <div cl="cols">
        <div>
          <label htmlFor={id}>{trans.__('What I had expected')}</label>
          <Field id={id} rows={3} value={wish.expected} onChange={expected => onWish({ expected })} />
          <fieldset cl="ticks">
            <legend>{trans.__('What goes into it. What is not ticked is taken out wherever it is repeated.')}</legend>
            {told?.parts.map(({ id, words }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={!wish.without.includes(id)}
                  onChange={({ target }) => {
                    const without = wish.without.filter(part => part !== id);
                    onWish({ without: target.checked ? without : [...without, id] });
                  }}
                />
                <span>{spelt(words)}</span>
              </label>
            ))}
          </fieldset>
          <label htmlFor={`${id}w`}>{trans.__('More names or words to replace, a line each')}</label>
          <Field id={`${id}w`} rows={2} value={wish.words} onChange={words => onWish({ words })} />
          <ul cl="leaves" aria-label={trans.__('What was replaced')}>
            {told?.replaced.map(({ words, by, count }) => (
              <li key={words}>{trans.__('%1: %2, %3 ×', by, spelt(words), count)}</li>
            ))}
          </ul>
        </div>
        <div>
          <Choice
            label={trans.__('Format')}
            value={wish.format}
            options={FORMATS}
            onChange={format => onWish({ format })}
          />
          <p cl="mono exact" role="document" tabIndex={0} aria-label={trans.__('The report as it will be saved')}>
            {told?.text}
          </p>
        </div>
      </div>
      <div cl="pagefoot">
        <span cl="sp" />
        <Button icon="copy" onPress={() => void props.onCopy().then(() => setCopied(told?.text ?? ''))}>
          {copied && copied === told?.text ? trans.__('Copied') : trans.__('Copy')}
        </Button>
        <Button kind="primary" notYet={told ? '' : trans.__('There is nothing to save yet')} onPress={props.onSave}>
          {trans.__('Save %1', told?.file ?? '')}
        </Button>
      </div>
    </Page>
  );
}
